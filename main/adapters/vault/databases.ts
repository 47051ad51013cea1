import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../../domain/digest.ts';
import type { Digest } from '../../domain/identifiers.ts';
import type { Clock } from '../../domain/ports.ts';
import { originOf } from '../../domain/ledger/checkpoint.ts';
import type {
  Applied,
  DatabasePlace,
  ReadLedger,
  VaultDatabases,
  VaultStore,
} from '../../domain/vault/databases-port.ts';
import type { Commit, Journal } from '../../domain/vault/journal.ts';
import type { DatabaseKeys } from '../../domain/vault/slots.ts';
import { ForgetfulScratch, NoRecords } from '../../domain/vault/without-vault-db.ts';
import { openDatabase, rekeyDatabase, type Database } from '../sqlcipher/database.ts';
import { readApplied, writeIntent } from '../sqlcipher/intents.ts';
import { SqlJournal } from '../sqlcipher/journal.ts';
import { SqlLedgerStore } from '../sqlcipher/ledger-store.ts';
import { migrate, newest, removeBackups, type Migration } from '../sqlcipher/migrate.ts';
import { LEDGER_MIGRATIONS } from '../sqlcipher/migrations/ledger.ts';
import { VAULT_MIGRATIONS } from '../sqlcipher/migrations/vault.ts';
import { SqlRecords } from '../sqlcipher/records.ts';
import { SqlScratch } from '../sqlcipher/scratch.ts';
import {
  asDatabaseError,
  databaseSalt,
  openChecked,
  type DatabaseFile,
  type DatabaseSource,
} from './database-file.ts';
import { EarlierLedgers } from './earlier-ledgers.ts';
import { makeLedger } from './new-ledger.ts';

const MIGRATIONS: Readonly<Record<DatabaseFile, readonly Migration[]>> = {
  'ledger.db': LEDGER_MIGRATIONS,
  'vault.db': VAULT_MIGRATIONS,
};

interface OpenFile {
  readonly file: DatabaseFile;
  readonly database: Database;
  /** SHA-256 of the key that opened it. */
  key: Digest;
}

/** The two SQLCipher databases of a vault folder, and the journal over them. */
export class SqlVaultStore implements VaultStore {
  readonly #clock: Clock;

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  async create(place: DatabasePlace): Promise<VaultDatabases> {
    return this.#assemble(place, (file) => {
      const path = join(place.folder, file);
      const key = keyOf(place.keys, file);
      // For this user alone, whatever the folder's rights; SQLite gives its log the same.
      closeSync(openSync(path, 'wx', 0o600));
      const salt = databaseSalt(place.vaultId, file);
      return { file, database: openDatabase(path, key, { salt }), key: sha256Hex(key) };
    });
  }

  async open(place: DatabasePlace): Promise<VaultDatabases> {
    await new EarlierLedgers(place.folder, place.vaultId).settle();
    return this.#assemble(place, (file, keys) => {
      const { database, key } = openChecked(sourceOf(place, file, keys));
      return { file, database, key: sha256Hex(key) };
    });
  }

  /** Both are opened before either is migrated, so that a newer one leaves the other untouched. */
  #assemble(
    place: DatabasePlace,
    open: (file: DatabaseFile, keys: readonly Uint8Array[]) => OpenFile,
  ): VaultDatabases {
    const { v, l } = place.keys;
    const inSentences = <T>(file: DatabaseFile, work: () => T): T => {
      try {
        return work();
      } catch (error) {
        throw asDatabaseError(error, { file, path: join(place.folder, file) });
      }
    };
    const ledger = inSentences('ledger.db', () => open('ledger.db', l));
    let vault: OpenFile | undefined;
    try {
      if (v.length > 0) vault = inSentences('vault.db', () => open('vault.db', v));
      for (const { file, database } of vault === undefined ? [ledger] : [ledger, vault]) {
        inSentences(file, () => migrate(database, join(place.folder, file), MIGRATIONS[file]));
      }
      return new SqlVaultDatabases(place, ledger, vault, this.#clock);
    } catch (error) {
      vault?.database.close();
      ledger.database.close();
      throw error;
    }
  }
}

class SqlVaultDatabases implements VaultDatabases {
  readonly records: SqlRecords | NoRecords;
  readonly scratch: SqlScratch | ForgetfulScratch;
  readonly journal: Journal;
  readonly #place: DatabasePlace;
  readonly #clock: Clock;
  readonly #earlier: EarlierLedgers;
  readonly #vault: OpenFile | undefined;
  #ledger: OpenFile;
  #store: SqlLedgerStore;
  #journal: SqlJournal;
  #isOpen = true;

