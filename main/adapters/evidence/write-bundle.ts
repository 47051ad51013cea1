import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256Hex } from '../../domain/digest.ts';
import { DomainError } from '../../domain/errors/index.ts';
import type { Digest, Fingerprint } from '../../domain/identifiers.ts';
import { encodeCanonical } from '../../domain/json/canonical.ts';
import {
  BUNDLE_FORMAT,
  BUNDLE_JSON,
  BUNDLE_SIGNATURE,
  type Bundle,
} from '../../domain/ledger/bundle.ts';
import { readmeOf } from '../../domain/ledger/bundle-readme.ts';
import type { LedgerStore } from '../../domain/ledger/ledger-store.ts';
import type { Engine } from '../../domain/pgp/engine.ts';
import type { Work } from '../../domain/ports.ts';
import type { Instant } from '../../domain/time.ts';
import type { Evidence } from '../../domain/vault/journal.ts';
import { exists, fsyncFolder, removeDurable, renameToNew } from '../files/durable.ts';
import { onDisk } from '../files/system-error.ts';
import { armorSignature } from './armor.ts';

export interface BundleCertificate {
  readonly fingerprint: Fingerprint;
  /** The binary certificate as the ledger's evidence has it. */
  readonly bytes: Uint8Array;
  readonly armored: string;
}

export interface WriteBundleRequest {
  readonly store: LedgerStore;
  /** Absent or empty before; it becomes the bundle. */
  readonly folder: string;
  readonly by: { readonly fingerprint: Fingerprint };
  readonly at: Instant;
  /** The exporter's armored detached signature over the bytes. */
  readonly sign: (bytes: Uint8Array) => Promise<string>;
  /** Asked for once the ledger's end is fixed: certificates of later entries do no harm. */
  readonly certificates: () => Promise<readonly BundleCertificate[]>;
  /** The verifier that goes along. */
  readonly verifyPy: Uint8Array;
}

export interface WrittenBundle {
  readonly path: string;
  readonly entries: number;
  /** All files of the bundle. */
  readonly files: number;
  /** Hex SHA-256 of `bundle.json`. */
  readonly digest: Digest;
}

/**
 * Every certificate that the ledger's evidence holds, ready for a bundle: members', contacts',
 * each as it was when it was used.
 * @throws DomainError when one of them cannot be read, which the engine has read before
 */
export async function certificatesOf(
  store: Pick<LedgerStore, 'evidenceOfKind'>,
  engine: Engine,
  at: Date,
): Promise<BundleCertificate[]> {
  return Promise.all(
    store.evidenceOfKind('certificate').map(async ({ bytes }) => {
      const { facts } = await engine.readCertificate(bytes, at);
      return { fingerprint: facts.fingerprint, bytes, armored: engine.armor(bytes) };
    }),
  );
}

const PAGE = 1024;
/** Certificates go their own way. */
const EXPORTED = [
  'receipt',
  'approval',
  'rotation',
  'recorded',
  'complaint',
  'timestamp',
  'witness',
] as const satisfies readonly Evidence['kind'][];
const LF = Buffer.from('\n');

/**
 * Writes a whole, unredacted bundle of the ledger up to its last checkpoint. It comes into being
 * under its name at once: until then it is `<folder>.partial`, and a failure leaves nothing.
 * Progress counts entries.
 * @throws DomainError `file-exists`, `disk-full`, `not-writable`, `cancelled`, `ledger-damaged`
 */
export async function writeBundle(
  request: WriteBundleRequest,
  work: Work = {},
): Promise<WrittenBundle> {
  const { folder } = request;
  const partial = `${folder}.partial`;
  await assertFree(folder);
  if (await exists(partial)) throw new DomainError('file-exists', { path: partial });
  try {
    await onDisk(partial, 'write', () => mkdir(partial, { recursive: true, mode: 0o700 }));
    const written = await new BundleWriter(partial, request, work).write();
    if (await exists(folder)) await onDisk(folder, 'write', () => rmdir(folder));
    await renameToNew(partial, folder);
    return { path: folder, ...written };
  } catch (error) {
    await removeDurable(partial);
    throw error;
  }
}

class BundleWriter {
  readonly #folder: string;
  readonly #request: WriteBundleRequest;
  readonly #work: Work;
  readonly #files: Record<string, Digest> = {};

  constructor(folder: string, request: WriteBundleRequest, work: Work) {
    this.#folder = folder;
    this.#request = request;
    this.#work = work;
  }

