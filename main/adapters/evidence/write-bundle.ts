import { mkdir, readdir, rmdir } from 'node:fs/promises';
import { sha256Hex } from '../../domain/digest.ts';
import { DomainError } from '../../domain/errors/index.ts';
import type { Digest, Fingerprint } from '../../domain/identifiers.ts';
import { encodeCanonical } from '../../domain/json/canonical.ts';
import {
  BUNDLE_FORMAT,
  BUNDLE_JSON,
  BUNDLE_SIGNATURE,
  type Bundle,
  type BundleFilters,
} from '../../domain/ledger/bundle.ts';
import { certificatesFor } from '../../domain/ledger/certificates-for.ts';
import { readmeOf } from '../../domain/ledger/bundle-readme.ts';
import type { Exported } from '../../domain/ledger/evidence-port.ts';
import { decodeEntry } from '../../domain/ledger/entry.ts';
import type { LedgerAudit } from '../../domain/ledger/ledger-store.ts';
import { inclusionProof } from '../../domain/ledger/merkle.ts';
import { NodeCache } from '../../domain/ledger/node-cache.ts';
import { everythingIn, Named } from '../../domain/ledger/named.ts';
import { isFiltered, selectEntries, type Selection } from '../../domain/ledger/selection.ts';
import { nextTurn } from '../../domain/next-turn.ts';
import type { Engine } from '../../domain/pgp/engine.ts';
import type { Work } from '../../domain/ports.ts';
import type { Instant } from '../../domain/time.ts';
import { exists, removeDurable, renameToNew } from '../files/durable.ts';
import { onDisk } from '../files/system-error.ts';
import { armorSignature } from './armor.ts';
import { NewFiles } from './new-files.ts';

export interface WriteBundleRequest {
  readonly store: LedgerAudit;
  /** Absent or empty before; it becomes the bundle. */
  readonly folder: string;
  /** What of the ledger it holds, and whether names and words are left out. */
  readonly filters: BundleFilters;
  readonly by: { readonly fingerprint: Fingerprint };
  readonly at: Instant;
  /** The exporter's armored detached signature over the bytes. */
  readonly sign: (bytes: Uint8Array) => Promise<string>;
  /** Reads the certificates that go along. */
  readonly engine: Engine;
  /** The verifier that goes along. */
  readonly verifyPy: Uint8Array;
}

const PAGE = 1024;

/**
 * Writes a bundle of the ledger up to its last checkpoint: all of it, or what the filters ask for
 * with its proofs. It comes into being under its name at once: until then it is
 * `<folder>.partial`, and a failure leaves nothing. Memory does not grow with the entries, only
 * with what they name. Progress counts entries.
 * @throws DomainError `file-exists`, `disk-full`, `not-writable`, `cancelled`, `ledger-damaged`,
 * `case-unknown`, `package-unknown`, `ledger-node-missing`
 */
