import type { Fingerprint, Role, Uuid } from '../domain/identifiers.ts';
import type { Entry } from '../domain/ledger/entry.ts';
import type { EntryType } from '../domain/ledger/entry-types.ts';

/** One entry for the eye, with the names that its identifiers stand for. */
export interface HistoryRow {
  readonly seq: number;
  readonly at: string;
  readonly type: EntryType;
  readonly actor: { readonly fingerprint: string; readonly role: Role; readonly name?: string };
  readonly package?: { readonly id: string; readonly title?: string };
  readonly case?: { readonly id: string; readonly reference?: string };
  readonly contact?: { readonly fingerprint: string; readonly name?: string };
  readonly subject: Readonly<Record<string, string>>;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What identifiers stand for, as far as it is known where the entry is shown. */
export interface RowNames {
  readonly person: (fingerprint: Fingerprint) => string | undefined;
  readonly title: (id: Uuid) => string | undefined;
  readonly reference: (id: Uuid) => string | undefined;
}

/** An entry as a row. */
export function rowOf(entry: Entry, names: RowNames): HistoryRow {
  const { seq, at, type, actor, subject, detail } = entry;
  const { package: id, case: ofCase, contact } = subject;
  return {
    seq,
    at,
    type,
    actor: { ...actor, ...named('name', names.person(actor.fingerprint)) },
    ...(id === undefined ? {} : { package: { id, ...named('title', names.title(id)) } }),
    ...(ofCase === undefined
      ? {}
      : { case: { id: ofCase, ...named('reference', names.reference(ofCase)) } }),
    ...(contact === undefined
      ? {}
      : { contact: { fingerprint: contact, ...named('name', names.person(contact)) } }),
    subject: subject as Readonly<Record<string, string>>,
    detail,
  };
}

function named<Key extends string>(key: Key, value: string | undefined): { [K in Key]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: string };
}
