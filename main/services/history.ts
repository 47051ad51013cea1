import { DomainError } from '../domain/errors/index.ts';
import { sha256Hex } from '../domain/digest.ts';
import { certificatesHeld } from '../domain/ledger/certificates-named.ts';
import { parseCheckpoint } from '../domain/ledger/checkpoint.ts';
import { decodeEntry, entryDigest, type Entry } from '../domain/ledger/entry.ts';
import type { EntryRow, LedgerQuery, LedgerStore } from '../domain/ledger/ledger-store.ts';
import { NAMING_TYPES, NameBook } from '../domain/ledger/name-book.ts';
import { inclusionProof, leafHash, rootAt, verifyInclusion } from '../domain/ledger/merkle.ts';
import { keptSignatures } from '../domain/ledger/kept-signatures.ts';
import { isSignedBy } from '../domain/ledger/verify-checkpoints.ts';
import type { SignedCheckpoint, Opening } from '../domain/vault/journal.ts';
import { isDomainError } from '../domain/errors/index.ts';
import type { TableName, Tables } from '../domain/vault/records.ts';
import type { Desk } from './desk.ts';
import { choicesOf, type HistoryChoices } from './history-choices.ts';
import { rowOf, type HistoryRow } from './history-row.ts';

/** One entry as it stands, with what proves that it stands there. */
export interface HistoryEntry {
  readonly row: HistoryRow;
  /** The canonical text, whose bytes are hashed. */
  readonly text: string;
  readonly hash: string;
  readonly proof: {
    readonly leaf: string;
    readonly size: number;
    readonly root: string;
    readonly hashes: readonly string[];
  };
  readonly checkpoint: { readonly body: string; readonly signature: string };
  readonly verified: {
    readonly chain: boolean;
    readonly inclusion: boolean;
    readonly checkpoint: boolean;
  };
  readonly openings: readonly Opening[];
  readonly evidence: readonly {
    readonly sha256: string;
    readonly kind: string;
    readonly signed: boolean;
  }[];
}

/** Reads the ledger for people: rows with names, one entry with its proof. */
export class History {
  private readonly desk: Desk;
  private readonly other: LedgerStore | undefined;
  private readonly names = new NameBook();
  /** How many entries the names were taken from. */
  private named = 0;

  /** `other` is read instead of the vault's present ledger. */
  constructor(desk: Desk, other?: LedgerStore) {
    this.desk = desk;
    this.other = other;
  }

  private get ledger(): LedgerStore {
    return this.other ?? this.desk.session.ledger;
  }

  rows(query: LedgerQuery): HistoryRow[] {
    return this.ledger.query(query).map((row) => this.describe(row));
  }

  /** One entry for the eye. @throws DomainError `entry-unknown` */
  row(seq: number): HistoryRow {
    const row = this.ledger.entry(seq);
    if (!row) throw new DomainError('entry-unknown', { seq });
    return this.describe(row);
  }

  count(query: LedgerQuery): number {
    return this.ledger.count(query);
  }

  /** What the entries name, to choose a filter from. */
  choices(): HistoryChoices {
    return choicesOf(this.ledger, this, (fingerprint) => this.nameOf(fingerprint));
  }

  /** @throws DomainError `entry-unknown` */
  async entry(seq: number): Promise<HistoryEntry> {
    const { ledger } = this;
    const row = ledger.entry(seq);
    const checkpoint = ledger.lastCheckpoint();
    if (!row || !checkpoint) throw new DomainError('entry-unknown', { seq });
    const { size } = checkpoint;
    const hashes = inclusionProof(ledger, seq, size);
    const leaf = leafHash(row.bytes);
    const root = rootAt(ledger, size);
    const named = this.describe(row);
    const digests = digestsIn([named.subject, named.detail]);
    return {
      row: named,
      text: new TextDecoder().decode(row.bytes),
      hash: entryDigest(row.bytes),
      proof: { leaf: hex(leaf), size, root: hex(root), hashes: hashes.map(hex) },
      checkpoint: { body: checkpoint.body, signature: checkpoint.signature },
      verified: {
        chain: this.chained(row),
        inclusion: verifyInclusion(leaf, seq, size, hashes, rootOf(checkpoint)),
        checkpoint: await this.lastIsSigned(),
      },
      openings: digests.flatMap((digest) => ledger.opening(digest) ?? []),
      evidence: digests.flatMap((digest) => {
        const found = ledger.evidence(digest);
        return found === undefined
          ? []
          : [{ sha256: found.sha256, kind: found.kind, signed: found.signature !== undefined }];
      }),
    };
  }

