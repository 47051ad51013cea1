import type { Digest, Uuid } from '../../domain/identifiers.ts';
import { REDACTABLE, type Bundle, type EvidenceFolder } from '../../domain/ledger/bundle.ts';
import type { BundleProblemCode } from '../../domain/ledger/bundle-problems.ts';
import type { Entry, EntryOf } from '../../domain/ledger/entry.ts';
import type { EntryType } from '../../domain/ledger/entry-types.ts';
import { SignedRotation } from '../../domain/vault/rotation.ts';
import type { ReadEntry } from './bundle-entries.ts';
import type { BundleParts } from './bundle-parts.ts';
import { claimRotation } from './rotation-claim.ts';

type ReceiptEntry = EntryOf<'receipt-in'> | EntryOf<'receipt-out'> | EntryOf<'receipt-conflict'>;

/** Checks that what entries name by digest is in the bundle, and says the same as they do. */
export class NamedEvidence {
  readonly #parts: BundleParts;
  readonly #bundle: Bundle;
  /** By digest, the line of openings.jsonl. */
  readonly #openings: ReadonlyMap<Digest, number>;
  /** By size, the SHA-256 of the checkpoint's body. */
  readonly #checkpoints: ReadonlyMap<number, Digest>;
  readonly #named = new Set<Digest>();
  #vault: Uuid = '';

  constructor(
    parts: BundleParts,
    bundle: Bundle,
    openings: ReadonlyMap<Digest, number>,
    checkpoints: ReadonlyMap<number, Digest>,
  ) {
    this.#checkpoints = checkpoints;
    this.#parts = parts;
    this.#bundle = bundle;
    this.#openings = openings;
  }

  /** @param at where problems of this entry are noted */
  async check(
    { facts, entry }: ReadEntry,
    wrong: (code: BundleProblemCode) => void,
  ): Promise<void> {
    for (const digest of facts.commitments) {
      if (!this.#bundle.filters.redacted && !this.#openings.has(digest)) wrong('opening-missing');
      this.#named.add(digest);
    }
    for (const digest of facts.evidence)
      if (!this.#holds(folderOf(facts.type, digest, entry), digest)) wrong('evidence-missing');
    if (entry?.type === 'genesis') this.#vault = entry.detail.vault;
    else if (entry?.type === 'key-rotated') await this.#rotation(entry);
    else if (entry?.type === 'timestamped') {
      if (!(await this.#stamps(entry))) wrong('timestamp-mismatch');
    } else if (entry && isReceiptEntry(entry) && !this.#agrees(entry)) wrong('receipt-mismatch');
  }

  /** What stood in openings.jsonl for nothing. */
  finish(): void {
    for (const [digest, line] of this.#openings)
      if (!this.#named.has(digest))
        this.#parts.problems.atFile('openings.jsonl', 'opening-unnamed', line);
  }

  #holds(folder: EvidenceFolder, digest: Digest): boolean {
    const mayBeAbsent = this.#bundle.filters.redacted && REDACTABLE.includes(folder);
    return mayBeAbsent || (this.#parts.evidence.get(digest)?.has(folder) ?? false);
  }

  #agrees(entry: ReceiptEntry): boolean {
    const receipt = this.#parts.receipts.get(entry.detail.receipt)?.receipt;
    if (!receipt) return true;
    const { type, detail, subject } = entry;
    const by = type === 'receipt-out' ? entry.actor.fingerprint : detail.by;
    return (
      receipt.by.fingerprint === by &&
      receipt.kind === detail.kind &&
      receipt.packageId === subject.package &&
      receipt.manifestDigest === subject.manifest &&
      (type !== 'receipt-in' ||
        (receipt.at === detail.at &&
          receipt.witnessed.result === detail.witnessed &&
          receipt.reason?.code === detail.reason))
    );
  }

  /** The response holds the digest of that checkpoint; who gave it, `openssl ts -verify` says. */
  async #stamps({ detail }: EntryOf<'timestamped'>): Promise<boolean> {
    const { folder, evidence } = this.#parts;
    if (!evidence.get(detail.response)?.has('timestamps')) return true;
    const response = Buffer.from(await folder.read(`timestamps/${detail.response}.tsr`));
    const kept = this.#checkpoints.get(detail.size) ?? detail.checkpoint;
    return kept === detail.checkpoint && response.includes(detail.checkpoint, 0, 'hex');
  }

  /** Both keys said that the second takes the place of the first. */
  async #rotation(entry: EntryOf<'key-rotated'>): Promise<void> {
    const { folder, evidence } = this.#parts;
    const { detail } = entry;
    const file = `statements/${detail.statement}.json`;
    if (!evidence.get(detail.statement)?.has('statements')) return;
    const rotation = this.#parts.document(SignedRotation, await folder.read(file), file);
    if (!rotation) return;
    claimRotation(entry, this.#vault, rotation, file, this.#parts);
  }
}

function folderOf(type: EntryType, digest: Digest, entry: Entry | undefined): EvidenceFolder {
  if (type === 'approved') return 'approvals';
  if (type === 'recorded') return 'recorded';
  if (type.startsWith('complaint-')) return 'complaints';
  if (type.startsWith('notice-')) return 'notices';
  if (type === 'timestamped') return 'timestamps';
  if (type.startsWith('receipt-')) return 'receipts';
  return entry?.type === 'key-rotated' && entry.detail.statement === digest
    ? 'statements'
    : 'certificates';
}

function isReceiptEntry(entry: Entry): entry is ReceiptEntry {
  return entry.type.startsWith('receipt-');
}
