import type { Digest, Fingerprint, Uuid } from '../identifiers.ts';
import type { Instant } from '../time.ts';
import type { Entry } from './entry.ts';
import type { EntryType, ReleaseFacts } from './entry-types.ts';

interface Dated {
  readonly at: Instant;
  readonly seq: number;
}

export interface Sealed extends Dated {
  readonly manifest: Digest | undefined;
  readonly sealed: Digest | undefined;
  /** The release as coded data, as this side wrote it down. */
  readonly facts: ReleaseFacts;
}

export interface Arrived extends Sealed {
  readonly sender: Fingerprint;
}

export interface ReceiptSeen extends Dated {
  readonly kind: string;
  readonly digest: Digest;
  /** Who signed it, or to whom it went. */
  readonly peer: Fingerprint;
}

/** What one ledger says of one package. */
export class PackageSide {
  readonly recipients = new Set<Fingerprint>();
  readonly receiptsIn = new Map<Digest, ReceiptSeen>();
  readonly receiptsOut = new Map<Digest, ReceiptSeen>();
  /** What the sender wrote down for recipients who sign no receipts. */
  readonly recorded: (Dated & { readonly outcome: string; readonly recipient: Fingerprint })[] = [];
  /** What was done with it here: `accepted`, `destroyed`. */
  readonly acts = new Map<EntryType, Dated>();
  sealed: Sealed | undefined;
  dispatched: Dated | undefined;
  arrived: Arrived | undefined;
}

/** What one ledger says of packages: filled entry by entry, from a ledger that was verified. */
export class LedgerSide {
  readonly keys = new Set<Fingerprint>();
  readonly packages = new Map<Uuid, PackageSide>();
  /** Of a part it cannot be said that something is missing: only that it is not shown. */
  readonly isWhole: boolean;
  #until: Instant = '';

  constructor(isWhole = true) {
    this.isWhole = isWhole;
  }

  /** The latest moment of any entry: what came after it, this side cannot know. */
  get until(): Instant {
    return this.#until;
  }

  take(entry: Entry): void {
    if (entry.at > this.#until) this.#until = entry.at;
    this.#noteKeys(entry);
    const id = entry.subject.package;
    if (id === undefined) return;
    const { subject, seq, at } = entry;
    const dated = { seq, at };
    const digests = { ...dated, manifest: subject.manifest, sealed: subject.sealed };
    const side = this.#package(id);
    switch (entry.type) {
      case 'frozen':
      case 'addressed':
        for (const recipient of entry.detail.recipients) side.recipients.add(recipient);
        return;
      case 'sealed':
        side.sealed = { ...digests, facts: entry.detail.facts };
        return;
      case 'dispatched':
        side.dispatched ??= dated;
        return;
      case 'arrived': {
        const { sender, facts } = entry.detail;
        side.arrived ??= { ...digests, sender, facts };
        return;
      }
      case 'receipt-in': {
        const { kind, receipt: digest, by: peer } = entry.detail;
        side.receiptsIn.set(digest, { ...dated, kind, digest, peer });
        return;
      }
      case 'receipt-out': {
        const { kind, receipt: digest, to: peer } = entry.detail;
        side.receiptsOut.set(digest, { ...dated, kind, digest, peer });
        return;
      }
      case 'recorded': {
        const { outcome, recipient } = entry.detail;
        side.recorded.push({ ...dated, outcome, recipient });
        return;
      }
      default:
        if (!side.acts.has(entry.type)) side.acts.set(entry.type, dated);
    }
  }

  #noteKeys(entry: Entry): void {
    switch (entry.type) {
      case 'genesis':
      case 'member-added':
      case 'key-made':
        this.keys.add(entry.detail.fingerprint);
        return;
      case 'key-rotated':
      case 'key-replaced':
        this.keys.add(entry.detail.to);
        return;
      default:
    }
  }

  #package(id: Uuid): PackageSide {
    let side = this.packages.get(id);
    if (side === undefined) {
      side = new PackageSide();
      this.packages.set(id, side);
    }
    return side;
  }
}
