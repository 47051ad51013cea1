import { DomainError } from '../domain/errors/index.ts';
import { Fingerprint, type Uuid } from '../domain/identifiers.ts';
import type { BundleFacts, EvidenceFolders, OpenedBundle } from '../domain/ledger/evidence-port.ts';
import { entryDigest } from '../domain/ledger/entry.ts';
import type { LedgerQuery } from '../domain/ledger/ledger-store.ts';
import { leafHash, verifyInclusion } from '../domain/ledger/merkle.ts';
import { compareSides, type Pair, type PairState } from '../domain/ledger/reconcile.ts';
import { newId } from '../domain/new-id.ts';
import type { Work } from '../domain/ports.ts';
import type { Tools } from './desk.ts';
import type { HistoryEntry } from './history.ts';
import { rowOf, type HistoryRow } from './history-row.ts';

/** A bundle that is open, and how far somebody said that they know who signed it. */
export interface BundleView {
  readonly id: Uuid;
  readonly path: string;
  readonly state: 'failed' | 'unchecked' | 'sound';
  readonly facts: BundleFacts;
  readonly nameOf: (fingerprint: Fingerprint) => string | undefined;
  /** Up to which size a key signed that the person knows; 0 without one. */
  readonly confirmed: number;
  readonly confirmedBy: Fingerprint | undefined;
}

/** Two open bundles, compared. */
export interface Comparison {
  readonly a: BundleView;
  readonly b: BundleView;
  readonly pairs: readonly Pair[];
  readonly totals: Readonly<Record<PairState, number>>;
}

interface Held {
  readonly path: string;
  readonly bundle: OpenedBundle;
  readonly trusted: Set<Fingerprint>;
}

/** More than anybody lays side by side; the one that was opened first gives way. */
const MOST_OPEN = 8;

/** Bundles of evidence that are open for reading: they need no vault, and no key of anybody. */
export class Bundles {
  readonly #folders: EvidenceFolders;
  readonly #tools: Tools;
  readonly #held = new Map<Uuid, Held>();
  #compared: { readonly key: string; readonly pairs: readonly Pair[] } | undefined;

  constructor(folders: EvidenceFolders, tools: Tools) {
    this.#folders = folders;
    this.#tools = tools;
  }

  /**
   * Verifies a bundle, a folder or a tar of one, and keeps it open.
   * @throws DomainError `not-a-bundle`, `bundle-tar-refused`, `file-missing`, `cancelled`
   */
  async open(path: string, work: Work = {}): Promise<BundleView> {
    const bundle = await this.#folders.open(path, work);
    const id = newId(this.#tools.clock, this.#tools.random);
    this.#held.set(id, { path, bundle, trusted: new Set() });
    const [oldest] = this.#held.keys();
    if (this.#held.size > MOST_OPEN && oldest !== undefined) this.#held.delete(oldest);
    return this.view(id);
  }

  close(id: Uuid): void {
    this.#held.delete(id);
    this.#compared = undefined;
  }

  /** @throws DomainError `bundle-closed` */
  view(id: Uuid): BundleView {
    const { path, bundle, trusted } = this.#get(id);
    const { facts } = bundle;
    const signed = [...facts.signed].filter(([signer]) => trusted.has(signer));
    const [by, confirmed] = signed.sort(([, a], [, b]) => b - a)[0] ?? [undefined, 0];
    return {
      id,
      path,
      state:
        facts.problems.length > 0 ? 'failed' : facts.unchecked.length > 0 ? 'unchecked' : 'sound',
      facts,
      nameOf: (fingerprint) => bundle.nameOf(fingerprint),
      confirmed,
      confirmedBy: by,
    };
  }

  /**
   * Takes a fingerprint that the person knows from elsewhere, as they write it.
   * @throws DomainError `input-refused` for what is none, `signer-other` when no checkpoint of
   * the bundle is signed by it
   */
  trust(id: Uuid, given: string): BundleView {
    const { bundle, trusted } = this.#get(id);
    const parsed = Fingerprint.safeParse(given.replace(/[\s:]/g, '').toUpperCase());
    if (!parsed.success)
      throw new DomainError('input-refused', {
        what: 'the bundle',
        where: 'the fingerprint',
        problem: 'it is not 40 or 64 hexadecimal digits',
      });
    if (!bundle.facts.signed.has(parsed.data))
      throw new DomainError('signer-other', { fingerprint: parsed.data });
    trusted.add(parsed.data);
    return this.view(id);
  }

  async rows(id: Uuid, query: LedgerQuery, skip: number, limit: number): Promise<HistoryRow[]> {
    const { bundle } = this.#get(id);
    const entries = await bundle.entries(query, skip, limit);
    return entries.map((entry) => rowOf(entry, namesIn(bundle)));
  }

  count(id: Uuid, query: LedgerQuery): Promise<number> {
    return this.#get(id).bundle.count(query);
  }

  /** @throws DomainError `entry-unknown` */
  async entry(id: Uuid, seq: number): Promise<HistoryEntry> {
    const { bundle } = this.#get(id);
    const { facts, checkpoint } = bundle;
    const found = await bundle.entry(seq);
    const leaf = leafHash(found.bytes);
    const root = Buffer.from(facts.root, 'hex');
    const { size } = checkpoint;
    const signer = facts.signer ?? '';
    return {
      row: rowOf(found.entry, namesIn(bundle)),
      text: new TextDecoder().decode(found.bytes),
      hash: entryDigest(found.bytes),
      proof: { leaf: hex(leaf), size, root: facts.root, hashes: found.hashes.map(hex) },
      checkpoint: { body: checkpoint.body, signature: checkpoint.signature },
      verified: {
        chain: found.chain,
        inclusion: verifyInclusion(leaf, seq, size, found.hashes, root),
        checkpoint: facts.signed.get(signer) === size,
      },
      openings: found.openings,
      evidence: found.evidence,
    };
  }

  /**
   * Compares two open bundles, package by package and recipient by recipient.
   * @throws DomainError `bundle-damaged`, `cancelled`
   */
  async compare(a: Uuid, b: Uuid, work: Work = {}): Promise<Comparison> {
    const views = { a: this.view(a), b: this.view(b) };
    for (const { state, path } of [views.a, views.b])
      if (state === 'failed') throw new DomainError('bundle-damaged', { path });
    const key = `${a} ${b}`;
    if (this.#compared?.key !== key) {
      const sides = {
        a: await this.#get(a).bundle.side(work),
        b: await this.#get(b).bundle.side(work),
      };
      this.#compared = { key, pairs: compareSides(sides.a, sides.b) };
    }
    const { pairs } = this.#compared;
    const totals = { equal: 0, pending: 0, 'only-in-a': 0, 'only-in-b': 0, differs: 0 };
    for (const { state } of pairs) totals[state] += 1;
    return { ...views, pairs, totals };
  }

  #get(id: Uuid): Held {
    const held = this.#held.get(id);
    if (!held) throw new DomainError('bundle-closed');
    return held;
  }
}

function namesIn(bundle: OpenedBundle) {
  return {
    person: (fingerprint: Fingerprint) => bundle.nameOf(fingerprint),
    title: () => undefined,
    reference: (id: Uuid) => bundle.caseOf(id),
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
