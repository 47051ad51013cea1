import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import type { Uuid } from '../../domain/identifiers.ts';
import { EMPTY_TAIL, planAppend } from '../../domain/ledger/append.ts';
import type { Clock } from '../../domain/ports.ts';
import type { Signer } from '../../domain/vault/databases-port.ts';
import type { Commit } from '../../domain/vault/journal.ts';
import { renameDurable } from '../files/durable.ts';
import { openDatabase } from '../sqlcipher/database.ts';
import { assertWhole } from '../sqlcipher/journal.ts';
import { appendToLedger } from '../sqlcipher/ledger-append.ts';
import { SqlLedgerStore } from '../sqlcipher/ledger-store.ts';
import { migrate } from '../sqlcipher/migrate.ts';
import { LEDGER_MIGRATIONS } from '../sqlcipher/migrations/ledger.ts';
import { asDatabaseError, databaseSalt } from './database-file.ts';

export interface NewLedger {
  /** Where it will stand; it is written beside that and renamed when it is whole. */
  readonly path: string;
  readonly vaultId: Uuid;
  readonly key: Uint8Array;
  readonly commit: Commit;
  readonly signer: Signer;
  readonly clock: Clock;
}

/**
 * Makes a ledger that begins with the acts of `commit`, signed, in a file that nobody has open.
 * Answers its entries as texts.
 * @throws DomainError `disk-full`, `not-writable`, `ledger-not-authorised`, `entry-too-large`
 */
export async function makeLedger(made: NewLedger): Promise<string[]> {
  const { path, vaultId, key, commit, signer, clock } = made;
  assertWhole(commit);
  const partial = `${path}.partial`;
  try {
    rmSync(partial, { force: true });
    closeSync(openSync(partial, 'wx', 0o600));
    const database = openDatabase(partial, key, { salt: databaseSalt(vaultId, 'ledger.db') });
    let texts: string[];
    try {
      migrate(database, partial, LEDGER_MIGRATIONS);
      const store = new SqlLedgerStore(database);
      const { acts } = commit;
      const appended = planAppend(store, EMPTY_TAIL, acts, signer.actor, clock.now());
      const signature = await signer.sign(appended.checkpoint);
      appendToLedger(database, EMPTY_TAIL, appended, signature, commit);
      texts = appended.entries.map(({ bytes }) => Buffer.from(bytes).toString('utf8'));
      database.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      database.close();
    }
    sync(partial);
    await renameDurable(partial, path);
    return texts;
  } catch (error) {
    for (const suffix of ['', '-wal', '-journal']) rmSync(`${partial}${suffix}`, { force: true });
    throw asDatabaseError(error, { file: 'ledger.db', path });
  }
}

function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
