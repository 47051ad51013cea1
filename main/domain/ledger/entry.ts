import { z } from 'zod';
import { sha256Hex } from '../digest.ts';
import { DomainError } from '../errors/index.ts';
import { Digest, Fingerprint, Role } from '../identifiers.ts';
import { decodeCanonical, encodeCanonical } from '../json/canonical.ts';
import { checkDocument } from '../json/document.ts';
import { Instant } from '../time.ts';
import { ENTRY_DETAILS, EntryType, Subject, type EntryDetail } from './entry-types.ts';

export const ENTRY_FORMAT = 'valise.entry/1';

/** Bytes of one entry at most: an entry names things, it does not carry them. */
export const MAX_ENTRY_BYTES = 4096;

/** `prev` of entry 0. */
export const NO_PREV: Digest = '0'.repeat(64);

export const Actor = z.strictObject({ fingerprint: Fingerprint, role: Role });
export type Actor = z.infer<typeof Actor>;

/** One act, as it stands in the ledger for ever. See docs/formats/ledger.md. */
export type Entry = { [T in EntryType]: EntryOf<T> }[EntryType];

export interface EntryOf<T extends EntryType> {
  readonly format: typeof ENTRY_FORMAT;
  readonly seq: number;
  readonly at: Instant;
  readonly actor: Actor;
  readonly type: T;
  readonly subject: Subject;
  readonly detail: EntryDetail<T>;
  /** Hex SHA-256 of the bytes of the entry before; `NO_PREV` for entry 0. */
  readonly prev: Digest;
}

/** The closed object of one entry type, for readers and for the published schema. */
export function entrySchema<T extends EntryType>(type: T) {
  return z.strictObject({
    format: z.literal(ENTRY_FORMAT),
    seq: z.int().min(0),
    at: Instant,
    actor: Actor,
    type: z.literal(type),
    subject: Subject,
    detail: ENTRY_DETAILS[type],
    prev: Digest,
  });
}

/**
 * The canonical bytes of an entry, checked as a reader would check it.
 * @throws DomainError `document-refused` naming the member, `entry-too-large` above 4 KiB
 */
export function encodeEntry(entry: Entry): Uint8Array {
  const what = `Entry ${String(entry.seq)}`;
  checkDocument({ schema: schemaOf(entry.type), what }, entry);
  const bytes = encodeCanonical(entry);
  if (bytes.length > MAX_ENTRY_BYTES)
    throw new DomainError('entry-too-large', { seq: entry.seq, bytes: bytes.length });
  return bytes;
}

/**
 * Reads one entry, strictly; `seq` is the place where it stands.
 * @throws DomainError `entry-too-large`, `not-canonical`, `version-unknown`,
 * `entry-type-unknown`, `document-refused` naming the member
 */
export function decodeEntry(bytes: Uint8Array, seq: number): Entry {
  const what = `Entry ${String(seq)}`;
  if (bytes.length > MAX_ENTRY_BYTES)
    throw new DomainError('entry-too-large', { seq, bytes: bytes.length });
  const value = decodeCanonical(bytes, what, { format: ENTRY_FORMAT });
  const type = EntryType.safeParse((value as { type?: unknown }).type);
  if (!type.success) throw new DomainError('entry-type-unknown', { seq });
  return checkDocument({ schema: schemaOf(type.data), what }, value) as Entry;
}

/** Hex SHA-256 of an entry's bytes: `prev` of the next one, `head` of a checkpoint. */
export function entryDigest(bytes: Uint8Array): Digest {
  return sha256Hex(bytes);
}

const schemas = new Map<EntryType, z.ZodType>();

function schemaOf(type: EntryType): z.ZodType {
  let schema = schemas.get(type);
  if (schema === undefined) {
    schema = entrySchema(type);
    schemas.set(type, schema);
  }
  return schema;
}
