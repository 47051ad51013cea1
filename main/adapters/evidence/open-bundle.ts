import { DomainError } from '../../domain/errors/index.ts';
import type { Digest, Fingerprint } from '../../domain/identifiers.ts';
import { ProofLine, decodeBundlePart, type EvidenceFolder } from '../../domain/ledger/bundle.ts';
import { bundleProblemText } from '../../domain/ledger/bundle-problems.ts';
import { decodeEntry, entryDigest, NO_PREV, type Entry } from '../../domain/ledger/entry.ts';
import type { BundleEntry, BundleFacts, OpenedBundle } from '../../domain/ledger/evidence-port.ts';
import { GrowingTree } from '../../domain/ledger/growing-tree.ts';
import type { LedgerQuery } from '../../domain/ledger/ledger-store.ts';
import { HASH_BYTES, inclusionProof, type NodeReader } from '../../domain/ledger/merkle.ts';
import { LedgerSide } from '../../domain/ledger/reconcile-side.ts';
import type { Work } from '../../domain/ports.ts';
import type { SignedCheckpoint } from '../../domain/vault/journal.ts';
import { BundleIndex, readFacts } from './bundle-index.ts';
import { openBundleFiles } from './bundle-tar.ts';
import type { BundleFiles } from './read-bundle.ts';
import {
  verifyBundleFiles,
  type BundleVerdict,
  type VerifyBundleOptions,
} from './verify-bundle.ts';

const ENTRIES = 'entries.jsonl';
const PROOFS = 'proofs.jsonl';
const TELL_EVERY = 1024;

/** How things of each folder are called in a ledger's evidence. */
const KINDS: Readonly<Record<EvidenceFolder, string>> = {
  certificates: 'certificate',
  receipts: 'receipt',
  approvals: 'approval',
  statements: 'rotation',
  recorded: 'recorded',
  complaints: 'complaint',
  notices: 'notice',
  timestamps: 'timestamp',
};

/**
 * Verifies a bundle, and keeps it open for reading. One that is not in order proves nothing, so
 * nothing of it is read any further.
 * @throws DomainError `not-a-bundle`, `bundle-tar-refused`, `file-missing`, `cancelled`
 */
export async function openBundle(
  path: string,
  options: Omit<VerifyBundleOptions, 'trust'>,
): Promise<OpenedBundle> {
  const files = await openBundleFiles(path, options.work);
  const verdict = await verifyBundleFiles(files, { ...options, trust: [] });
  const isSound = verdict.exit !== 4;
  const index = isSound
    ? await BundleIndex.of(files, verdict.entries, options.work)
    : BundleIndex.empty(files);
  const text = async (name: string) =>
    isSound ? Buffer.from(await files.read(name)).toString('utf8') : '';
  return new ReadableBundle(files, verdict, index, {
    size: verdict.size,
    body: await text('checkpoint'),
    signature: await text('checkpoint.asc'),
  });
}

class ReadableBundle implements OpenedBundle {
  readonly facts: BundleFacts;
  readonly checkpoint: SignedCheckpoint;
  readonly #files: BundleFiles;
  readonly #names: ReadonlyMap<Fingerprint, string>;
  readonly #index: BundleIndex;
  /** By digest: where what entries name stands. */
  readonly #evidence = new Map<Digest, EvidenceFolder>();
  #nodes: Promise<NodeReader> | undefined;
  #proofs: Promise<ReadonlyMap<number, readonly Uint8Array[]>> | undefined;

  constructor(
    files: BundleFiles,
    verdict: BundleVerdict,
    index: BundleIndex,
    checkpoint: SignedCheckpoint,
  ) {
    this.facts = factsOf(verdict);
    this.checkpoint = checkpoint;
    this.#files = files;
    this.#names = verdict.names;
    this.#index = index;
    for (const name of Object.keys(verdict.bundle?.files ?? {})) {
      const [, folder, digest] = /^([a-z]+)\/(?:[0-9A-F]+-)?([0-9a-f]{64})\./.exec(name) ?? [];
      if (folder !== undefined && digest !== undefined)
        this.#evidence.set(digest, folder as EvidenceFolder);
    }
  }

