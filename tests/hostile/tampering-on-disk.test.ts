import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Argon2idKdf } from '../../main/adapters/keys/argon2id.ts';
import { HpkeBox } from '../../main/adapters/keys/hpke.ts';
import { openDatabase, type Database } from '../../main/adapters/sqlcipher/database.ts';
import { SqlLedgerStore } from '../../main/adapters/sqlcipher/ledger-store.ts';
import { composeOffice } from '../../main/compose.ts';
import { isDomainError } from '../../main/domain/errors/index.ts';
import { compareAnchor } from '../../main/domain/ledger/anchor.ts';
import { checkpointAt, encodeCheckpoint, originOf } from '../../main/domain/ledger/checkpoint.ts';
import type { Entry } from '../../main/domain/ledger/entry.ts';
import { witnessesIn } from '../../main/domain/ledger/witnesses.ts';
import { parseHeader } from '../../main/domain/vault/header.ts';
import { passphraseBytes } from '../../main/domain/vault/passphrase.ts';
import { readSlot, unwrapSlot } from '../../main/domain/vault/slots.ts';
import {
  runSampleExchange,
  type SampleResult,
} from '../../main/services/samples/sample-exchange.ts';
import { chained, replaceAll } from '../fixtures/ledger/rewrite.ts';

/**
 * Two real offices exchanged a package. Then somebody who holds every key of the sender's vault
 * changes its files, with SQL and byte by byte. What the next opening, the verification and the
 * other office say of it is the table of docs/threat-model.md.
 */
const PAGE_BYTES = 4096;

let root = '';
let result: SampleResult;
let vault: Place;
/** The sender's vault as it was before its last visit. */
let yesterday = '';

class Place {
  readonly folder: string;
  /** Where this computer remembers the vault. */
  readonly state: string;
  readonly file = (name: string) => join(this.folder, name);

  constructor(folder: string, state: string) {
    this.folder = folder;
    this.state = state;
  }

  office() {
    return composeOffice({ stateFolder: this.state, program: 'test' });
  }

  async visit<T>(work: (open: Awaited<ReturnType<typeof this.unlock>>) => Promise<T>): Promise<T> {
    const office = this.office();
    const open = await office.unlock({ folder: this.folder, passphrase: result.passphrase });
    try {
      return await work(open);
    } finally {
      await office.lock('quit');
    }
  }

  unlock() {
    return this.office().unlock({ folder: this.folder, passphrase: result.passphrase });
  }

  /** Everything that the passphrase opens. */
  async keys() {
    const { vaultId, slots } = parseHeader(readFileSync(this.file('vault.json')));
    for (const slot of slots) {
      const secret = passphraseBytes(result.passphrase);
      const x25519 = await unwrapSlot(slot, vaultId, secret, new Argon2idKdf());
      if (x25519 !== undefined) return readSlot(slot, vaultId, x25519, new HpkeBox());
    }
    throw new Error('the passphrase opens no slot');
  }

  /** Works on ledger.db as its key allows, without asking Valise. */
  async sql(work: (ledger: Database, store: SqlLedgerStore) => void | Promise<void>) {
    const [key] = (await this.keys()).keys.l;
    if (key === undefined) throw new Error('no key of ledger.db');
    const ledger = openDatabase(this.file('ledger.db'), key);
    try {
      await work(ledger, new SqlLedgerStore(ledger));
      ledger.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      ledger.close();
    }
  }

  /** Writes all entries anew, chained, in a tree of their own, signed with the officer's own key. */
  async rewrite(change: (entries: Entry[]) => Entry[]): Promise<void> {
    const { own } = await this.keys();
    const { engine } = composeOffice().tools;
    const [key] = own;
    if (key === undefined) throw new Error('no key of the officer');
    const { secret } = await engine.importKey(key.bytes, undefined, new Date());
    await this.sql(async (ledger, store) => {
      const all = store
        .entries(0, store.size())
        .map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()) as Entry);
      const entries = change(all);
      replaceAll({ ledger, store }, chained(entries));
      ledger.exec('DELETE FROM checkpoints');
      const body = encodeCheckpoint(checkpointAt(store, entries.length, 0));
      const signature = await engine.sign(new TextEncoder().encode(body), secret, new Date());
      ledger
        .prepare(`INSERT INTO checkpoints VALUES (?, ?, ?, 'last')`)
        .run([entries.length, body, signature]);
    });
  }

  /** Everything that this computer remembers is gone, as on a new computer. */
  forget(): void {
    rmSync(this.state, { recursive: true, force: true });
  }

  /** Puts files back as they were before the last visit; all of them when none is named. */
  putBack(...names: string[]): void {
    for (const name of names.length === 0 ? ['vault.json', 'vault.db', 'ledger.db'] : names) {
      for (const suffix of ['', '-wal']) rmSync(this.file(name + suffix), { force: true });
      cpSync(join(yesterday, name), this.file(name));
    }
  }
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'valise-tamper-'));
  const place = join(root, 'offices');
  mkdirSync(place);
  const makeOffice = () => composeOffice({ stateFolder: join(root, 'state'), program: 'test' });
  const { files, clock, random } = makeOffice().tools;
  const step = () => undefined;
  result = await runSampleExchange({ folder: place, makeOffice, files, clock, random, step });
  const sender = new Place(result.vaults.sender, join(root, 'state'));
  yesterday = join(root, 'yesterday');
  cpSync(sender.folder, yesterday, { recursive: true });
  await sender.visit((open) => open.ledger.verify());
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});
beforeEach(() => {
  const work = mkdtempSync(join(root, 'case-'));
  cpSync(result.vaults.sender, join(work, 'vault'), { recursive: true });
  cpSync(join(root, 'state'), join(work, 'state'), { recursive: true });
  vault = new Place(join(work, 'vault'), join(work, 'state'));
});

