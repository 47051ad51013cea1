import type { Contract } from '../../../preload/contract/index.ts';
import { LIST_NAMES, vocabulary } from '../../domain/packages/vocabularies.ts';
import type { Office } from '../../services/office.ts';
import type { Answers } from '../office-api.ts';

/** What needs a person now. */
export function overviewCalls(office: Office): Answers<Contract['overview']> {
  return { items: () => office.open.overview.attention() };
}

/** The pick-lists. */
export function vocabularyCalls(): Answers<Contract['vocabularies']> {
  return { all: () => LIST_NAMES.map((name) => vocabulary(name)) };
}
