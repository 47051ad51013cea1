import { DomainError } from '../errors/index.ts';
import { Uuid } from '../identifiers.ts';
import { decodeEntry } from './entry.ts';
import type { LedgerStore } from './ledger-store.ts';

const PAGE = 256;

/**
 * The case of this reference, by the ledger alone: an auditor has no other book to look into.
 * An id names itself.
 * @throws DomainError `case-unknown`
 */
export function caseNamed(store: Pick<LedgerStore, 'query' | 'opening'>, reference: string): Uuid {
  if (Uuid.safeParse(reference).success) return reference;
  for (let after: number | undefined; ;) {
    const page = store.query({
      types: ['case-opened'],
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    for (const { bytes, seq } of page) {
      const entry = decodeEntry(bytes, seq);
      if (entry.type !== 'case-opened' || entry.subject.case === undefined) continue;
      if (store.opening(entry.detail.reference)?.value === reference) return entry.subject.case;
    }
    after = page.at(-1)?.seq;
    if (page.length < PAGE) throw new DomainError('case-unknown', { reference });
  }
}