/** What the next opening says, and then the verification. */
async function said(): Promise<{ refused?: string; readOnly?: string; problems?: string[] }> {
  try {
    return await vault.visit(async (open) => {
      const readOnly = open.session.readOnly?.code;
      const { problems } = await open.ledger.verify();
      return {
        ...(readOnly === undefined ? {} : { readOnly }),
        problems: problems.map(({ seq, code }) => `${String(seq)} ${code}`),
      };
    });
  } catch (error) {
    if (isDomainError(error)) return { refused: error.code };
    throw error;
  }
}

const edited = (entries: Entry[]): Entry[] =>
  entries.map((entry) =>
    entry.type === 'assessed' ? { ...entry, detail: { ...entry.detail, risk: 'high' } } : entry,
  );
const withoutReceipts = (entries: Entry[]): Entry[] =>
  edited(entries).filter(({ type }) => type !== 'receipt-in');

it('nobody touched it: it opens, and verifies', async () => {
  expect(await said()).toEqual({ problems: [] });
});

describe('with SQL, by who holds the key of ledger.db', () => {
  it.each([
    [
      'an entry is edited',
      `UPDATE entries SET bytes =
         CAST(replace(CAST(bytes AS TEXT), '"risk":"low"', '"risk":"high"') AS BLOB)`,
      ['6 node-mismatch', '7 prev-mismatch', '6 checkpoint-root'],
    ],
    [
      'an entry is deleted in the middle',
      'DELETE FROM entries WHERE seq = 4',
      ['4 entry-missing', '4 node-mismatch', '18 rollback'],
    ],
    [
      'an entry is inserted',
      `UPDATE entries SET seq = -seq WHERE seq >= 4; UPDATE entries SET seq = 1 - seq WHERE seq < 0;
       INSERT INTO entries SELECT 4, bytes FROM entries WHERE seq = 3`,
      ['4 seq-wrong', '4 prev-mismatch', '4 node-mismatch'],
    ],
    [
      'two entries are exchanged',
      `UPDATE entries SET seq = -1 WHERE seq = 4; UPDATE entries SET seq = 4 WHERE seq = 5;
       UPDATE entries SET seq = 5 WHERE seq = -1`,
      ['4 seq-wrong', '4 prev-mismatch', '6 prev-mismatch'],
    ],
    [
      'the receipts, which witness the ledger, are removed',
      `DELETE FROM evidence WHERE kind = 'receipt'`,
      ['10 evidence-missing', '11 evidence-missing', '12 evidence-missing'],
    ],
    [
      'a text behind a commitment is edited',
      `UPDATE openings SET value = 'x' || value WHERE row = 2`,
      ['1 opening-mismatch'],
    ],
    [
      'a row of the full text is edited, over a good chain',
      `INSERT INTO words (rowid, text) VALUES (5, 'baobab')`,
      ['5 index-mismatch'],
    ],
    [
      'a node of the tree is edited',
      'UPDATE nodes SET hash = zeroblob(32) WHERE level = 0 AND idx = 5',
      ['5 node-mismatch'],
    ],
  ])('%s', async (_, change, problems) => {
    await vault.sql((ledger) => {
      ledger.exec(change);
    });
    expect((await said()).problems).toEqual(expect.arrayContaining(problems));
  });

  it('a checkpoint is exchanged', async () => {
    await vault.sql((ledger) => {
      ledger.exec(`UPDATE checkpoints SET body = (SELECT body FROM checkpoints ORDER BY size LIMIT 1)
        WHERE size = (SELECT max(size) FROM checkpoints)`);
    });
    expect(await said()).toEqual({ refused: 'ledger-damaged' });
  });

  it('the tail is cut off', async () => {
    await vault.sql((ledger, store) => {
      const size = String(store.size() - 2);
      ledger.exec(`DELETE FROM entries WHERE seq >= ${size};
        DELETE FROM checkpoints WHERE size > ${size}`);
    });
    expect(await said()).toMatchObject({ readOnly: 'rollback' });
  });
});