  async entries(query: LedgerQuery, skip: number, limit: number): Promise<readonly Entry[]> {
    const found = await this.#index.find(query);
    const from = query.order === 'ascending' ? skip : Math.max(0, found.length - skip - limit);
    const to = query.order === 'ascending' ? skip + limit : Math.max(0, found.length - skip);
    const places = [...found.subarray(from, to)];
    if (query.order !== 'ascending') places.reverse();
    return Promise.all(
      places.map(async (place) =>
        decodeEntry(await this.#index.bytesAt(place), this.#index.seqAt(place) ?? place),
      ),
    );
  }

  async count(query: LedgerQuery): Promise<number> {
    return (await this.#index.find(query)).length;
  }

  async entry(seq: number): Promise<BundleEntry> {
    const place = this.#index.placeOf(seq);
    if (place === undefined) throw new DomainError('entry-unknown', { seq });
    const bytes = await this.#index.bytesAt(place);
    const { commitments, evidence } = readFacts(bytes);
    return {
      entry: decodeEntry(bytes, seq),
      bytes,
      hashes: await this.#proofOf(seq),
      chain: await this.#isChained(place, bytes),
      openings: commitments.flatMap((digest) => this.#index.opening(digest) ?? []),
      evidence: [...new Set(evidence)].flatMap((sha256) => {
        const folder = this.#evidence.get(sha256);
        return folder === undefined
          ? []
          : [{ sha256, kind: KINDS[folder], signed: folder === 'receipts' }];
      }),
    };
  }

  nameOf(fingerprint: Fingerprint): string | undefined {
    return this.#index.names.of(fingerprint) ?? this.#names.get(fingerprint);
  }

  caseOf(id: string): string | undefined {
    return this.#index.names.ofCase(id);
  }

  async side(work: Work = {}): Promise<LedgerSide> {
    const side = new LedgerSide(this.facts.bundle?.scope !== 'part');
    const total = this.#index.count;
    for await (const { bytes, number } of this.#files.lines(ENTRIES)) {
      side.take(decodeEntry(bytes, this.#index.seqAt(number - 1) ?? number));
      if (number % TELL_EVERY !== 0 && number !== total) continue;
      if (work.signal?.aborted === true) throw new DomainError('cancelled');
      work.report?.({ stage: 'comparing', done: number, total });
    }
    return side;
  }

  async #isChained(place: number, bytes: Uint8Array): Promise<boolean> {
    const { prev, seq } = readFacts(bytes);
    const isNext = (at: number, wanted: number) => this.#index.seqAt(at) === wanted;
    const before = isNext(place - 1, seq - 1) ? await this.#index.bytesAt(place - 1) : undefined;
    const next = isNext(place + 1, seq + 1) ? await this.#index.bytesAt(place + 1) : undefined;
    const fromBefore = seq === 0 ? prev === NO_PREV : !before || prev === entryDigest(before);
    return fromBefore && (!next || readFacts(next).prev === entryDigest(bytes));
  }

  async #proofOf(seq: number): Promise<readonly Uint8Array[]> {
    if (this.facts.bundle?.scope === 'part') {
      this.#proofs ??= this.#readProofs();
      return (await this.#proofs).get(seq) ?? [];
    }
    this.#nodes ??= this.#readNodes();
    return inclusionProof(await this.#nodes, seq, this.checkpoint.size);
  }

  async #readProofs(): Promise<ReadonlyMap<number, readonly Uint8Array[]>> {
    const proofs = new Map<number, readonly Uint8Array[]>();
    for await (const { bytes } of this.#files.lines(PROOFS)) {
      const { seq, hashes } = decodeBundlePart(ProofLine, bytes, PROOFS);
      proofs.set(
        seq,
        hashes.map((hash) => Buffer.from(hash, 'hex')),
      );
    }
    return proofs;
  }

  /** Every node of the tree: 64 bytes an entry, once somebody asks for a proof. */
  async #readNodes(): Promise<NodeReader> {
    const levels: Buffer[] = [];
    const tree = new GrowingTree((level, from, hashes) => {
      levels[level] ??= Buffer.alloc(Math.floor(this.#index.count / 2 ** level) * HASH_BYTES);
      levels[level].set(hashes, from * HASH_BYTES);
    });
    for await (const { bytes } of this.#files.lines(ENTRIES)) tree.add(bytes);
    tree.flush();
    return {
      node: (level, index) => {
        const start = index * HASH_BYTES;
        const hash = levels[level]?.subarray(start, start + HASH_BYTES);
        return hash?.length === HASH_BYTES ? hash : undefined;
      },
    };
  }
}

function factsOf(verdict: BundleVerdict): BundleFacts {
  const { unchecked, notes, entries, size, origin, root, head, signer, signed, bundle } = verdict;
  const problems = verdict.problems.map((problem) => ({
    ...problem,
    message: bundleProblemText(problem),
  }));
  return { problems, unchecked, notes, entries, size, origin, root, head, signer, signed, bundle };
}
