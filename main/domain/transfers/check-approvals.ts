import { DomainError, isDomainError } from '../errors/index.ts';
import type { Fingerprint } from '../identifiers.ts';
import type { Manifest } from '../packages/manifest.ts';
import type { CertificateFacts, Engine } from '../pgp/engine.ts';

/** An approval as it goes with a package. */
export interface GivenApproval {
  readonly fingerprint: Fingerprint;
  /** Armored, detached, over the bytes of `release.json`. */
  readonly signature: string;
  /** Binary or armored. */
  readonly certificate: Uint8Array;
}

export interface ApprovalsToCheck {
  readonly manifest: Pick<Manifest, 'approval' | 'sender'>;
  /** What was signed: never rebuilt from `manifest`. */
  readonly manifestBytes: Uint8Array;
  readonly approvals: readonly GivenApproval[];
  /** Other keys that are known to be the sender's. */
  readonly sendersKeys: readonly Fingerprint[];
  readonly senderCertificate: Uint8Array;
  readonly at: Date;
}

/**
 * The rules for the second signature, for who seals and for who receives alike: by people whom the
 * manifest names, none of them the sender under any key, over these bytes, and enough of them.
 * @throws DomainError `approval-unlisted`, `approval-by-sender`, `approval-invalid`,
 * `approvals-too-few`
 */
export async function checkApprovals(
  engine: Pick<Engine, 'readCertificate' | 'verify'>,
  given: ApprovalsToCheck,
): Promise<void> {
  const { manifest, manifestBytes, at } = given;
  const { required, approvers } = manifest.approval;
  const sender = await engine.readCertificate(given.senderCertificate, at);
  const counted = new Set<Fingerprint>();
  for (const { fingerprint, signature, certificate } of given.approvals) {
    if (!approvers.some((approver) => approver.fingerprint === fingerprint))
      throw new DomainError('approval-unlisted', { fingerprint });
    const facts = await approverFacts(engine, certificate, fingerprint, at);
    if (isSender(facts, sender.facts, given.sendersKeys))
      throw new DomainError('approval-by-sender', { fingerprint });
    await checkSignature(engine, manifestBytes, signature, certificate, fingerprint, at);
    counted.add(fingerprint);
  }
  if (counted.size < required)
    throw new DomainError('approvals-too-few', { required, given: counted.size });
}

async function approverFacts(
  engine: Pick<Engine, 'readCertificate'>,
  certificate: Uint8Array,
  fingerprint: Fingerprint,
  at: Date,
): Promise<CertificateFacts> {
  const { facts } = await invalidUnless(fingerprint, () => engine.readCertificate(certificate, at));
  if (facts.fingerprint !== fingerprint)
    throw new DomainError('approval-invalid', {
      fingerprint,
      problem: 'the certificate beside it is of another key',
    });
  return facts;
}

async function checkSignature(
  engine: Pick<Engine, 'verify'>,
  bytes: Uint8Array,
  signature: string,
  certificate: Uint8Array,
  fingerprint: Fingerprint,
  at: Date,
): Promise<void> {
  const verdict = await invalidUnless(fingerprint, () =>
    engine.verify(bytes, signature, [certificate], at),
  );
  if (verdict.signer !== fingerprint)
    throw new DomainError('approval-invalid', { fingerprint, problem: 'another key signed it' });
}

/** The same key, one that is known to be theirs, or one with the same address. */
function isSender(
  approver: CertificateFacts,
  sender: CertificateFacts,
  sendersKeys: readonly Fingerprint[],
): boolean {
  if (approver.fingerprint === sender.fingerprint) return true;
  if (sendersKeys.includes(approver.fingerprint)) return true;
  const addresses = addressesOf(sender);
  return addressesOf(approver).some((address) => addresses.includes(address));
}

function addressesOf({ userIds }: CertificateFacts): string[] {
  return userIds.flatMap(({ email }) => (email === undefined ? [] : [email.toLowerCase()]));
}

async function invalidUnless<T>(fingerprint: Fingerprint, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isDomainError(error)) throw error;
    throw new DomainError('approval-invalid', { fingerprint, problem: error.message });
  }
}