  constructor(place: DatabasePlace, ledger: OpenFile, vault: OpenFile | undefined, clock: Clock) {
    this.#place = place;
    this.#clock = clock;
    this.#earlier = new EarlierLedgers(place.folder, place.vaultId);
    this.#vault = vault;
    this.#ledger = ledger;
    this.#store = new SqlLedgerStore(ledger.database);
    this.#journal = this.#journalOver(ledger);
    this.records = vault === undefined ? new NoRecords() : new SqlRecords(vault.database);
    this.scratch = vault === undefined ? new ForgetfulScratch() : new SqlScratch(vault.database);
    this.journal = {
      commit: async (commit) => {
        await this.#journal.become(this.#place.signer());
        return this.#journal.commit(commit);
      },
      note: (effects) => this.#journal.note(effects),
      checkpoint: (options) => this.#journal.checkpoint(options),
    };
  }

  get ledger(): SqlLedgerStore {
    return this.#store;
  }

  async recover(): Promise<void> {
    await this.#journal.recover();
  }

  applied(): Applied | undefined {
    return this.#vault === undefined ? undefined : readApplied(this.#vault.database);
  }

  async restart(commit: Commit, keys: DatabaseKeys): Promise<void> {
    const vault = this.#vault?.database;
    const genesis = this.#store.entry(0);
    if (vault === undefined || genesis === undefined) throw new TypeError('nothing to restart');
    const { vaultId, signer } = this.#place;
    const origin = originOf(genesis.bytes);
    const path = await this.#earlier.next(origin);
    const key = keyOf(keys, 'ledger.db');
    const made = { path, vaultId, key, commit, signer: signer(), clock: this.#clock };
    const entries = await makeLedger(made);
    const { effects = [] } = commit;
    writeIntent(vault, { first: 0, entries, effects, renames: [], removals: [] });
    let failure: unknown;
    try {
      this.#ledger.database.pragma('wal_checkpoint(TRUNCATE)');
      this.#ledger.database.close();
      await this.#earlier.keep(origin);
    } catch (error) {
      failure = error;
    }
    // Whatever happened, one of the two stands now: it is opened, and the intent done or dropped.
    await this.#earlier.settle();
    this.#reopen(keys);
    await this.#journal.recover();
    const present = this.#store.entry(0);
    if (present === undefined || originOf(present.bytes) === origin) throw failure;
  }

  earlier(): string[] {
    return this.#earlier.origins();
  }

  openEarlier(origin: string, keys: DatabaseKeys): ReadLedger {
    return this.#earlier.open(origin, keys);
  }

  isUnder(keys: DatabaseKeys): boolean {
    const areUnder = this.#files.every(({ file, key }) => sha256Hex(keyOf(keys, file)) === key);
    return areUnder && this.#earlier.areUnder(keys);
  }

  rekey(keys: DatabaseKeys): void {
    for (const open of this.#files) {
      const key = keyOf(keys, open.file);
      const id = sha256Hex(key);
      if (open.key === id) continue;
      // A copy from before a migration is under the key that is to open nothing any more.
      removeBackups(join(this.#place.folder, open.file));
      rekeyDatabase(open.database, key);
      open.key = id;
    }
    this.#earlier.rekey(keys);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const { database } of this.#files) database.close();
  }

  get #files(): readonly OpenFile[] {
    return this.#vault === undefined ? [this.#ledger] : [this.#ledger, this.#vault];
  }

  #reopen(keys: DatabaseKeys): void {
    const { database, key } = openChecked(sourceOf(this.#place, 'ledger.db', keys.l));
    this.#ledger = { file: 'ledger.db', database, key: sha256Hex(key) };
    this.#store = new SqlLedgerStore(database);
    this.#journal = this.#journalOver(this.#ledger);
  }

  #journalOver({ database: ledger }: OpenFile): SqlJournal {
    const vault = this.#vault?.database;
    return new SqlJournal({ ledger, vault, clock: this.#clock, ...this.#place.signer() });
  }
}

function sourceOf(
  { folder, vaultId }: DatabasePlace,
  file: DatabaseFile,
  keys: readonly Uint8Array[],
): DatabaseSource {
  return { path: join(folder, file), file, vaultId, keys, newest: newest(MIGRATIONS[file]) };
}

function keyOf(keys: DatabaseKeys, file: DatabaseFile): Uint8Array {
  const [key] = file === 'ledger.db' ? keys.l : keys.v;
  if (key === undefined) throw new TypeError(`${file} has no key`);
  return key;
}
