import type { Digest, Fingerprint } from '../identifiers.ts';
import type { Work } from '../ports.ts';
import type { Instant } from '../time.ts';
import type { Opening, SignedCheckpoint } from '../vault/journal.ts';
import type { Bundle, BundleFilters } from './bundle.ts';
import type { BundleProblem } from './bundle-problems.ts';
import type { Entry } from './entry.ts';
import type { LedgerAudit, LedgerQuery } from './ledger-store.ts';
import type { Reconciled } from './reconcile.ts';
import type { LedgerSide } from './reconcile-side.ts';
import type { VerifyAnswer } from './verdict.ts';

/** What a bundle of evidence is made from. */
export interface ExportRequest {
  readonly store: LedgerAudit;
  /** Absent or empty before; it becomes the bundle. */
  readonly folder: string;
  /** What of the ledger it holds, and whether names and words are left out. */
  readonly filters: BundleFilters;
  /** The exporter, who signs `bundle.json`. */
  readonly by: Fingerprint;
  readonly at: Instant;
  /** An armored detached signature over the bytes. */
  readonly sign: (bytes: Uint8Array) => Promise<string>;
}

export interface Exported {
  readonly path: string;
  readonly scope: Bundle['scope'];
  readonly entries: number;
  /** How many of these were asked for; the others prove who could make them. */
  readonly matched: number;
  readonly files: number;
  /** Hex SHA-256 of `bundle.json`. */
  readonly digest: Digest;
}

/** What a stranger's check of a path says: 0 good, 3 a signer that nobody named, 4 something is wrong. */
export interface Checked {
  readonly exit: 0 | 3 | 4;
  readonly json: VerifyAnswer;
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

/** What a stranger's check says of a bundle that is open. */
export interface BundleFacts {
  readonly problems: readonly (BundleProblem & { readonly message: string })[];
  /** Signatures that could not be judged here, and what is said besides. */
  readonly unchecked: readonly string[];
  readonly notes: readonly string[];
  readonly entries: number;
  readonly size: number;
  readonly origin: string;
  readonly root: Digest;
  readonly head: Digest;
  /** Who signed the last checkpoint. */
  readonly signer: Fingerprint | undefined;
  /** Every key with a good signature over a checkpoint: up to which size it signed. */
  readonly signed: ReadonlyMap<Fingerprint, number>;
  readonly bundle: Bundle | undefined;
}

/** One entry of a bundle, with what proves that it is in the tree of the bundle's checkpoint. */
export interface BundleEntry {
  readonly entry: Entry;
  readonly bytes: Uint8Array;
  readonly hashes: readonly Uint8Array[];
  /** Whether it continues the entry before, and is continued by the next, where these are there. */
  readonly chain: boolean;
  readonly openings: readonly Opening[];
  readonly evidence: readonly {
    readonly sha256: Digest;
    readonly kind: string;
    readonly signed: boolean;
  }[];
}

/**
 * A bundle that was verified and can be read. One with problems has no entries: it proves nothing.
 */
export interface OpenedBundle {
  readonly facts: BundleFacts;
  readonly checkpoint: SignedCheckpoint;
  /** Entries that a query finds, in its order, after `skip` of them: at most `limit`. */
  entries(query: LedgerQuery, skip: number, limit: number): Promise<readonly Entry[]>;
  count(query: LedgerQuery): Promise<number>;
  /** @throws DomainError `entry-unknown` */
  entry(seq: number): Promise<BundleEntry>;
  /** Whose key it is, as the bundle itself says. */
  nameOf(fingerprint: Fingerprint): string | undefined;
  /** The reference of a case, unless the bundle is redacted. */
  caseOf(id: string): string | undefined;
  /** What it says of packages. */
  side(work?: Work): Promise<LedgerSide>;
}

/** Bundles of evidence on disk, and the outer form of sealed files: no vault is needed. */
export interface EvidenceFolders {
  /** @throws DomainError `file-exists`, `disk-full`, `cancelled` */
  write(request: ExportRequest, work?: Work): Promise<Exported>;
  /** @throws DomainError `input-refused` for what is no fingerprint, `file-unknown` */
  verify(path: string, options: CheckOptions): Promise<Checked>;
  /** @throws DomainError `not-a-bundle`, `bundle-tar-refused`, `file-missing`, `cancelled` */
  open(path: string, work?: Work): Promise<OpenedBundle>;
  /** @throws DomainError `bundle-damaged`, `not-a-bundle` */
  reconcile(a: string, b: string): Promise<ReconciledBundles>;
}
