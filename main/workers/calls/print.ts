import type { Office } from '../../services/office.ts';
import type { PrintCalls } from '../office-api.ts';

/**
 * Pages that main lays out on paper: their text, and what became of it. Both want an open vault:
 * what was locked while a page was laid out writes nothing any more.
 */
export function printCalls(office: Office): PrintCalls {
  return {
    text: ({ id }) => ({ html: office.open.pages.page(id) }),
    keep: async ({ out: { place }, pdf }) => {
      await office.open.pages.keep(pdf, place);
      return { name: office.tools.files.baseName(place), written: { place, use: 'written' } };
    },
  };
}
