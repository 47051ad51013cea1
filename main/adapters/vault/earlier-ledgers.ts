import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../../domain/digest.ts';
import { DomainError, isDomainError } from '../../domain/errors/index.ts';
import type { Uuid } from '../../domain/identifiers.ts';
import type { DatabaseKeys } from '../../domain/vault/slots.ts';
import type { ReadLedger } from '../../domain/vault/databases-port.ts';
import { exists, fsyncFolder, removeDurable, renameDurable } from '../files/durable.ts';
import { onDisk } from '../files/system-error.ts';
import { rekeyDatabase } from '../sqlcipher/database.ts';
import { SqlLedgerStore } from '../sqlcipher/ledger-store.ts';
import { migrate, newest } from '../sqlcipher/migrate.ts';
import { LEDGER_MIGRATIONS } from '../sqlcipher/migrations/ledger.ts';
import { openChecked, type DatabaseSource } from './database-file.ts';

/** A second ledger of one origin, which a copy that was put back can make, gets a number. */
const EARLIER = /^([0-9a-f]{64})(?:-([0-9]+))?\.db$/;
const NEXT = /^([0-9a-f]{64})\.next$/;

/**
 * `ledgers/`: the ledgers that the present one continues, each called by its origin, and beside
 * them, while a restart is under way, the one that comes next.
 *
 * A restart in three steps: the new ledger is written whole as `<origin of the old>.next`; the
 * old ledger.db is renamed to `<origin>.db`, and now it is decided; `.next` is renamed to
 * ledger.db. What a crash left is put right by `settle`.
 */
export class EarlierLedgers {
  readonly #vault: string;
  readonly #folder: string;
  readonly #vaultId: Uuid;

  /** `vault` is the vault's folder. */
  constructor(vault: string, vaultId: Uuid) {
    this.#vault = vault;
    this.#folder = join(vault, 'ledgers');
    this.#vaultId = vaultId;
  }

  origins(): string[] {
    const found = this.#names().flatMap((name) => EARLIER.exec(name)?.[1] ?? []);
    return [...new Set(found)].map((hex) => `valise/${hex}`);
  }

  /** Of several with one origin, the one that was kept last. @throws as `openEarlier` says */
  open(origin: string, keys: DatabaseKeys): ReadLedger {
    const name = this.#kept(hexOf(origin)).at(-1);
    if (name === undefined) throw new DomainError('ledger-unknown', { origin });
    const source = this.#source(name, keys);
    const { database } = openChecked(source);
    try {
      migrate(database, source.path, LEDGER_MIGRATIONS);
    } catch (error) {
      database.close();
      throw error;
    }
    return {
      ledger: new SqlLedgerStore(database),
      close: () => {
        database.close();
      },
    };
  }

  /** Whether the first of these keys opens all. */
  areUnder({ v, l }: DatabaseKeys): boolean {
    const names = this.#names().filter((name) => EARLIER.test(name));
    return names.every((name) => {
      const opened = this.#opened(name, { v, l: l.slice(0, 1) });
      opened?.database.close();
      return opened !== undefined;
    });
  }

  /** Encrypts those anew that are not under the first of these keys. */
  rekey(keys: DatabaseKeys): void {
    const [key] = keys.l;
    if (key === undefined) throw new TypeError('ledger.db has no key');
    for (const name of this.#names().filter((each) => EARLIER.test(each))) {
      const opened = this.#opened(name, keys);
      if (opened === undefined) continue;
      try {
        if (sha256Hex(opened.key) !== sha256Hex(key)) rekeyDatabase(opened.database, key);
      } finally {
        opened.database.close();
      }
    }
  }

  /** Where the ledger that continues `origin` is written, in the folder that is made for it. */
  async next(origin: string): Promise<string> {
    await onDisk(this.#folder, 'write', () =>
      mkdir(this.#folder, { recursive: true, mode: 0o700 }),
    );
    await fsyncFolder(this.#vault);
    return join(this.#folder, `${hexOf(origin)}.next`);
  }

  /** Keeps ledger.db, which nobody has open, as the ledger `origin`: now it is decided. */
  async keep(origin: string): Promise<void> {
    const present = join(this.#vault, 'ledger.db');
    if (await exists(`${present}-wal`)) throw new TypeError('ledger.db was not closed in order');
    const hex = hexOf(origin);
    const before = this.#kept(hex).length;
    const name = before === 0 ? `${hex}.db` : `${hex}-${String(before + 1)}.db`;
    await renameDurable(present, join(this.#folder, name));
  }

  /** Finishes a restart that was decided, and takes back one that was not. */
  async settle(): Promise<void> {
    const present = join(this.#vault, 'ledger.db');
    for (const name of this.#names()) {
      const hex = NEXT.exec(name)?.[1];
      if (hex === undefined || this.#kept(hex).length === 0 || (await exists(present))) continue;
      await renameDurable(join(this.#folder, name), present);
    }
    if (!(await exists(present))) return;
    for (const name of this.#names())
      if (name.includes('.next')) await removeDurable(join(this.#folder, name));
  }

  /** Names of the ledgers of one origin, the one that was kept last at the end. */
  #kept(hex: string): string[] {
    const numberOf = (name: string) => Number(EARLIER.exec(name)?.[2] ?? 1);
    return this.#names()
      .filter((name) => EARLIER.exec(name)?.[1] === hex)
      .sort((a, b) => numberOf(a) - numberOf(b));
  }

  #names(): string[] {
    return existsSync(this.#folder) ? readdirSync(this.#folder).sort() : [];
  }

  /** Undefined when no key opens it: a damaged earlier ledger is no reason to shut a good vault. */
  #opened(name: string, keys: DatabaseKeys): ReturnType<typeof openChecked> | undefined {
    try {
      return openChecked(this.#source(name, keys));
    } catch (error) {
      if (isDomainError(error)) return undefined;
      throw error;
    }
  }

  #source(name: string, { l }: DatabaseKeys): DatabaseSource {
    const path = join(this.#folder, name);
    const version = newest(LEDGER_MIGRATIONS);
    return { path, file: 'ledger.db', vaultId: this.#vaultId, keys: l, newest: version };
  }
}

function hexOf(origin: string): string {
  return origin.slice('valise/'.length);
}
