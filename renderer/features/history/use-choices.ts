import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../store/use-answer.ts';
import { useFormats, type Choice } from '../../ui/index.ts';
import { useEntrySource } from './source.ts';
import type { Choices, Filter, Narrowed } from './types.ts';
import { useActName, useOutcomeName } from './use-sentence.ts';

/** What is chosen from a list of what the entries name. */
export type Chosen = Exclude<Narrowed, 'from' | 'to' | 'acts'>;

const NONE: Choices = {
  types: [],
  actors: [],
  contacts: [],
  cases: [],
  packages: [],
  countries: [],
  outcomes: [],
};

/**
 * What there is to choose from, in words, and the words for what was chosen. It is looked up when
 * it is wanted: in a long ledger the first rows would wait for it.
 */
export function useChoices(isWanted: boolean) {
  const { t } = useTranslation('history');
  const formats = useFormats();
  const actName = useActName();
  const outcomeName = useOutcomeName();
  const { key, choices: ask } = useEntrySource();
  const { value = NONE, failure } = useAnswer(
    () => (isWanted && ask?.()) || Promise.resolve({ ok: true, value: NONE } as const),
    `${key}-choices-${String(isWanted)}`,
  );
  const choices: Readonly<Record<Chosen, readonly Choice[]>> = {
    type: value.types.map((id) => ({ id, label: actName(id) })),
    actor: value.actors.map(person),
    contact: value.contacts.map(person),
    case: value.cases.map(({ id, reference }) => ({ id, label: reference ?? short(id) })),
    package: value.packages.map(({ id, title }) => ({ id, label: title ?? short(id) })),
    country: value.countries.map((id) => ({ id, label: formats.country(id) })),
    outcome: value.outcomes.map((id) => ({ id, label: outcomeName(id) })),
  };
  const wordOf = (filter: Filter, name: Narrowed): string => {
    const chosen = filter[name] ?? '';
    if (name === 'from' || name === 'to') return formats.date(chosen);
    if (name === 'acts') return t(`group.${filter.acts}`);
    return choices[name].find(({ id }) => id === chosen)?.label ?? short(chosen);
  };
  return { choices, hasChoices: ask !== undefined, wordOf, failure };
}

function person({ fingerprint, name }: Choices['actors'][number]): Choice {
  const end = fingerprint.slice(-8);
  return name === undefined
    ? { id: fingerprint, label: end }
    : { id: fingerprint, label: name, description: end };
}

/** The end of a long identifier, as the table shows it. */
function short(id: string): string {
  return id.length > 24 ? id.slice(-8) : id;
}