  /** Rows of these entries, in this order. */
  rowsOf(seqs: readonly number[]): HistoryRow[] {
    return seqs.map((seq) => this.row(seq));
  }

  /** Whether an entry stands in the tree that the last checkpoint has the root of. */
  isIncluded(seq: number): boolean {
    const { ledger } = this;
    const row = ledger.entry(seq);
    const checkpoint = ledger.lastCheckpoint();
    if (!row || !checkpoint || seq >= checkpoint.size) return false;
    const hashes = inclusionProof(ledger, seq, checkpoint.size);
    return verifyInclusion(leafHash(row.bytes), seq, checkpoint.size, hashes, rootOf(checkpoint));
  }

  /**
   * Whether the last checkpoint is signed by who made the last of its entries, with a certificate
   * that the ledger holds. Whether that member was allowed to is what `verify` says.
   */
  async lastIsSigned(): Promise<boolean> {
    const { ledger } = this;
    const checkpoint = ledger.lastCheckpoint();
    const last = checkpoint && ledger.entry(checkpoint.size - 1);
    if (!checkpoint || !last) return false;
    return isSignedBy(
      last.actor,
      checkpoint.body,
      checkpoint.signature,
      (fingerprint) => certificatesHeld(ledger, fingerprint),
      keptSignatures(this.desk.tools.engine, () => this.desk.now()),
    );
  }

  private describe({ bytes, seq }: EntryRow): HistoryRow {
    return rowOf(decodeEntry(bytes, seq), {
      person: (fingerprint) => this.nameOf(fingerprint),
      title: (id) => this.record('packages', id)?.title,
      reference: (id) => this.referenceOf(id),
    });
  }

  /** How somebody is called, as far as it is known here. */
  nameOf(fingerprint: string): string | undefined {
    const { member, keys } = this.desk.session;
    if (keys.some((key) => key.fingerprint === fingerprint)) return member.name;
    return this.record('contacts', fingerprint)?.name ?? this.inLedger().of(fingerprint);
  }

  /** How a case is called, as far as it is known here. */
  referenceOf(id: string): string | undefined {
    return this.record('cases', id)?.reference ?? this.inLedger().ofCase(id);
  }

  /** What the ledger itself says: all that an auditor has. */
  private inLedger(): NameBook {
    const { ledger } = this;
    const size = ledger.size();
    if (this.named < size) {
      const query = { types: NAMING_TYPES, order: 'ascending', after: this.named - 1 } as const;
      for (const row of ledger.query(query)) {
        const entry = readable(row);
        if (entry) this.names.take(entry, (digest) => ledger.opening(digest));
      }
      this.named = size;
    }
    return this.names;
  }

  /** An auditor reads the ledger alone: without what the vault knows besides. */
  private record<T extends TableName>(table: T, id: string): Tables[T] | undefined {
    const { member, records } = this.desk.session;
    return member.role === 'auditor' ? undefined : records.get(table, id);
  }

  private chained(row: EntryRow): boolean {
    const next = this.ledger.entry(row.seq + 1);
    const entry = decodeEntry(row.bytes, row.seq);
    const before = row.seq === 0 ? undefined : this.ledger.entry(row.seq - 1);
    const fromBefore =
      before === undefined ? /^0{64}$/.test(entry.prev) : entry.prev === entryDigest(before.bytes);
    const toNext =
      next === undefined || decodeEntry(next.bytes, next.seq).prev === sha256Hex(row.bytes);
    return fromBefore && toNext;
  }
}

function rootOf(checkpoint: SignedCheckpoint): Uint8Array {
  return Buffer.from(parseCheckpoint(checkpoint.body).root, 'hex');
}

/** A damaged entry names nobody; a verification finds it. */
function readable({ bytes, seq }: EntryRow): Entry | undefined {
  try {
    return decodeEntry(bytes, seq);
  } catch (error) {
    if (isDomainError(error)) return undefined;
    throw error;
  }
}

function digestsIn(value: unknown): string[] {
  const found = new Set<string>();
  const visit = (item: unknown): void => {
    if (typeof item === 'string') {
      if (/^[0-9a-f]{64}$/.test(item)) found.add(item);
    } else if (typeof item === 'object' && item !== null) Object.values(item).forEach(visit);
  };
  visit(value);
  return [...found];
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
