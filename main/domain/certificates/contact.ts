import type { Country, Fingerprint } from '../identifiers.ts';
import type { Instant } from '../time.ts';

export const VERIFICATION_METHODS = [
  'in-person',
  'video',
  'phone',
  'letter',
  'official-list',
  'other',
] as const;
export type VerificationMethod = (typeof VERIFICATION_METHODS)[number];

/** That somebody compared the fingerprint with its owner, outside this program. */
export interface Verification {
  readonly method: VerificationMethod;
  readonly note?: string;
  /** The member who compared. */
  readonly by: Fingerprint;
  readonly at: Instant;
}

export interface Mandate {
  readonly fileName: string;
  readonly sha256: string;
  readonly until?: string;
}

/** A counterparty's certificate and what we know about its owner. The row's id is the fingerprint. */
export interface ContactRecord {
  readonly fingerprint: Fingerprint;
  readonly name: string;
  readonly email?: string;
  readonly organisation?: string;
  readonly country?: Country;
  /** Base64 of the binary certificate. */
  readonly certificate: string;
  /** Key IDs of primary and subkeys: for looking up who signed. */
  readonly keyIds: readonly string[];
  readonly addedAt: Instant;
  readonly via: 'file' | 'paste' | 'exchange' | 'wkd' | 'keyserver';
  readonly verification?: Verification;
  readonly exception?: { readonly reason: string; readonly by: Fingerprint; readonly at: Instant };
  readonly blocked?: { readonly reason: string; readonly by: Fingerprint; readonly at: Instant };
  /** The other fingerprint for the same address: nothing is sealed to either until it is settled. */
  readonly conflictsWith?: Fingerprint;
  readonly mandate?: Mandate;
  /** The sender's ledger as we last saw it: what our receipts witness and its next bag must extend. */
  readonly witnessed?: WitnessedLedger;
  /** What is wrong with that ledger, until an officer has acknowledged it. */
  readonly ledgerAlarm?: LedgerAlarm;
  /** Our own ledger's size that this contact has witnessed last. */
  readonly witnessedOurs?: { readonly size: number; readonly root: string; readonly head: string };
}

export interface WitnessedLedger {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly head: string;
  readonly at: Instant;
  /** The signed checkpoint itself: what a complaint rests on. */
  readonly signed?: { readonly checkpoint: string; readonly signature: string };
  /** Origins of the ledgers that this one continues, as far as we saw them. */
  readonly earlier?: readonly string[];
}

/**
 * A counterparty's ledger that is not what we saw of it. `restarted`: it is new and says that it
 * continues the one that we knew. `fork`: it contradicts it. `rollback`: it is shorter, later.
 */
export interface LedgerAlarm {
  readonly kind: 'restarted' | 'fork' | 'rollback';
  readonly known: WitnessedLedger;
  readonly seen: WitnessedLedger;
  readonly at: Instant;
  /** When we complained of it. */
  readonly complainedAt?: Instant;
}
