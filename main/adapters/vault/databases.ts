import { join } from 'node:path';
import type { Clock } from '../../domain/ports.ts';
import type {
  DatabasePlace,
  VaultDatabases,
  VaultStore,
} from '../../domain/vault/databases-port.ts';
import type { Journal } from '../../domain/vault/journal.ts';
import { ForgetfulScratch, NoRecords } from '../../domain/vault/without-vault-db.ts';
import { openDatabase, rekeyDatabase, type Database } from '../sqlcipher/database.ts';
import { appliedSeq } from '../sqlcipher/intents.ts';
import { SqlJournal } from '../sqlcipher/journal.ts';
import { SqlLedgerStore } from '../sqlcipher/ledger-store.ts';
import { migrate, newest, type Migration } from '../sqlcipher/migrate.ts';
import { LEDGER_MIGRATIONS } from '../sqlcipher/migrations/ledger.ts';
import { VAULT_MIGRATIONS } from '../sqlcipher/migrations/vault.ts';
import { SqlRecords } from '../sqlcipher/records.ts';
import { SqlScratch } from '../sqlcipher/scratch.ts';
import {
  databaseSalt,
  openChecked,
  type DatabaseFile,
  type DatabaseSource,
} from './database-file.ts';

const MIGRATIONS: Readonly<Record<DatabaseFile, readonly Migration[]>> = {
  'ledger.db': LEDGER_MIGRATIONS,
  'vault.db': VAULT_MIGRATIONS,
};

interface OpenFile {
  readonly database: Database;
  /** Which of the keys opened it. */
  readonly key: number;
}

/** The two SQLCipher databases of a vault folder, and the journal over them. */
export class SqlVaultStore implements VaultStore {
  readonly #clock: Clock;

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  async create(place: DatabasePlace): Promise<VaultDatabases> {
    return this.#assemble(place, (file, keys) => {
      const path = join(place.folder, file);
      const [key] = keys;
      if (key === undefined) throw new TypeError('a new database needs a key');
      const salt = databaseSalt(place.vaultId, file);
      return { database: openDatabase(path, key, { salt }), key: 0 };
    });
  }

  async open(place: DatabasePlace): Promise<VaultDatabases> {
    return this.#assemble(place, (file, keys) => openChecked(sourceOf(place, file, keys)));
  }

  /** Both are opened before either is migrated, so that a newer one leaves the other untouched. */
  #assemble(
    place: DatabasePlace,
    open: (file: DatabaseFile, keys: readonly Uint8Array[]) => OpenFile,
  ): VaultDatabases {
    const { v, l } = place.keys;
    const ledger = open('ledger.db', l);
    let vault: OpenFile | undefined;
    try {
      if (v.length > 0) vault = open('vault.db', v);
      prepare(ledger.database, place, 'ledger.db');
      if (vault !== undefined) prepare(vault.database, place, 'vault.db');
      return new SqlVaultDatabases(place, ledger, vault, this.#clock);
    } catch (error) {
      vault?.database.close();
      ledger.database.close();
      throw error;
    }
  }
}

class SqlVaultDatabases implements VaultDatabases {
  readonly ledger: SqlLedgerStore;
  readonly records: SqlRecords | NoRecords;
  readonly scratch: SqlScratch | ForgetfulScratch;
  readonly journal: Journal;
  readonly #journal: SqlJournal;
  readonly #place: DatabasePlace;
  readonly #files: readonly { readonly file: OpenFile; readonly keys: readonly Uint8Array[] }[];
  readonly #vault: Database | undefined;
  #isOpen = true;

  constructor(place: DatabasePlace, ledger: OpenFile, vault: OpenFile | undefined, clock: Clock) {
    const { database } = ledger;
    this.#place = place;
    this.#vault = vault?.database;
    this.#files = [
      { file: ledger, keys: place.keys.l },
      ...(vault === undefined ? [] : [{ file: vault, keys: place.keys.v }]),
    ];
    this.ledger = new SqlLedgerStore(database);
    this.records = this.#vault === undefined ? new NoRecords() : new SqlRecords(this.#vault);
    this.scratch = this.#vault === undefined ? new ForgetfulScratch() : new SqlScratch(this.#vault);
    const parts = { ledger: database, vault: this.#vault, clock, ...place.signer() };
    this.#journal = new SqlJournal(parts);
    this.journal = {
      commit: async (commit) => {
        await this.#journal.become(this.#place.signer());
        return this.#journal.commit(commit);
      },
      checkpoint: (options) => this.#journal.checkpoint(options),
    };
  }

  async recover(): Promise<void> {
    await this.#journal.recover();
  }

  applied(): number | undefined {
    return this.#vault === undefined ? undefined : appliedSeq(this.#vault);
  }

  get needsRekey(): boolean {
    return this.#files.some(({ file }) => file.key !== 0);
  }

  rekey(): void {
    for (const { file, keys } of this.#files) {
      const [key] = keys;
      if (file.key !== 0 && key !== undefined) rekeyDatabase(file.database, key);
    }
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    for (const { file } of this.#files) file.database.close();
  }
}

function sourceOf(
  { folder, vaultId }: DatabasePlace,
  file: DatabaseFile,
  keys: readonly Uint8Array[],
): DatabaseSource {
  return { path: join(folder, file), file, vaultId, keys, newest: newest(MIGRATIONS[file]) };
}

function prepare(database: Database, place: DatabasePlace, file: DatabaseFile): void {
  migrate(database, join(place.folder, file), MIGRATIONS[file]);
}
