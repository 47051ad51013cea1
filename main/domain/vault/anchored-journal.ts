import { DomainError } from '../errors/index.ts';
import type { LedgerStore } from '../ledger/ledger-store.ts';
import type { AnchorKeeper } from './anchors.ts';
import type { Effect } from './records.ts';
import type { Commit, Committed, Journal, SignedCheckpoint } from './journal.ts';
import { describeTrouble, type Trouble } from './trouble.ts';

/**
 * A journal that leaves an anchor outside the vault after every commit, and that appends nothing
 * to a ledger which is behind or beside what is known of it.
 */
export class AnchoredJournal implements Journal {
  readonly #journal: Journal;
  readonly #ledger: LedgerStore;
  readonly #keeper: AnchorKeeper;
  readonly #readOnly: Trouble | undefined;

  constructor(
    journal: Journal,
    ledger: LedgerStore,
    keeper: AnchorKeeper,
    readOnly: Trouble | undefined,
  ) {
    this.#journal = journal;
    this.#ledger = ledger;
    this.#keeper = keeper;
    this.#readOnly = readOnly;
  }

  async commit(commit: Commit): Promise<Committed> {
    this.#assertWritable();
    const committed = await this.#journal.commit(commit);
    await this.#keeper.keep(this.#ledger);
    return committed;
  }

  async note(effects: readonly Effect[]): Promise<void> {
    this.#assertWritable();
    await this.#journal.note(effects);
  }

  async checkpoint(options?: { leaves: boolean }): Promise<SignedCheckpoint> {
    if (options?.leaves === true) this.#assertWritable();
    return this.#journal.checkpoint(options);
  }

  #assertWritable(): void {
    requireWritable(this.#readOnly);
  }
}

/** @throws DomainError `ledger-read-only` with what happened, when anything did */
export function requireWritable(trouble: Trouble | undefined): void {
  if (trouble === undefined) return;
  const { code } = trouble;
  throw new DomainError('ledger-read-only', { code, trouble: describeTrouble(trouble) });
}
