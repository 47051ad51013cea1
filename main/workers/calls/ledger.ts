import type { Contract } from '../../../preload/contract/index.ts';
import type { InputOf, OutputOf } from '../../../preload/contract/kinds.ts';
import { EntryType } from '../../domain/ledger/entry-types.ts';
import type { LedgerQuery } from '../../domain/ledger/ledger-store.ts';
import { instant } from '../../domain/time.ts';
import type { HistoryRow } from '../../services/history.ts';
import type { Office, OpenOffice } from '../../services/office.ts';
import type { Answers } from '../office-api.ts';

type Status = OutputOf<Contract['ledger']['status']>;
type Filter = InputOf<Contract['ledger']['count']>['filter'];
type Row = OutputOf<Contract['ledger']['page']>['rows'][number];

/** What the last verification of this session said, and of which vault. */
interface Verified {
  readonly of: OpenOffice;
  readonly at: string;
  readonly entries: number;
  readonly problem: Status['problem'];
}

/** The ledger, for the window. */
export function ledgerCalls(office: Office): Answers<Contract['ledger']> {
  let last: Verified | undefined;
  const now = () => office.tools.clock.now();

  const status = (): Status => {
    const { open } = office;
    const position = open.ledger.position();
    if (last?.of !== open) {
      const verified = recorded(open);
      return { ...position, state: 'not-verified', ...(verified ? { verified } : {}) };
    }
    const { at, entries, problem } = last;
    const state = problem === undefined ? 'verified' : 'broken';
    return { ...position, state, verified: { entries, at }, ...(problem ? { problem } : {}) };
  };

  return {
    status,
    page: ({ filter, order, after, skip = 0, limit }) => ({
      rows: office.open.ledger.history
        .rows({
          ...queryOf(filter),
          ...(order === undefined ? {} : { order }),
          ...(after === undefined ? {} : { after }),
          limit: skip + limit,
        })
        .slice(skip)
        .map(rowOf),
    }),
    count: ({ filter }) => ({ count: office.open.ledger.history.count(queryOf(filter)) }),
    entry: async ({ seq }) => {
      const entry = await office.open.ledger.history.entry(seq);
      return { ...entry, row: rowOf(entry.row) };
    },
    verify: async (_input, work) => {
      const { open } = office;
      const verdict = await open.ledger.verify(work);
      const [problem] = verdict.problems;
      last = { of: open, at: instant(now()), entries: verdict.entries, problem };
      return verdict;
    },
    export: async ({ out }, work) => {
      const { files } = office.tools;
      const { ledger } = office.open;
      const day = instant(now()).slice(0, 10);
      const name = `valise-evidence-${day}-${String(ledger.position().size)}`;
      const { entries, path } = await ledger.export(files.join(out.place, name), work);
      return { entries, name, written: { place: path, use: 'written' } };
    },
  };
}

/** The last verification that the ledger itself records. */
function recorded({ ledger }: OpenOffice): Status['verified'] {
  const [row] = ledger.history.rows({ types: ['ledger-verified'], limit: 1 });
  const entries = row?.detail['entries'];
  return row && typeof entries === 'number' ? { entries, at: row.at } : undefined;
}

function queryOf(filter: Filter): LedgerQuery {
  if (filter === undefined) return {};
  const { types, ...rest } = filter;
  const known = types?.flatMap((type) => EntryType.safeParse(type).data ?? []);
  const given = Object.entries(rest).filter(([, value]) => value !== undefined && value !== '');
  return { ...Object.fromEntries(given), ...(known === undefined ? {} : { types: known }) };
}

/** Details were read as canonical JSON, so they are JSON, whatever their type says. */
function rowOf(row: HistoryRow): Row {
  return { ...row, detail: row.detail as Row['detail'] };
}