export async function writeBundle(request: WriteBundleRequest, work: Work = {}): Promise<Exported> {
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
  readonly #request: WriteBundleRequest;
  readonly #work: Work;
  readonly #files: NewFiles;

  constructor(folder: string, request: WriteBundleRequest, work: Work) {
    this.#request = request;
    this.#work = work;
    this.#files = new NewFiles(folder);
  }

  async write(): Promise<Omit<Exported, 'path'>> {
    const { store, filters, by, at, sign } = this.#request;
    const last = store.lastCheckpoint();
    if (!last) throw new DomainError('ledger-damaged', { problem: 'it has no checkpoint' });
    const { size } = last;
    const isWhole = !isFiltered(filters);
    const scope = isWhole ? 'whole' : 'part';
    // Listed before anything else can be appended: entries below `size` never change.
    const kept = isWhole ? store.checkpoints().filter((each) => each.size <= size) : [];
    const witnesses = isWhole ? store.evidenceDigests('witness') : [];
    const named = isWhole ? everythingIn(store) : new Named();
    const selected = isWhole ? undefined : await selectEntries(store, size, filters, this.#work);

    await this.#entries(size, selected?.entries, named);
    await this.#files.write('checkpoint', last.body);
    await this.#files.write('checkpoint.asc', last.signature);
    await this.#lines(
      'checkpoints.jsonl',
      kept.map(
        ({ body, signature }) =>
          () =>
            encodeCanonical({ body, signature }),
      ),
    );
    await this.#lines(
      'openings.jsonl',
      (filters.redacted ? [] : [...named.openings].sort()).map((digest) => () => {
        const found = store.opening(digest);
        return found && encodeCanonical({ digest, salt: found.salt, value: found.value });
      }),
    );
    await this.#lines(
      'witnesses.jsonl',
      witnesses.map((digest) => () => store.evidence(digest)?.bytes),
    );
    for (const digest of [...named.evidence].sort()) await this.#evidence(digest);
    await this.#certificates(isWhole ? undefined : named);

    await this.#files.write('README.txt', readmeOf({ scope, filters, files: this.#files.digests }));
    await this.#files.write('verify.py', this.#request.verifyPy);
    const files = { ...this.#files.digests };
    const bundle: Bundle = { format: BUNDLE_FORMAT, scope, filters, by, at, files };
    const bytes = encodeCanonical(bundle);
    await this.#files.write(BUNDLE_JSON, bytes);
    await this.#files.write(BUNDLE_SIGNATURE, await sign(bytes));
    await this.#files.sync();
    return {
      scope,
      entries: selected?.entries.count ?? size,
      matched: selected?.matched ?? size,
      files: Object.keys(this.#files.digests).length,
      digest: sha256Hex(bytes),
    };
  }

  /**
   * All entries, or the chosen ones, each with its proof; what these name is gathered on the way.
   * Entries are many: page by page, the next one read while nothing waits for the disk.
   */
  async #entries(size: number, chosen: Selection | undefined, named: Named): Promise<void> {
    const { store, filters } = this.#request;
    const { signal, report } = this.#work;
    const nodes = new NodeCache(store);
    await this.#files.writeWith(['entries.jsonl', 'proofs.jsonl'], async ([entries, proofs]) => {
      for (let from = 0; from < size; from += PAGE) {
        if (signal?.aborted === true) throw new DomainError('cancelled');
        const to = Math.min(from + PAGE, size);
        if (chosen?.hasAny(from, to) === false) continue;
        for (const [offset, bytes] of store.bytesBetween(from, to).entries()) {
          const seq = from + offset;
          if (chosen?.has(seq) === false) continue;
          await entries?.line(bytes);
          if (!chosen) continue;
          const hashes = inclusionProof(nodes, seq, size).map(hex);
          await proofs?.line(encodeCanonical({ seq, hashes }));
          named.note(decodeEntry(bytes, seq), filters.redacted);
        }
        report?.({ stage: 'exporting', done: to, total: size });
        await nextTurn();
      }
    });
  }

  /** One thing that entries name; certificates come all at once. */
  async #evidence(digest: Digest): Promise<void> {
    const { store, filters } = this.#request;
    const found = store.evidence(digest);
    if (found?.kind === 'rotation')
      await this.#files.write(`statements/${digest}.json`, found.bytes);
    if (found?.kind === 'timestamp')
      await this.#files.write(`timestamps/${digest}.tsr`, found.bytes);
    if (!found || filters.redacted) return;
    const { kind, bytes, signature } = found;
    if (kind === 'approval') await this.#files.write(`approvals/${digest}.sig`, bytes);
    if (kind === 'recorded') await this.#files.write(`recorded/${digest}.bin`, bytes);
    if (kind === 'notice') await this.#files.write(`notices/${digest}.json`, bytes);
    if (kind === 'complaint') await this.#files.write(`complaints/${digest}.json`, bytes);
    if (kind !== 'receipt') return;
    await this.#files.write(`receipts/${digest}.json`, bytes);
    if (signature) await this.#files.write(`receipts/${digest}.asc`, armorSignature(signature));
  }

  /** All certificates, or those that entries name and those of who signed something here. */
  async #certificates(named: Named | undefined): Promise<void> {
    const { store, engine, at } = this.#request;
    for await (const each of certificatesFor(store, engine, new Date(at), named))
      await this.#files.write(`certificates/${each.fingerprint}-${each.digest}.asc`, each.armored);
  }

  /** A file of lines, each made when it is its turn. */
  async #lines(name: string, lines: readonly (() => Uint8Array | undefined)[]): Promise<void> {
    await this.#files.writeWith([name], async ([file]) => {
      for (const line of lines) {
        const bytes = line();
        if (bytes) await file?.line(bytes);
      }
    });
  }
}

async function assertFree(folder: string): Promise<void> {
  if (!(await exists(folder))) return;
  const isEmpty = await onDisk(folder, 'read', async () => (await readdir(folder)).length === 0);
  if (!isEmpty) throw new DomainError('file-exists', { path: folder });
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
