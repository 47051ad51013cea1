import type { Digest } from './identifiers.ts';
import type { Work } from './ports.ts';

export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'other';
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** What a walk finds: files to carry, and what will not be carried. */
export interface Found {
  readonly kind: 'file' | 'empty-folder' | 'link' | 'special';
  readonly path: string;
  /** Relative to the parent of what was walked, with `/`. */
  readonly relative: string;
  readonly size: number;
  readonly modified: number;
}

/** A file that is being written under a name ending in `.partial`. */
export interface PartialFile<Finished = void> {
  readonly path: string;
  /** The chunk may be written later: it must not be changed after this. */
  write(chunk: Uint8Array): Promise<void>;
  /** Writes what is left, syncs and closes; the caller renames. */
  finish(): Promise<Finished>;
  /** Closes and removes it. */
  discard(): Promise<void>;
}

/** A partial file that goes on behind what an earlier try left. */
export interface ContinuedFile extends PartialFile {
  /** Bytes that were there. */
  readonly begun: number;
  /** Writes what is left and closes: it can be continued. */
  keep(): Promise<void>;
}

/** What was written: its length, and its hex SHA-256. */
export interface Written {
  readonly bytes: number;
  readonly digest: Digest;
}

/**
 * The file system, as services see it. Every write is durable when its promise is kept; nothing
 * is ever written over an existing file. Failures are DomainErrors of the `exchange` table.
 */
export interface Files {
  facts(path: string): Promise<FileFacts | undefined>;
  /** Hex SHA-256 of the file. */
  digest(path: string): Promise<Digest>;
  /** The whole file, refused above `limit` bytes. */
  read(path: string, limit: number): Promise<Uint8Array>;
  /** Large slices, in order. */
  stream(path: string): AsyncIterable<Uint8Array>;
  walk(path: string): AsyncIterable<Found>;
  /** Names in a folder, files only. */
  names(folder: string): Promise<string[]>;
  makeFolder(path: string): Promise<void>;
  /** A new file at `path`, which must end in `.partial` and not exist. */
  partial(path: string): Promise<PartialFile>;
  /** The same, which may exist: then it is continued. */
  continued(path: string): Promise<ContinuedFile>;
  /** A new file, hashed on the way. */
  hashedPartial(path: string): Promise<PartialFile<Written>>;
  /** Copies into a new partial. */
  copy(from: string, toPartial: string, work?: Work): Promise<void>;
  /** The same, hashed on the way. */
  copyHashed(from: string, toPartial: string, work?: Work): Promise<Written>;
  /** Writes a small new file, by way of a partial. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Renames a file or a folder, and syncs the folders; refused when `to` exists. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file or a folder with all it holds; no error when it is absent. */
  remove(path: string): Promise<void>;
  /** Bytes free where `path` is. */
  free(path: string): Promise<number>;
  join(...parts: string[]): string;
  baseName(path: string): string;
}

/**
 * Names of partial files outside the vault that are being written: kept in the vault, so that
 * after a crash the next unlock removes what was left half-done.
 */
export interface Scratch {
  begin(path: string): void;
  end(path: string): void;
  left(): string[];
}
