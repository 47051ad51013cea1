import type { Contract } from '../../../../preload/contract/index.ts';
import type { InputOf, ValueOf } from '../../../../preload/contract/kinds.ts';
import { fakeBridge, type FakeCalls } from '../../../fakes/bridge.ts';
import { AMINA, BRUNO, OWN, SENT } from '../packages/office.ts';

export type Row = ValueOf<Contract['ledger']['page']>['rows'][number];
type Asked = InputOf<Contract['ledger']['page']>;

const entry = (seq: number, type: string, more: Partial<Row> = {}): Row => ({
  seq,
  at: `2026-11-${String(20 + seq)}T09:00:00Z`,
  type,
  actor: { fingerprint: OWN, role: 'officer', name: 'Claire Fontaine' },
  subject: {},
  detail: {},
  ...more,
});

const of = { package: { id: SENT, title: 'Customer records' } };

/** Five entries, oldest first; the last two came after the last verification. */
export const ENTRIES: readonly Row[] = [
  entry(0, 'genesis'),
  entry(1, 'sealed', of),
  entry(2, 'receipt-in', {
    ...of,
    contact: { fingerprint: BRUNO, name: 'Bruno Keller' },
    detail: { kind: 'delivered' },
  }),
  entry(3, 'receipt-in', {
    ...of,
    contact: { fingerprint: BRUNO, name: 'Bruno Keller' },
    detail: { kind: 'accepted' },
  }),
  entry(4, 'locked'),
];

/** Answers as the real office would, for as much of a filter as these tests set. */
function found({ filter = {} }: Pick<Asked, 'filter'>): Row[] {
  return ENTRIES.filter(
    (row) =>
      (filter.types === undefined || filter.types.includes(row.type)) &&
      (filter.package === undefined || row.package?.id === filter.package) &&
      (filter.since === undefined || row.at >= filter.since) &&
      (filter.until === undefined || row.at <= filter.until),
  );
}

/** An office with a short history. */
export function historyOffice(ledger: FakeCalls['ledger'] = {}) {
  return fakeBridge({
    app: { copy: () => ({ clearsIn: 30 }) },
    ledger: {
      count: (asked) => ({ count: found(asked).length }),
      page: ({ order = 'descending', skip = 0, limit, ...asked }) => {
        const rows = found(asked);
        if (order === 'descending') rows.reverse();
        return { rows: rows.slice(skip, skip + limit) };
      },
      places: ({ at, filter }) => ({
        older: at.map((moment) => found({ filter }).filter((row) => row.at < moment).length),
      }),
      views: () => [],
      timeline: () => [],
      choices: () => ({
        types: ['genesis', 'sealed', 'receipt-in', 'locked'],
        actors: [{ fingerprint: OWN, name: 'Claire Fontaine' }],
        contacts: [{ fingerprint: BRUNO, name: 'Bruno Keller' }, { fingerprint: AMINA }],
        cases: [],
        packages: [{ id: SENT, title: 'Customer records' }],
        countries: ['FR', 'SN'],
        outcomes: ['accepted', 'delivered'],
      }),
      ...ledger,
    },
  });
}
