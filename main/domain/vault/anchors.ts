import type { Uuid } from '../identifiers.ts';
import { compareAnchor } from '../ledger/anchor.ts';
import { parseCheckpoint } from '../ledger/checkpoint.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import type { Clock } from '../ports.ts';
import { instant } from '../time.ts';
import type { AnchorPosition, Anchors, AnchorStore } from './anchor-port.ts';

/** The ledger's present place, as this computer remembers it; undefined before entry 0. */
export function presentPosition(ledger: LedgerStore, clock: Clock): AnchorPosition | undefined {
  const last = ledger.lastCheckpoint();
  if (last === undefined) return undefined;
  const { origin, size, root, head } = parseCheckpoint(last.body);
  return { by: 'self', origin, size, root, head, at: instant(clock.now()) };
}

/** The slot and the header that a vault was opened with. */
interface Opened {
  readonly slot?: Uuid;
  readonly header?: string;
}

/** What one file holds. */
const MOST_POSITIONS = 256;

/**
 * What this computer remembers of one vault, kept up to date after every commit. It is a memory
 * beside the vault: when it cannot be written the commit stands, and `problem` says so.
 */
export class AnchorKeeper {
  readonly #store: AnchorStore;
  readonly #clock: Clock;
  #anchors: Anchors;
  #problem: string | undefined;

  private constructor(store: AnchorStore, clock: Clock, anchors: Anchors) {
    this.#store = store;
    this.#clock = clock;
    this.#anchors = anchors;
  }

  static async load(store: AnchorStore, vaultId: Uuid, clock: Clock): Promise<AnchorKeeper> {
    const known = await store.read(vaultId);
    const empty: Anchors = { format: 'valise.anchors/1', vaultId, positions: [] };
    return new AnchorKeeper(store, clock, known ?? empty);
  }

  get anchors(): Anchors {
    return this.#anchors;
  }

  /** Why the last write failed, in the system's words; undefined when it did not. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /**
   * Remembers where the ledger stands now, and what vault.json and slot it was opened with. What
   * is known of the ledger that this one continues has served its purpose and goes.
   */
  async keep(ledger: LedgerStore, opened: Opened = {}): Promise<void> {
    const present = presentPosition(ledger, this.#clock);
    if (present === undefined) return;
    const witnesses = this.#anchors.positions.filter(
      (known) =>
        known.by !== 'self' &&
        (known.origin === present.origin || compareAnchor(ledger, known) !== 'continued'),
    );
    await this.#write({ ...this.#anchors, ...opened, positions: [present, ...witnesses] });
  }

  /** Somebody went on from all that contradicted the ledger: the memory begins anew with this one. */
  async begin(ledger: LedgerStore, opened: Opened): Promise<void> {
    this.#anchors = { ...this.#anchors, positions: [] };
    await this.keep(ledger, opened);
  }

  /** Leaves out what is known of ledgers that this vault went on from before. */
  forget(origins: readonly string[]): void {
    const { positions } = this.#anchors;
    const left = positions.filter(({ origin }) => !origins.includes(origin));
    this.#anchors = { ...this.#anchors, positions: left };
  }

  /**
   * Remembers what a counterparty witnessed, so that it counts at every later unlock. Of one
   * counterparty only the latest place is kept that the ledger went through; a place that
   * contradicts it stays until somebody goes on from it.
   */
  async addWitness(position: AnchorPosition, ledger: LedgerStore): Promise<void> {
    const agrees = (known: AnchorPosition) =>
      ['same', 'ahead-consistent', 'continued'].includes(compareAnchor(ledger, known));
    const others = this.#anchors.positions.filter(
      (known) => known.by !== position.by || !agrees(known) || known.size > position.size,
    );
    if (others.some((known) => isSame(known, position))) return;
    const positions = [...others, position].slice(-MOST_POSITIONS);
    await this.#write({ ...this.#anchors, positions });
  }

  async #write(anchors: Anchors): Promise<void> {
    this.#anchors = anchors;
    try {
      await this.#store.write(anchors);
      this.#problem = undefined;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }
}

function isSame(a: AnchorPosition, b: AnchorPosition): boolean {
  return a.by === b.by && a.origin === b.origin && a.size === b.size && a.root === b.root;
}
