import type { Contract } from '../../../preload/contract/index.ts';
import type { Office } from '../../services/office.ts';
import type { Answers } from '../office-api.ts';

/** More of them are in the file that can be saved. */
const MOST_SHOWN = 500;

/** What the ledger adds up to, for the window. */
export function reportCalls(office: Office): Answers<Contract['reports']> {
  return {
    indicators: (asked) => office.open.reports.indicators(asked),
    disclosures: async (asked) => {
      const all = await office.open.reports.disclosures(asked);
      return { rows: all.slice(-MOST_SHOWN).reverse(), total: all.length };
    },
    save: async ({ what, form, out: { place }, ...asked }) => {
      const { reports } = office.open;
      if (what === 'indicators') await reports.writeIndicators(asked, form, place);
      else await reports.writeDisclosures(asked, form, place);
      return { name: office.tools.files.baseName(place), written: { place, use: 'written' } };
    },
  };
}
