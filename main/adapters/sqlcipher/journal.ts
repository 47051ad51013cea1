import { sha256Hex } from '../../domain/digest.ts';
import { DomainError, isDomainError } from '../../domain/errors/index.ts';
import { planAppend, tailOf, type Appended, type Tail } from '../../domain/ledger/append.ts';
import { isKeysType } from '../../domain/ledger/authority.ts';
import { checkpointAt, encodeCheckpoint, originOf } from '../../domain/ledger/checkpoint.ts';
import { EntryType, AUDITOR_MAY_APPEND } from '../../domain/ledger/entry-types.ts';
import type { Actor } from '../../domain/ledger/entry.ts';
import { checkOpening } from '../../domain/ledger/opening.ts';
import type { Clock } from '../../domain/ports.ts';
import type { Commit, Committed, Journal, SignedCheckpoint } from '../../domain/vault/journal.ts';
import type { Effect } from '../../domain/vault/records.ts';
import { exists, removeDurable, renameDurable } from '../files/durable.ts';
import type { Database } from './database.ts';
import {
  dropIntent,
  finishIntent,
  readIntents,
  writeIntent,
  type StoredIntent,
} from './intents.ts';
import { appendToLedger, keepAsLeft } from './ledger-append.ts';
import { applyEffects } from './records.ts';
import { SqlLedgerStore } from './ledger-store.ts';
import { isDiskFull, reasonOf } from './sql-error.ts';

/** Who appends, and how their checkpoints are signed. */
export interface Signer {
  readonly actor: Actor;
  /** An armored detached signature over the body of a checkpoint. */
  readonly sign: (body: string) => Promise<string>;
}

export interface JournalParts extends Signer {
  readonly ledger: Database;
  /** Absent for an auditor, who has no key to it and whose acts have no effects. */
  readonly vault?: Database | undefined;
  readonly clock: Clock;
}

/** What was found unfinished when the vault was opened. */
export interface Recovered {
  readonly finished: number;
  readonly discarded: number;
}

/**
 * The protocol of docs/formats/vault.md. `ledger.db` is the commit point of both databases and of
 * the files: (a) the intent in vault.db, (b) one transaction of ledger.db, (c) files and effects.
 * What stops before (b) has not happened; what stops after it is finished by `recover`.
 */
