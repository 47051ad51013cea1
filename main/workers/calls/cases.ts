import type { Contract } from '../../../preload/contract/index.ts';
import type { Office } from '../../services/office.ts';
import type { Answers } from '../office-api.ts';

/** Cases, for the window. */
export function caseCalls(office: Office): Answers<Contract['cases']> {
  const setState = async (reference: string, state: 'open' | 'closed') => {
    await office.open.cases.setState(reference, state);
    return office.open.cases.show(reference);
  };
  return {
    list: () => office.open.cases.list(),
    show: ({ reference }) => office.open.cases.show(reference),
    open: async (form) => {
      const { reference } = await office.open.cases.open(withoutUndefined(form));
      return office.open.cases.show(reference);
    },
    remedy: async ({ reference, remedy }) => {
      await office.open.cases.remedy(reference, remedy);
      return office.open.cases.show(reference);
    },
    export: async ({ reference, format, out }, work) => {
      const { files } = office.tools;
      const name = office.open.caseExports.folderName(reference);
      const folder = files.join(out.place, name);
      const { packages, bags } = await office.open.caseExports.write(
        reference,
        format,
        folder,
        work,
      );
      return { name, packages, bags, written: { place: folder, use: 'written' } };
    },
    close: ({ reference }) => setState(reference, 'closed'),
    reopen: ({ reference }) => setState(reference, 'open'),
  };
}

/** The domain's forms know absent members, not undefined ones. */
export function withoutUndefined(form: object): object {
  return Object.fromEntries(
    Object.entries(form)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]: [string, unknown]) => [
        key,
        isForm(value) ? withoutUndefined(value) : value,
      ]),
  );
}

const isForm = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
