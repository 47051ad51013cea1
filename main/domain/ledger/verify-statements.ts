import type { Fingerprint } from '../identifiers.ts';
import { decodeCanonical, encodeCanonical } from '../json/canonical.ts';
import { isDomainError } from '../errors/index.ts';
import { decodeReceipt, type Receipt } from '../transfers/receipt.ts';
import { readTimeStamp, stampedDigest } from '../timestamps/timestamp.ts';
import type { Evidence, SignedCheckpoint } from '../vault/journal.ts';
import { SignedRotation } from '../vault/rotation.ts';
import type { EntryOf } from './entry.ts';
import type { ProblemCode } from './problems.ts';
import { isSignedBy, type CheckSignature } from './verify-checkpoints.ts';

type CertificatesOf = (fingerprint: Fingerprint) => readonly Uint8Array[];

/**
 * Whether the receipt that an entry names is the one it speaks of, signed by who the entry says:
 * the counterparty of `receipt-in`, the member of `receipt-out`.
 */
export async function verifyReceipt(
  entry: EntryOf<'receipt-in'> | EntryOf<'receipt-out'>,
  evidence: Evidence | undefined,
  certificatesOf: CertificatesOf,
  checkSignature: CheckSignature,
): Promise<ProblemCode | undefined> {
  if (!evidence) return undefined;
  const receipt = readReceipt(evidence.bytes);
  if (!receipt || !saysTheSame(entry, receipt)) return 'receipt-mismatch';
  const { bytes, signature } = evidence;
  // Our own receipts went out signed inside the sealed message; here the ledger vouches for them.
  if (signature === undefined && entry.type === 'receipt-out') return undefined;
  const by = receipt.by.fingerprint;
  const signed =
    signature !== undefined &&
    (await isSignedBy(by, bytes, signature, certificatesOf, checkSignature));
  return signed ? undefined : 'receipt-signature';
}

function saysTheSame(entry: EntryOf<'receipt-in'> | EntryOf<'receipt-out'>, receipt: Receipt) {
  const { subject, detail } = entry;
  const by = entry.type === 'receipt-in' ? entry.detail.by : entry.actor.fingerprint;
  if (
    receipt.by.fingerprint !== by ||
    receipt.kind !== detail.kind ||
    receipt.packageId !== subject.package ||
    receipt.manifestDigest !== subject.manifest
  )
    return false;
  if (entry.type === 'receipt-out') return true;
  const { at, witnessed, reason } = entry.detail;
  return (
    receipt.at === at && receipt.witnessed.result === witnessed && receipt.reason?.code === reason
  );
}

/** Whether both keys signed that the one takes the place of the other. */
export async function verifyRotation(
  detail: EntryOf<'key-rotated'>['detail'],
  evidence: Evidence | undefined,
  certificatesOf: CertificatesOf,
  checkSignature: CheckSignature,
): Promise<ProblemCode | undefined> {
  if (!evidence) return undefined;
  const rotation = readRotation(evidence.bytes);
  if (!rotation) return 'rotation-unproven';
  const { statement, signatures } = rotation;
  const content = encodeCanonical(statement);
  const { from, to, member, certificate } = detail;
  const told =
    statement.from === from &&
    statement.to === to &&
    statement.member === member &&
    statement.certificate === certificate;
  const signed =
    told &&
    (await isSignedBy(from, content, signatures.from, certificatesOf, checkSignature)) &&
    (await isSignedBy(to, content, signatures.to, certificatesOf, checkSignature));
  return signed ? undefined : 'rotation-unproven';
}

/** Whether the response that an entry names stamps the checkpoint of that size, when it is kept. */
export function verifyTimeStamp(
  { detail }: EntryOf<'timestamped'>,
  evidence: Evidence | undefined,
  checkpoint: Pick<SignedCheckpoint, 'body'> | undefined,
): ProblemCode | undefined {
  if (!evidence) return undefined;
  try {
    const { digest, at } = readTimeStamp(evidence.bytes);
    const kept = checkpoint === undefined ? undefined : stampedDigest(checkpoint.body);
    const fits = digest === detail.checkpoint && kept === digest && at === detail.at;
    return fits ? undefined : 'timestamp-mismatch';
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return 'timestamp-mismatch';
  }
}

function readReceipt(bytes: Uint8Array): Receipt | undefined {
  try {
    return decodeReceipt(bytes).receipt;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return undefined;
  }
}

function readRotation(bytes: Uint8Array): SignedRotation | undefined {
  try {
    return SignedRotation.safeParse(decodeCanonical(bytes, 'The rotation')).data;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return undefined;
  }
}
