import type { Contract } from '../../../preload/contract/index.ts';
import { textOf } from '../../domain/tables/rules.ts';
import type { Row } from '../../domain/tables/table-port.ts';
import { lookAtTable } from '../../services/minimising.ts';
import type { Office } from '../../services/office.ts';
import type { Answers } from '../office-api.ts';
import { withoutUndefined } from './cases.ts';

const LONGEST_SHOWN = 200;

/** Tables among the files of a draft, for the window. */
export function tableCalls(office: Office): Answers<Contract['tables']> {
  const shown = (rows: readonly Row[]) =>
    rows.map((row) => row.map((cell) => textOf(cell).slice(0, LONGEST_SHOWN)));
  return {
    look: async ({ package: id, path }) => {
      const source = office.open.minimising.sourceOf(id, path);
      const look = await lookAtTable(office.tools.tables, source);
      return { ...look, first: shown(look.first) };
    },
    preview: async ({ package: id, path, rules }) => {
      const { minimising } = office.open;
      const source = minimising.sourceOf(id, path);
      const made = await minimising.preview(source, withoutUndefined(rules));
      return { columns: made.columns, rows: shown(made.rows) };
    },
    minimise: async ({ package: id, path, rules, out: { place } }, work) => {
      const given = withoutUndefined(rules);
      const made = await office.open.minimising.inDraft(id, path, given, place, work);
      const { rowsIn, rowsOut, bytesIn, bytesOut } = made;
      return {
        name: office.tools.files.baseName(place),
        ...{ rowsIn, rowsOut, bytesIn, bytesOut },
        written: { place, use: 'written' },
      };
    },
  };
}
