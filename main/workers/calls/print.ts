import type { Office } from '../../services/office.ts';
import type { PrintCalls } from '../office-api.ts';

/** Pages that main lays out on paper: their text, and what became of it. */
export function printCalls(office: Office): PrintCalls {
  return {
    text: ({ id }) => ({ html: office.open.pages.page(id) }),
    keep: async ({ out: { place }, pdf }) => {
      await office.tools.files.write(place, pdf);
      return { name: office.tools.files.baseName(place), written: { place, use: 'written' } };
    },
  };
}
