import type { Digest, Fingerprint } from '../identifiers.ts';
import type { Engine } from '../pgp/engine.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { Named } from './named.ts';

export interface LedgerCertificate {
  readonly fingerprint: Fingerprint;
  /** Hex SHA-256 of the binary certificate. */
  readonly digest: Digest;
  readonly armored: string;
}

/**
 * The certificates that a ledger keeps, one after the other: all of them, or those that entries
 * name and every one of who signed something that goes along, revocations included.
 * @throws DomainError when one of them cannot be read, which the engine has read before
 */
export async function* certificatesFor(
  store: Pick<LedgerStore, 'evidence' | 'evidenceDigests'>,
  engine: Engine,
  at: Date,
  named?: Pick<Named, 'evidence' | 'signers'>,
): AsyncGenerator<LedgerCertificate, void, void> {
  for (const digest of store.evidenceDigests('certificate')) {
    const bytes = store.evidence(digest)?.bytes;
    if (!bytes) continue;
    const { facts } = await engine.readCertificate(bytes, at);
    const { fingerprint } = facts;
    if (named && !named.evidence.has(digest) && !named.signers.has(fingerprint)) continue;
    yield { fingerprint, digest, armored: engine.armor(bytes) };
  }
}
