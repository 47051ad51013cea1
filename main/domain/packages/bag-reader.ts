import { DomainError } from '../errors/index.ts';
import { escapeForDisplay } from '../escape.ts';
import type { Digest, Uuid } from '../identifiers.ts';
import { FoundFiles } from './bag-contents.ts';
import { checkBagInfo, checkDeclaration, checkPayload, checkTagFiles } from './bag-lists.ts';
import { readApprovals, readLedger, type ReadApproval, type ReadLedger } from './bag-parts.ts';
import { ContentLook, type FileContent } from './content-look.ts';
import { decodeManifest, type Manifest } from './manifest.ts';
import { NameTree } from './name-tree.ts';
import { checkName, MAX_PATH_BYTES, nameWarnings } from './names.ts';
import { TarParser, type MemberSink, type ReadMember } from './tar-parser.ts';

export type BagFileSink = MemberSink;

/** A sink of this reader's own, which never waits. */
interface OwnSink {
  write(chunk: Uint8Array): void;
  end(): void;
}

export interface BagLimits {
  /** Members of the tar, files and folders. */
  readonly maxEntries?: number;
}

export interface BagReaderOptions extends BagLimits {
  /**
   * Is told of every file, tag files too, with its path in the bag, which keeps the rule for
   * names and has not come before. What it writes counts only after `end` has answered.
   */
  readonly onFile?: (path: string, size: number) => BagFileSink | Promise<BagFileSink>;
}

/** A bag that keeps every rule of docs/formats/package.md. */
export interface Bag {
  readonly packageId: Uuid;
  readonly manifest: Manifest;
  readonly manifestBytes: Uint8Array;
  readonly manifestDigest: Digest;
  /** By people whom the manifest names as approvers; signatures are not checked here. */
  readonly approvals: readonly ReadApproval[];
  /** The sender's checkpoint; absent in bags made by hand. */
  readonly ledger?: ReadLedger;
  /** Codes, each once: see `notes` for the names. */
  readonly warnings: readonly BagWarning[];
  /** At most 100, names escaped. */
  readonly notes: readonly { readonly code: BagWarning; readonly name: string }[];
  /** Payload files that hold something to know before they are opened; at most a thousand. */
  readonly contents: readonly FileContent[];
}

/**
 * `name-…`: see names.ts. `extra-tag-file`: a file beside the payload that Valise does not know
 * and did not compare with any list. `bag-info-identifier`: bag-info.txt calls it otherwise.
 */
export type BagWarning =
  ReturnType<typeof nameWarnings>[number] | 'extra-tag-file' | 'bag-info-identifier';

const MAX_ENTRIES = 1_000_000;
const MAX_NAME_BYTES = 64 * 1024 * 1024;
const MAX_NOTES = 100;
const MAX_CONTENTS = 1000;
/** Room for the top folder before the path in the bag. */
const MAX_MEMBER_BYTES = MAX_PATH_BYTES + 64;

const REQUIRED = ['bagit.txt', 'release.json', 'manifest-sha256.txt'] as const;
const KNOWN =
  /^(?:data\/.*|bagit\.txt|bag-info\.txt|release\.json|(?:tag)?manifest-sha256\.txt|ledger\/(?:checkpoint|checkpoint\.asc|consistency\.json|genesis\.json)|approvals\/(?:[0-9A-F]{40}|[0-9A-F]{64})(?:\.cert)?\.asc)$/u;

/**
 * Reads a bag out of a stream of tar bytes that nobody vouches for yet, with flat memory, and
 * writes nothing itself. A fault of the bag is kept until `end`, so that a caller who decrypts
 * learns first whether the message is intact: a damaged message is damaged, not a malformed bag.
 */
export class BagReader {
  readonly #options: BagReaderOptions;
  readonly #parser: TarParser;
  readonly #found = new FoundFiles();
  readonly #folders = new Set<string>();
  readonly #contents: FileContent[] = [];
  #entries = 0;
  #nameBytes = 0;
  #top: string | undefined;
  #fault: DomainError | undefined;

  constructor(options: BagReaderOptions = {}) {
    this.#options = options;
    this.#parser = new TarParser((member) => this.#member(member));
  }

  /** The first fault of the bag so far. After it nothing more is read, and no hook is called. */
  get fault(): DomainError | undefined {
    return this.#fault;
  }