export class SqlJournal implements Journal {
  readonly #ledger: Database;
  readonly #vault: Database | undefined;
  readonly #clock: Clock;
  readonly #store: SqlLedgerStore;
  #signer: Signer;
  #tail: Tail | undefined;
  #unsure: DomainError | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  constructor({ ledger, vault, clock, actor, sign }: JournalParts) {
    this.#ledger = ledger;
    this.#vault = vault;
    this.#clock = clock;
    this.#store = new SqlLedgerStore(ledger);
    this.#signer = { actor, sign };
  }

  /**
   * Appends the acts and does what belongs to them, all or nothing. The first commit of a new
   * ledger begins with `genesis`.
   * @throws DomainError `ledger-not-authorised`, `entry-too-large`, `document-refused`,
   * `disk-full`: nothing was changed. `ledger-damaged`: nothing is appended to such a ledger.
   * `commit-unsure`: the next `recover` decides
   */
  commit(commit: Commit): Promise<Committed> {
    return this.#inTurn(() => this.#commit(commit));
  }

  /** Changes rows of vault.db that no entry speaks of. */
  note(effects: readonly Effect[]): Promise<void> {
    return this.#inTurn(() => {
      const vault = this.#vault;
      if (!vault) throw new TypeError('an auditor’s acts have no effects');
      onDisk('vault.db', () => {
        vault.transaction(() => {
          applyEffects(vault, effects);
        })();
      });
      return Promise.resolve();
    });
  }

  /** @throws DomainError `ledger-damaged` when there is none */
  checkpoint(options: { leaves: boolean } = { leaves: false }): Promise<SignedCheckpoint> {
    return this.#inTurn(() => {
      const last = this.#store.lastCheckpoint();
      if (!last) throw new DomainError('ledger-damaged', { problem: 'it has no checkpoint' });
      if (options.leaves) keepAsLeft(this.#ledger, last.size);
      return Promise.resolve(last);
    });
  }

  /**
   * Finishes what was committed and takes back what was not: the intents that a crash left.
   * Call it after opening, before the first commit. Does nothing for an auditor.
   */
  recover(): Promise<Recovered> {
    return this.#inTurn(async () => {
      let finished = 0;
      let discarded = 0;
      for (const intent of this.#vault ? readIntents(this.#vault) : []) {
        if (this.#isCommitted(intent)) {
          await this.#finish(intent);
          finished += 1;
        } else {
          await this.#discard(intent);
          discarded += 1;
        }
      }
      this.#tail = undefined;
      this.#unsure = undefined;
      return { finished, discarded };
    });
  }

  /** From now on another key acts: after a rotation, or when a member takes over. */
  become(signer: Signer): Promise<void> {
    return this.#inTurn(() => {
      this.#signer = signer;
      return Promise.resolve();
    });
  }

  async #commit(commit: Commit): Promise<Committed> {
    if (this.#unsure) throw this.#unsure;
    assertWhole(commit);
    let intent: StoredIntent | undefined;
    let appended: Appended;
    try {
      const before = (this.#tail ??= this.#readTail());
      const { actor, sign } = this.#signer;
      appended = planAppend(this.#store, before, commit.acts, actor, this.#clock.now());
      const signature = await sign(appended.checkpoint);
      intent = this.#writeIntent(commit, before.size, appended.entries);
      this.#append(() => {
        appendToLedger(this.#ledger, before, appended, signature, commit);
      });
    } catch (error) {
      if (!isDomainError(error, 'commit-unsure')) await this.#takeBack(commit, intent);
      throw error;
    }
    this.#tail = appended.tail;
    if (intent) await this.#finishNow(intent);
    const { size } = appended.tail;
    return { first: size - appended.entries.length, last: size - 1, size };
  }

  /** Step (a). Acts that never have effects, such as an auditor's, need none. */
  #writeIntent(
    { acts, effects = [], renames = [], removals = [] }: Commit,
    first: number,
    entries: readonly { readonly bytes: Uint8Array }[],
  ): StoredIntent | undefined {
    const plain = effects.length + renames.length + removals.length === 0;
    if (plain && acts.every(({ type }) => AUDITOR_MAY_APPEND.includes(type))) return undefined;
    const vault = this.#vault;
    if (!vault) throw new TypeError('an auditor’s acts have no effects');
    const texts = entries.map(({ bytes }) => Buffer.from(bytes).toString('utf8'));
    const intent = { first, entries: texts, effects, renames, removals };
    return onDisk('vault.db', () => ({ ...intent, id: writeIntent(vault, intent) }));
  }

  /** Step (b). When the disk fails in it, only the next opening can tell whether it happened. */
  #append(write: () => void): void {
    try {
      onDisk('ledger.db', write);
    } catch (error) {
      if (isDomainError(error)) throw error;
      throw this.#stop(error);
    }
  }

  /** Step (c), after which the commit has nothing left to do. */
  async #finishNow(intent: StoredIntent): Promise<void> {
    try {
      await this.#finish(intent);
    } catch (error) {
      throw this.#stop(error);
    }
  }

  async #finish(intent: StoredIntent): Promise<void> {
    for (const { from, to } of intent.renames)
      if (await exists(from)) await renameDurable(from, to);
    for (const path of intent.removals) await removeDurable(path);
    if (this.#vault) finishIntent(this.#vault, intent, this.#origin());
  }

  async #discard(intent: StoredIntent): Promise<void> {
    for (const { from } of intent.renames) await removeDurable(from);
    if (this.#vault) dropIntent(this.#vault, intent.id);
  }

  async #takeBack({ renames = [] }: Commit, intent: StoredIntent | undefined): Promise<void> {
    if (intent) await this.#discard(intent);
    else for (const { from } of renames) await removeDurable(from);
  }

  #isCommitted({ first, entries }: StoredIntent): boolean {
    return entries.every((text, offset) => {
      const stored = this.#store.entry(first + offset);
      return stored !== undefined && Buffer.from(stored.bytes).toString('utf8') === text;
    });
  }

  #origin(): string {
    const genesis = this.#store.entry(0);
    if (!genesis)
      throw new DomainError('ledger-damaged', { problem: 'its first entry is missing' });
    return originOf(genesis.bytes);
  }

  /** The tail as it is stored, which has to be what was signed last. */
  #readTail(): Tail {
    const store = this.#store;
    const size = store.size();
    const keys = store.query({ types: EntryType.options.filter(isKeysType), order: 'ascending' });
    const tail = tailOf(store.entry(size - 1), keys);
    const refuse = (problem: string) => new DomainError('ledger-damaged', { problem });
    if (tail.size !== size) throw refuse('its first entry is missing');
    const signed = store.lastCheckpoint();
    if (size === 0 && !signed) return tail;
    if (signed?.size !== size) throw refuse('its last checkpoint is not over its last entry');
    const present = encodeCheckpoint(checkpointAt(store, size, tail.authority.keysSeq));
    if (signed.body !== present) throw refuse('its tree is not the one that was signed');
    return tail;
  }

  #stop(cause: unknown): DomainError {
    this.#unsure = new DomainError('commit-unsure', { reason: reasonOf(cause) }, { cause });
    return this.#unsure;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

/** A full disk is told from every other failure: SQLite has then changed nothing. */
function onDisk<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (isDiskFull(error)) throw new DomainError('disk-full', { path: file }, { cause: error });
    throw error;
  }
}

/** What the caller hands over has to be what the entries name: anything else is a bug. */
export function assertWhole({ acts, openings = [], evidence = [] }: Commit): void {
  if (acts.length === 0) throw new TypeError('a commit without acts');
  for (const opening of openings)
    if (!checkOpening(opening)) throw new TypeError('an opening that opens nothing');
  for (const { sha256, bytes } of evidence)
    if (sha256Hex(bytes) !== sha256) throw new TypeError('evidence under another digest');
}
