import type { Digest, Fingerprint } from '../identifiers.ts';
import type { Entry } from './entry.ts';
import { factsOf } from './facts.ts';
import type { LedgerStore } from './ledger-store.ts';

/** What entries name by digest, and whose signatures go with it. */
export class Named {
  readonly openings: Set<Digest>;
  readonly evidence: Set<Digest>;
  /** Whose certificates it takes to check what goes along, besides those that entries name. */
  readonly signers = new Set<Fingerprint>();

  constructor(openings: Iterable<Digest> = [], evidence: Iterable<Digest> = []) {
    this.openings = new Set(openings);
    this.evidence = new Set(evidence);
  }

  /** @param redacted receipts and approvals stay away, so nobody's certificate is needed for them */
  note(entry: Entry, redacted: boolean): void {
    const { commitments, evidence } = factsOf(entry);
    for (const digest of commitments) this.openings.add(digest);
    for (const digest of evidence) this.evidence.add(digest);
    if (redacted) return;
    if (entry.type === 'receipt-in' || entry.type === 'receipt-conflict')
      this.signers.add(entry.detail.by);
    if (entry.type === 'approved') this.signers.add(entry.detail.approver);
  }
}

/** Everything that a ledger keeps beside its entries, whether an entry names it or not. */
export function everythingIn(
  store: Pick<LedgerStore, 'openingDigests' | 'evidenceDigests'>,
): Named {
  const kinds = [
    'receipt',
    'approval',
    'rotation',
    'recorded',
    'complaint',
    'notice',
    'timestamp',
  ] as const;
  return new Named(
    store.openingDigests(),
    kinds.flatMap((kind) => store.evidenceDigests(kind)),
  );
}