  async write(): Promise<Omit<WrittenBundle, 'path'>> {
    const { store, by, at, sign } = this.#request;
    const last = store.lastCheckpoint();
    if (!last) throw new DomainError('ledger-damaged', { problem: 'it has no checkpoint' });
    // Read in one go, before anything else can be appended: entries below `size` never change.
    const kept = store.checkpoints().filter(({ size }) => size <= last.size);
    const openings = store.openings();
    const evidence = this.#evidence();

    await this.#entries(last.size);
    await this.#file('checkpoint', [last.body]);
    await this.#file('checkpoint.asc', [last.signature]);
    await this.#lines(
      'checkpoints.jsonl',
      kept.map(({ body, signature }) => encodeCanonical({ body, signature })),
    );
    await this.#lines('proofs.jsonl', []);
    await this.#lines(
      'openings.jsonl',
      openings.map(({ digest, salt, value }) => encodeCanonical({ digest, salt, value })),
    );
    await this.#lines(
      'witnesses.jsonl',
      evidence.filter(({ kind }) => kind === 'witness').map(({ bytes }) => bytes),
    );
    for (const item of evidence) await this.#evidenceFile(item);
    for (const { fingerprint, bytes, armored } of await this.#request.certificates())
      await this.#file(`certificates/${fingerprint}-${sha256Hex(bytes)}.asc`, [armored]);

    const filters = { redacted: false };
    await this.#file('README.txt', [readmeOf({ scope: 'whole', filters })]);
    await this.#file('verify.py', [this.#request.verifyPy]);
    const files = { ...this.#files };
    const bundle: Bundle = { format: BUNDLE_FORMAT, scope: 'whole', filters, by, at, files };
    const bytes = encodeCanonical(bundle);
    await this.#file(BUNDLE_JSON, [bytes]);
    await this.#file(BUNDLE_SIGNATURE, [await sign(bytes)]);
    for (const folder of new Set(Object.keys(this.#files).map(dirname)))
      await fsyncFolder(join(this.#folder, folder));
    return {
      entries: last.size,
      files: Object.keys(this.#files).length,
      digest: sha256Hex(bytes),
    };
  }

  /** Entries are many: page by page, the next one read while nothing waits for the disk. */
  async #entries(size: number): Promise<void> {
    const { signal, report } = this.#work;
    await this.#file(
      'entries.jsonl',
      pagesOf(this.#request.store, size, (done) => {
        if (signal?.aborted === true) throw new DomainError('cancelled');
        report?.({ stage: 'exporting', done, total: size });
      }),
    );
  }

  #evidence(): Evidence[] {
    const { store } = this.#request;
    return EXPORTED.flatMap((kind) => store.evidenceOfKind(kind));
  }

  async #evidenceFile({ kind, sha256, bytes, signature }: Evidence): Promise<void> {
    switch (kind) {
      case 'receipt':
        await this.#file(`receipts/${sha256}.json`, [bytes]);
        if (signature) await this.#file(`receipts/${sha256}.asc`, [armorSignature(signature)]);
        return;
      case 'approval':
        return this.#file(`approvals/${sha256}.sig`, [bytes]);
      case 'rotation':
        return this.#file(`statements/${sha256}.json`, [bytes]);
      case 'recorded':
        return this.#file(`recorded/${sha256}.bin`, [bytes]);
      case 'complaint':
        return this.#file(`complaints/${sha256}.json`, [bytes]);
      case 'timestamp':
        return this.#file(`timestamps/${sha256}.tsr`, [bytes]);
      case 'witness':
      case 'certificate':
    }
  }

  #lines(name: string, lines: readonly Uint8Array[]): Promise<void> {
    return this.#file(
      name,
      lines.flatMap((line) => [line, LF]),
    );
  }

  async #file(name: string, parts: Iterable<Uint8Array | string>): Promise<void> {
    const path = join(this.#folder, name);
    const hash = createHash('sha256');
    await onDisk(path, 'write', async () => {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const handle = await open(path, 'wx', 0o600);
      try {
        for (const part of parts) {
          const bytes = Buffer.from(part);
          hash.update(bytes);
          await handle.writeFile(bytes);
        }
        await handle.sync();
      } finally {
        await handle.close();
      }
    });
    this.#files[name] = hash.digest('hex');
  }
}

function* pagesOf(
  store: LedgerStore,
  size: number,
  tell: (done: number) => void,
): Generator<Uint8Array, void, void> {
  for (let from = 0; from < size; from += PAGE) {
    const to = Math.min(from + PAGE, size);
    yield Buffer.concat(store.entries(from, to).flatMap(({ bytes }) => [bytes, LF]));
    tell(to);
  }
}

async function assertFree(folder: string): Promise<void> {
  if (!(await exists(folder))) return;
  const isEmpty = await onDisk(folder, 'read', async () => (await readdir(folder)).length === 0);
  if (!isEmpty) throw new DomainError('file-exists', { path: folder });
}
