import type { Uuid } from '../identifiers.ts';
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
   * is known of a ledger that this one continues has served its purpose and goes.
   */
  async keep(ledger: LedgerStore, opened: { slot?: Uuid; header?: string } = {}): Promise<void> {
    const present = presentPosition(ledger, this.#clock);
    if (present === undefined) return;
    const witnesses = this.#anchors.positions.filter(
      ({ by, origin }) => by !== 'self' && origin === present.origin,
    );
    await this.#write({ ...this.#anchors, ...opened, positions: [present, ...witnesses] });
  }

  /** Remembers what a counterparty witnessed, so that it counts at every later unlock. */
  async addWitness(position: AnchorPosition): Promise<void> {
    const others = this.#anchors.positions.filter(({ by }) => by !== position.by);
    await this.#write({ ...this.#anchors, positions: [...others, position].slice(-256) });
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
