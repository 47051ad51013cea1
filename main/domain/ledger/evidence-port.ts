import type { Digest, Fingerprint } from '../identifiers.ts';
import type { Work } from '../ports.ts';
import type { Instant } from '../time.ts';
import type { LedgerStore } from './ledger-store.ts';
import type { Reconciled } from './reconcile.ts';

/** What a bundle of evidence is made from. */
export interface ExportRequest {
  readonly store: LedgerStore;
  /** Absent or empty before; it becomes the bundle. */
  readonly folder: string;
  /** The exporter, who signs `bundle.json`. */
  readonly by: Fingerprint;
  readonly at: Instant;
  /** An armored detached signature over the bytes. */
  readonly sign: (bytes: Uint8Array) => Promise<string>;
}

export interface Exported {
  readonly path: string;
  readonly entries: number;
  readonly files: number;
  /** Hex SHA-256 of `bundle.json`. */
  readonly digest: Digest;
}

/** What a stranger's check of a path says: 0 good, 3 a signer that nobody named, 4 something is wrong. */
export interface Checked {
  readonly exit: 0 | 3 | 4;
  readonly json: object;
  readonly lines: readonly string[];
}

export interface CheckOptions {
  /** As people give them: in groups and in lower case, too. */
  readonly trust: readonly string[];
  /** Folder of an older bundle that this one must continue. */
  readonly previous?: string;
}

/** What two bundles say of each other, and whose word that is. */
export interface ReconciledBundles extends Reconciled {
  /** Who signed the last checkpoint of each: nobody here confirmed that these are the right keys. */
  readonly signers: { readonly a: Fingerprint; readonly b: Fingerprint };
}

/** Bundles of evidence on disk, and the outer form of sealed files: no vault is needed. */
export interface EvidenceFolders {
  /** @throws DomainError `file-exists`, `disk-full`, `cancelled` */
  write(request: ExportRequest, work?: Work): Promise<Exported>;
  /** @throws DomainError `input-refused` for what is no fingerprint, `file-unknown` */
  verify(path: string, options: CheckOptions): Promise<Checked>;
  /** @throws DomainError `bundle-damaged`, `not-a-bundle` */
  reconcile(a: string, b: string): Promise<ReconciledBundles>;
}
