import type { Contract } from '../../../preload/contract/index.ts';
import type { InputOf, OutputOf } from '../../../preload/contract/kinds.ts';
import { EntryType } from '../../domain/ledger/entry-types.ts';
import type { LedgerQuery } from '../../domain/ledger/ledger-store.ts';
import { instant } from '../../domain/time.ts';
import type { ExportFilter } from '../../services/export-filter.ts';
import { olderThan } from '../../services/history-places.ts';
import type { HistoryRow } from '../../services/history-row.ts';
import type { Office } from '../../services/office.ts';
import type { Answers } from '../office-api.ts';
import { LedgerPages } from './ledger-pages.ts';

type Filter = InputOf<Contract['ledger']['count']>['filter'];
type Row = OutputOf<Contract['ledger']['page']>['rows'][number];

/** The ledger, for the window. */
export function ledgerCalls(office: Office): Answers<Contract['ledger']> {
  const pages = new LedgerPages();
  return {
    status: () => office.open.ledger.standing(),
    page: ({ filter, order = 'descending', after, skip = 0, limit }) => {
      const query = { ...queryOf(filter), order, ...(after === undefined ? {} : { after }) };
      return { rows: pages.rows(office.open, query, skip, limit).map(shownRow) };
    },
    count: ({ filter }) => ({ count: office.open.ledger.history.count(queryOf(filter)) }),
    choices: () => office.open.ledger.history.choices(),
    places: ({ filter, at }) => ({
      older: olderThan(office.open.ledger.history, queryOf(filter), at),
    }),
    timeline: ({ package: id }) => office.open.ledger.timeline.of(id),
    list: async ({ filter, format, out }, work) => {
      const { place } = out;
      const { entries } = await office.open.ledger.lists.write(
        queryOf(filter),
        format,
        place,
        work,
      );
      const name = office.tools.files.baseName(place);
      return { entries, name, written: { place, use: 'written' } };
    },
    views: () => office.open.ledger.views.list(),
    saveView: (view) => office.open.ledger.views.save(view),
    dropView: async ({ id }) => {
      await office.open.ledger.views.drop(id);
      return {};
    },
    entry: async ({ seq }) => {
      const entry = await office.open.ledger.history.entry(seq);
      return { ...entry, row: shownRow(entry.row) };
    },
    verify: (_input, work) => office.open.ledger.verify(work),
    anchors: () => office.open.ledger.anchors(),
    earlier: () => office.open.ledger.earlier.list(),
    exportEarlier: async ({ origin, out }, work) => {
      const { files } = office.tools;
      const name = `valise-evidence-${origin.slice('valise/'.length, 'valise/'.length + 12)}`;
      const folder = files.join(out.place, name);
      const { entries, path } = await office.open.ledger.earlier.export(origin, folder, {}, work);
      return { entries, name, written: { place: path, use: 'written' } };
    },
    export: async ({ out, filter = {} }, work) => {
      const { files } = office.tools;
      const { ledger, evidence } = office.open;
      const name = `valise-evidence-${dayOf(office)}-${String(ledger.position().size)}${kindOf(filter)}`;
      const written = await evidence.export(files.join(out.place, name), filter, work);
      const { entries, matched, path } = written;
      return { entries, matched, name, written: { place: path, use: 'written' } };
    },
    prove: async ({ seq, out: { place } }) => {
      await office.open.evidence.prove({ entry: seq }, place);
      return {
        name: office.tools.files.baseName(place),
        written: { place, use: 'written' },
      };
    },
  };
}

/** What the window looks for, as the ledger is asked for it. */
export function queryOf(filter: Filter): LedgerQuery {
  if (filter === undefined) return {};
  const { types, ...rest } = filter;
  const known = types?.flatMap((type) => EntryType.safeParse(type).data ?? []);
  const given = Object.entries(rest).filter(([, value]) => value !== undefined && value !== '');
  return { ...Object.fromEntries(given), ...(known === undefined ? {} : { types: known }) };
}

function dayOf(office: Office): string {
  return instant(office.tools.clock.now()).slice(0, 10);
}

/** What the name of a folder says of the bundle in it. */
function kindOf({ redacted, ...asked }: ExportFilter): string {
  const isPart = Object.values(asked).some((value) => value !== undefined);
  return `${isPart ? '-part' : ''}${redacted === true ? '-redacted' : ''}`;
}

/** Details were read as canonical JSON, so they are JSON, whatever their type says. */
export function shownRow(row: HistoryRow): Row {
  return { ...row, detail: row.detail as Row['detail'] };
}
