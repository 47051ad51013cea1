import type { Digest } from '../identifiers.ts';
import type { Work } from '../ports.ts';
import type { ChannelRecord } from './records.ts';

/** A file at the other end of a channel. */
export interface CarriedFile {
  readonly name: string;
  /** As it lies there, which may be encoded. */
  readonly bytes: number;
  /** Where it lies, when the name alone does not tell. */
  readonly at?: string;
}

/**
 * The other end of a channel while it is used: a place that both offices reach. It needs no trust.
 * Every call may throw `carrier-unreachable`, `carrier-refused`, `carrier-denied`, `cancelled`.
 */
export interface Carrier {
  /** The local folder, when it is one: files are read where they lie. */
  readonly folder?: string;
  /** `SHA256:…` of the key that a server proved to have. */
  readonly hostKey?: string;
  /** Nothing is ever half there: a file whose digest is not its name's was altered on its way. */
  readonly arrivesWhole?: boolean;
  /** The files there, at most 10 000; no folders. */
  list(): Promise<readonly CarriedFile[]>;
  /**
   * Copies a file from there into a partial file. What an earlier try left in it is continued; what
   * has come is kept when the way there is lost (`carrier-unreachable`), and removed otherwise.
   * @throws DomainError `carrier-file-changed` when it is no longer there
   */
  fetch(file: CarriedFile, toPartial: string, work: Work): Promise<void>;
  /**
   * Copies a sealed file there, whole or not at all: under a name ending in `.partial` that is
   * renamed at the end. A part that an earlier try left is continued, and read back before it
   * counts. The same file there already: done.
   * @throws DomainError `file-exists` when another file has its name
   */
  deliver(from: string, name: string, digest: Digest, work: Work): Promise<void>;
  /** Writes an empty file and removes it. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** Opens channels of every kind. */
export interface Carriers {
  /** @throws DomainError `folder-unknown`, `carrier-host-changed`, and what every call throws */
  open(channel: ChannelRecord, signal?: AbortSignal): Promise<Carrier>;
}