describe('with the officer’s own key, everything chained and signed anew', () => {
  it('is a fork, on the computer that remembers it', async () => {
    await vault.rewrite(edited);
    expect(await said()).toMatchObject({ readOnly: 'fork' });
  });

  it('is a fork elsewhere too: the receipts in it say what others saw', async () => {
    await vault.rewrite(edited);
    vault.forget();
    expect(await said()).toEqual({ problems: ['6 fork'] });
  });

  it('without the receipts it agrees with itself, and the other office says otherwise', async () => {
    const { evidence } = vault.office();
    const before = await exported(vault, 'before');
    await vault.rewrite(withoutReceipts);
    await vault.sql((ledger) => {
      ledger.exec(`DELETE FROM evidence WHERE kind = 'receipt'`);
    });
    vault.forget();
    expect(await said()).toEqual({ problems: [] });

    const after = await exported(vault, 'after');
    expect(await evidence.verify(after, { trust: [], previous: before })).toMatchObject({
      exit: 4,
    });
    // What the other office said in its receipts of the sender's ledger, it still knows.
    const other = new Place(result.vaults.receiver, join(root, 'state'));
    const compared = await vault.visit(async ({ session: { ledger } }) => {
      const origin = originOf(ledger.entry(0)?.bytes ?? new Uint8Array());
      const seen = await other.visit((open) =>
        Promise.resolve(witnessesIn(open.session.ledger, origin)),
      );
      return seen.map((position) => compareAnchor(ledger, position));
    });
    expect(compared.length).toBeGreaterThan(0);
    expect(new Set(compared)).toEqual(new Set(['fork']));
  });
});

describe('with copies from yesterday', () => {
  it.each([
    ['ledger.db alone', ['ledger.db']],
    ['the whole vault', []],
  ])('%s: what is remembered here is newer', async (_, names) => {
    vault.putBack(...names);
    expect(await said()).toMatchObject({ readOnly: 'rollback' });
  });

  it('of the whole vault, where nobody remembers it: not to be noticed there', async () => {
    vault.putBack();
    vault.forget();
    expect(await said()).toEqual({ problems: [] });
  });
});

describe('with a hex editor', () => {
  it.each([
    ['ledger.db', 30, /^database-damaged$/],
    ['ledger.db', 5000, /^database-damaged$/],
    ['vault.db', 9000, /^database-damaged$/],
    // What stands there is different in every vault: a number, a salt, a key.
    ['vault.json', 300, /^(header|slot|wrong)-/],
  ])('a bit of %s at %i is seen, and the good file opens again', async (name, at, refused) => {
    const good = readFileSync(vault.file(name));
    const bad = Buffer.from(good);
    bad[at] = (bad[at] ?? 0) ^ 1;
    writeFileSync(vault.file(name), bad);
    expect((await said()).refused).toMatch(refused);
    writeFileSync(vault.file(name), good);
    expect(await said()).toEqual({ problems: [] });
  });

  it('an old page of ledger.db, which SQLCipher takes for good, is found', async () => {
    const old = readFileSync(join(yesterday, 'ledger.db'));
    const now = readFileSync(vault.file('ledger.db'));
    const pages = Math.min(old.length, now.length) / PAGE_BYTES;
    let put = 0;
    for (let page = 1; page < pages; page += 1) {
      const range = [page * PAGE_BYTES, (page + 1) * PAGE_BYTES] as const;
      if (old.subarray(...range).equals(now.subarray(...range))) continue;
      const mixed = Buffer.from(now);
      old.copy(mixed, range[0], ...range);
      writeFileSync(vault.file('ledger.db'), mixed);
      expect(await said(), `page ${String(page)}`).not.toEqual({ problems: [] });
      writeFileSync(vault.file('ledger.db'), now);
      put += 1;
    }
    expect(put).toBeGreaterThan(0);
  });
});

/** A bundle of a vault's ledger, made as an officer makes it. */
async function exported(place: Place, name: string): Promise<string> {
  const folder = join(vault.folder, '..', name);
  await place.visit((open) => open.evidence.export(folder, {}));
  return folder;
}