  /**
   * Takes the next bytes of the tar. A fault of the bag does not throw here: see `fault`.
   * @throws what `onFile` and its sinks throw
   */
  async write(chunk: Uint8Array): Promise<void> {
    if (this.#fault) return;
    try {
      await this.#parser.write(chunk);
    } catch (error) {
      if (error instanceof HookFailure) throw error.cause;
      if (!(error instanceof DomainError)) throw error;
      this.#fault = error;
    }
  }

  /**
   * The tar is over: every rule is checked, and the answer is final. Approvals' and checkpoint's
   * signatures are the caller's to verify.
   * @throws DomainError: the first fault (`bag-…`, `name-refused`, and those of the manifest)
   */
  async end(): Promise<Bag> {
    if (this.#fault) throw this.#fault;
    this.#parser.end();
    const found = this.#found;
    for (const name of REQUIRED) this.#text(name);
    checkDeclaration(this.#text('bagit.txt'));
    const manifestBytes = this.#text('release.json');
    const { manifest, digest } = decodeManifest(manifestBytes);
    if (this.#top !== manifest.id)
      throw new DomainError('bag-folder-name', {
        name: escapeForDisplay(this.#top ?? ''),
        id: manifest.id,
      });
    this.#checkClashes();
    const tagList = found.text('tagmanifest-sha256.txt');
    if (tagList) checkTagFiles(tagList, found);
    checkPayload(manifest.files, this.#text('manifest-sha256.txt'), found);
    const info = found.text('bag-info.txt');
    const called = info ? checkBagInfo(info, manifest.files) : [];
    const ledger = readLedger(found);
    const notes = this.#notes(called.length > 0 && !called.includes(manifest.id));
    return {
      packageId: manifest.id,
      manifest,
      manifestBytes,
      manifestDigest: digest,
      approvals: readApprovals(found, manifest),
      ...(ledger === undefined ? {} : { ledger }),
      warnings: [...new Set(notes.map(({ code }) => code))],
      notes: notes.slice(0, MAX_NOTES),
      contents: this.#contents,
    };
  }

  async #member({ path, kind, size }: ReadMember): Promise<MemberSink> {
    const inner = this.#place(path, kind);
    if (kind === 'folder') return SILENT;
    const own = this.#looked(inner, this.#found.begin(inner, size));
    const { onFile } = this.#options;
    if (!onFile) return own;
    const hook = await guarded(() => onFile(inner, size));
    return {
      write: async (chunk) => {
        own.write(chunk);
        await guarded(() => hook.write(chunk));
      },
      end: async () => {
        own.end();
        await guarded(() => hook.end());
      },
    };
  }

  /** Looks at a payload file on its way, and remembers what somebody should know of it. */
  #looked(path: string, sink: OwnSink): OwnSink {
    if (!path.startsWith('data/')) return sink;
    const look = new ContentLook(path);
    return {
      write: (chunk) => {
        look.take(chunk);
        sink.write(chunk);
      },
      end: () => {
        const kinds = look.kinds();
        if (kinds.length > 0 && this.#contents.length < MAX_CONTENTS)
          this.#contents.push({ path, kinds });
        sink.end();
      },
    };
  }

  /** The member's path inside the one folder; empty for the folder itself. */
  #place(path: string, kind: 'file' | 'folder'): string {
    this.#entries += 1;
    this.#nameBytes += path.length;
    const limit = this.#options.maxEntries ?? MAX_ENTRIES;
    if (this.#entries > limit) throw new DomainError('bag-too-many-entries', { limit });
    if (this.#nameBytes > MAX_NAME_BYTES)
      throw new DomainError('bag-too-many-entries', { limit: MAX_NAME_BYTES });
    const name = () => escapeForDisplay(path);
    if (path === '.' || path.startsWith('./'))
      throw new DomainError('bag-outside-folder', { name: name() });
    checkName(path, MAX_MEMBER_BYTES);
    const slash = path.indexOf('/');
    const top = slash === -1 ? path : path.slice(0, slash);
    const inner = slash === -1 ? '' : path.slice(slash + 1);
    if (inner === '' && kind === 'file')
      throw new DomainError('bag-outside-folder', { name: name() });
    this.#top ??= top;
    if (top !== this.#top)
      throw new DomainError('bag-second-folder', {
        name: escapeForDisplay(top),
        first: escapeForDisplay(this.#top),
      });
    if (inner === 'fetch.txt') throw new DomainError('bag-fetch');
    if (this.#found.has(inner) || this.#folders.has(inner))
      throw new DomainError('bag-name-clash', { name: name(), other: name() });
    if (kind === 'folder') this.#folders.add(inner);
    return inner;
  }

  #text(name: (typeof REQUIRED)[number]): Buffer {
    const text = this.#found.text(name);
    if (!text) throw new DomainError('bag-tag-missing', { name });
    return text;
  }

  #checkClashes(): void {
    const tree = new NameTree();
    const check = (path: string, kind: 'file' | 'folder') => {
      const other = path === '' ? undefined : tree.add(path, kind);
      if (other === undefined) return;
      throw new DomainError('bag-name-clash', {
        name: escapeForDisplay(path),
        other: escapeForDisplay(other),
      });
    };
    for (const path of this.#found.paths()) check(path, 'file');
    for (const path of this.#folders) check(path, 'folder');
  }

  #notes(calledOtherwise: boolean): { code: BagWarning; name: string }[] {
    const notes: { code: BagWarning; name: string }[] = [];
    if (calledOtherwise) notes.push({ code: 'bag-info-identifier', name: 'bag-info.txt' });
    for (const path of this.#found.paths()) {
      const codes: BagWarning[] = nameWarnings(path);
      if (!KNOWN.test(path)) codes.push('extra-tag-file');
      notes.push(...codes.map((code) => ({ code, name: escapeForDisplay(path) })));
    }
    return notes;
  }
}

const SILENT: MemberSink = { write: () => undefined, end: () => undefined };

/** Marks what a hook threw, which is not about the bag and must reach the caller at once. */
class HookFailure extends Error {}

async function guarded<T>(call: () => T | Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw new HookFailure('a hook failed', { cause });
  }
}
