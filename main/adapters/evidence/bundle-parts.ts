import type { z } from 'zod';
import { sha256Hex } from '../../domain/digest.ts';
import { isDomainError } from '../../domain/errors/index.ts';
import type { Digest } from '../../domain/identifiers.ts';
import {
  Bundle,
  BUNDLE_JSON,
  BUNDLE_SIGNATURE,
  decodeBundlePart,
  FIXED_FILES,
  ReceiptOutline,
  type EvidenceFolder,
} from '../../domain/ledger/bundle.ts';
import type { BundleProblems } from '../../domain/ledger/bundle-problems.ts';
import { dearmor } from './armor.ts';
import { Claims } from './claims.ts';
import type { BundleFiles } from './read-bundle.ts';
import type { Signers } from './signers.ts';

/** Reads the files of one bundle; what is wrong with a file is noted, and the others go on. */
export class BundleParts {
  readonly folder: BundleFiles;
  readonly problems: BundleProblems;
  readonly signers: Signers;
  readonly claims: Claims;
  /** By digest: which folder holds what entries name. */
  readonly evidence = new Map<Digest, ReadonlySet<EvidenceFolder>>();
  readonly receipts = new Map<
    Digest,
    { readonly file: string; readonly receipt: ReceiptOutline }
  >();

  constructor(folder: BundleFiles, problems: BundleProblems, signers: Signers) {
    this.folder = folder;
    this.problems = problems;
    this.signers = signers;
    this.claims = new Claims(problems, signers);
  }

  /**
   * `bundle.json`, the digests of all files and the signature over it; undefined when what is
   * there cannot be judged any further.
   */
  async bundle(): Promise<Bundle | undefined> {
    const { folder, problems } = this;
    if (!(await this.#isThere(BUNDLE_JSON))) return undefined;
    const bytes = await folder.read(BUNDLE_JSON);
    const bundle = this.document(Bundle, bytes, BUNDLE_JSON);
    if (!bundle) return undefined;
    const listed = Object.keys(bundle.files).sort();
    for (const name of await folder.names())
      if (!Object.hasOwn(bundle.files, name)) problems.atFile(name, 'file-extra');
    for (const name of FIXED_FILES)
      if (!Object.hasOwn(bundle.files, name)) problems.atFile(name, 'file-missing');
    for (const name of listed)
      if ((await this.#isThere(name)) && (await folder.digest(name)) !== bundle.files[name])
        problems.atFile(name, 'file-mismatch');
    if (await this.#isThere(BUNDLE_SIGNATURE))
      this.claims.add(await folder.read(BUNDLE_SIGNATURE), {
        file: BUNDLE_SIGNATURE,
        code: 'bundle-signature',
        content: bytes,
        signer: bundle.by.fingerprint,
      });
    return problems.has('file-missing') ? undefined : bundle;
  }

  /** Files that are called by their digest, so that entries can name them. */
  async readEvidence(files: Readonly<Record<string, Digest>>): Promise<void> {
    for (const file of Object.keys(files).sort()) {
      const [, folder, stem = '', ending] = /^([a-z]+)\/([^.]+)\.([a-z]+)$/.exec(file) ?? [];
      if (folder === 'receipts') await this.#receipt(file, stem, ending === 'asc', files);
      else if (folder === 'certificates') await this.#certificate(file, stem);
      else if (folder !== undefined)
        this.#file(file, stem, await this.folder.digest(file), folder as EvidenceFolder);
    }
  }

  /** A canonical document of this schema, or a problem and undefined. */
  document<S extends z.ZodType>(
    schema: S,
    bytes: Uint8Array,
    file: string,
    line?: number,
  ): z.output<S> | undefined {
    try {
      return decodeBundlePart(schema, bytes, file);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      const { code } = error;
      this.problems.atFile(file, code === 'not-canonical' ? code : 'document-refused', line);
      return undefined;
    }
  }

  /** The documents of a file of lines, each with its number. */
  async documents<S extends z.ZodType>(
    schema: S,
    file: string,
  ): Promise<{ readonly line: number; readonly value: z.output<S> }[]> {
    const found = [];
    for await (const { number: line, bytes, ended } of this.folder.lines(file)) {
      if (!ended) this.problems.atFile(file, 'file-malformed', line);
      const value = ended ? this.document(schema, bytes, file, line) : undefined;
      if (value !== undefined) found.push({ line, value });
    }
    return found;
  }

  async #receipt(
    file: string,
    stem: string,
    isSignature: boolean,
    files: Readonly<Record<string, Digest>>,
  ): Promise<void> {
    const beside = `receipts/${stem}.${isSignature ? 'json' : 'asc'}`;
    if (!Object.hasOwn(files, beside)) {
      this.problems.atFile(file, 'receipt-signature');
      return;
    }
    if (isSignature) return;
    const bytes = await this.folder.read(file);
    const digest = sha256Hex(bytes);
    if (!this.#file(file, stem, digest, 'receipts')) return;
    const receipt = this.document(ReceiptOutline, bytes, file);
    if (!receipt) return;
    this.receipts.set(digest, { file, receipt });
    this.claims.add(await this.folder.read(beside), {
      file: beside,
      code: 'receipt-signature',
      content: bytes,
      signer: receipt.by.fingerprint,
    });
  }

  async #certificate(file: string, stem: string): Promise<void> {
    const bytes = dearmor(await this.folder.read(file), 'PUBLIC KEY BLOCK');
    const fingerprint = stem.slice(0, stem.indexOf('-'));
    if (!bytes) this.problems.atFile(file, 'file-malformed');
    else if (!(await this.signers.add(fingerprint, bytes)))
      this.problems.atFile(file, 'file-mismatch');
    else this.#file(file, stem, sha256Hex(bytes), 'certificates');
  }

  #file(file: string, stem: string, digest: Digest, folder: EvidenceFolder): boolean {
    if (stem.endsWith(digest)) {
      this.evidence.set(digest, new Set([...(this.evidence.get(digest) ?? []), folder]));
      return true;
    }
    this.problems.atFile(file, 'file-mismatch');
    return false;
  }

  async #isThere(name: string): Promise<boolean> {
    const isThere = await this.folder.has(name);
    if (!isThere) this.problems.atFile(name, 'file-missing');
    return isThere;
  }
}
