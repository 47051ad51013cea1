import { DomainError } from '../../domain/errors/index.ts';
import type { EntryType } from '../../domain/ledger/entry-types.ts';
import type { EntryRow } from '../../domain/ledger/ledger-store.ts';
import type { Evidence } from '../../domain/vault/journal.ts';

export type Blob = Uint8Array<ArrayBuffer>;
export type StoredEntry = { seq: number; bytes: Blob };
export type StoredEvidence = { sha256: string; kind: string; bytes: Blob; signature: Blob | null };
export type StoredOpening = { digest: string; salt: string; value: string };

interface Shown {
  readonly type: EntryType;
  readonly at: string;
  readonly actor: { readonly fingerprint: string };
  readonly subject: {
    readonly package?: string;
    readonly case?: string;
    readonly contact?: string;
  };
}

/** What lists and filters show, read from the bytes: they are canonical, or `verify` says so. */
export function toRow({ seq, bytes }: StoredEntry): EntryRow {
  const entry = parse(seq, bytes);
  const { package: id, case: caseId, contact } = entry.subject;
  return {
    seq,
    bytes,
    type: entry.type,
    at: entry.at,
    actor: entry.actor.fingerprint,
    ...(id === undefined ? {} : { package: id }),
    ...(caseId === undefined ? {} : { case: caseId }),
    ...(contact === undefined ? {} : { contact }),
  };
}

function parse(seq: number, bytes: Uint8Array): Shown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as Shown;
  } catch {
    throw new DomainError('not-canonical', {
      what: `Entry ${String(seq)}`,
      where: 'a place where it is not JSON',
    });
  }
}

export function toEvidence({ signature, kind, ...row }: StoredEvidence): Evidence {
  const known = { ...row, kind: kind as Evidence['kind'] };
  return signature === null ? known : { ...known, signature };
}

/** The binding takes whole buffers of its own kind. */
export function asBlob(bytes: Uint8Array): Blob {
  return new Uint8Array(bytes);
}
