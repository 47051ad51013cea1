import { Fingerprint, type Digest } from '../identifiers.ts';
import { WitnessStatement } from '../transfers/ledger-part.ts';
import type { Position } from './anchor.ts';
import type { LedgerStore } from './ledger-store.ts';

/** What a counterparty's signed receipt says of this ledger. */
export interface Witness extends Position {
  readonly by: Fingerprint;
  /** SHA-256 of the receipt. */
  readonly receipt: Digest;
}

/**
 * What receipts say of this ledger. Their signatures are checked where they are taken in, and by
 * the verification; receipts about other ledgers (our own, about the senders') are left out.
 */
export function witnessesIn(store: Pick<LedgerStore, 'evidenceOfKind'>, origin: string): Witness[] {
  return store
    .evidenceOfKind('receipt')
    .flatMap(({ sha256, bytes }) => witnessIn(sha256, bytes, origin) ?? []);
}

/** What one receipt says of the ledger `origin`, if anything. */
export function witnessIn(receipt: Digest, bytes: Uint8Array, origin: string): Witness | undefined {
  let said: { by?: { fingerprint?: unknown }; witnessed?: unknown };
  try {
    said = JSON.parse(Buffer.from(bytes).toString('utf8')) as typeof said;
  } catch {
    return undefined;
  }
  const statement = WitnessStatement.safeParse(said.witnessed).data;
  const by = Fingerprint.safeParse(said.by?.fingerprint).data;
  if (statement === undefined || statement.result === 'none' || by === undefined) return undefined;
  if (statement.origin !== origin) return undefined;
  const { size, root, head } = statement;
  return { by, receipt, origin, size, root, head };
}
