import type { CaseRecord } from '../cases/case.ts';
import type { ContactRecord } from '../certificates/contact.ts';
import type { Derivation, DraftFile, PackageRecord } from '../packages/package.ts';
import type {
  ChannelRecord,
  OutgoingRecord,
  PassedByRecord,
  QuarantineRecord,
  SeenRecord,
} from '../transfers/records.ts';

/** The aggregates of vault.db: one document a row, found by its id. */
export interface Tables {
  contacts: ContactRecord;
  cases: CaseRecord;
  packages: PackageRecord;
  /** Files of drafts, before they are sealed; id = `<package id>/<path in data/>`. */
  draft_files: DraftFile;
  channels: ChannelRecord;
  /** What waits to be sent, and what was. */
  outgoing: OutgoingRecord;
  /** Digests of what was taken in, so that nothing is taken in twice. */
  seen: SeenRecord;
  quarantine: QuarantineRecord;
  /** Files on channels that were fetched once and are of no use here; id = a hash of which file. */
  passed_by: PassedByRecord;
  /** Tables that were made smaller here, by the digest of what came out. */
  derivations: Derivation;
  /** Small named values: the vault's own settings. */
  settings: { readonly value: string };
}

export type TableName = keyof Tables;

export const TABLE_NAMES = [
  'contacts',
  'cases',
  'packages',
  'draft_files',
  'channels',
  'outgoing',
  'seen',
  'quarantine',
  'passed_by',
  'settings',
  'derivations',
] as const satisfies readonly TableName[];

/** A change of one row, written down before it is made (the intent) and made after. */
export type Effect =
  | {
      [T in TableName]: { readonly put: T; readonly id: string; readonly doc: Tables[T] };
    }[TableName]
  | { readonly drop: TableName; readonly id: string }
  /** Drops every row whose id starts with `prefix`. */
  | { readonly drop: TableName; readonly prefix: string };

export interface RecordQuery {
  /** Equality on top-level members of the document. */
  readonly where?: Readonly<Record<string, string | number>>;
  readonly idPrefix?: string;
  /** By id; ids are UUIDv7 or paths, so this is by age or by name. */
  readonly order?: 'ascending' | 'descending';
  readonly limit?: number;
  readonly offset?: number;
}

/** Reads vault.db. Changes go through the journal alone. */
export interface Records {
  get<T extends TableName>(table: T, id: string): Tables[T] | undefined;
  list<T extends TableName>(table: T, query?: RecordQuery): Tables[T][];
  count(table: TableName, query?: Pick<RecordQuery, 'where' | 'idPrefix'>): number;
}
