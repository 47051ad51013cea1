import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../main/adapters/sqlcipher/database.ts';
import { Bench, OTHER_PASSPHRASE, PASSPHRASE, refused } from '../support/vault-bench.ts';

/**
 * One good vault, copied for every damage. Each damage has its own sentence, none is called a wrong
 * passphrase (nor the other way round), and nothing of the folder is changed by looking at it.
 */
const bench = new Bench();
let count = 0;
let keys: { v: Buffer; l: Buffer };

beforeAll(async () => {
  const { session } = await bench.create();
  keys = { v: copyOf(session.keyring.keys.v), l: copyOf(session.keyring.keys.l) };
  await session.journal.commit({
    acts: [{ type: 'policy-changed', detail: { policy: 'a'.repeat(64) } }],
    effects: [{ put: 'settings', id: 'policy', doc: { value: 'x'.repeat(50_000) } }],
  });
  await bench.service.lock(session, 'quit');
  const other = await bench.create({ folder: join(bench.root, 'other') });
  await bench.service.lock(other.session, 'quit');
});
afterAll(() => bench.end());

const copyOf = (list: readonly Uint8Array[]) => Buffer.from(list[0] ?? []);
const damaged = (change: (folder: string) => void) => {
  count += 1;
  const folder = bench.copy(bench.folder, `damaged-${count}`);
  change(folder);
  return folder;
};
const state = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name !== 'attempts.json')
    .map((name) => {
      const path = join(folder, name);
      const bytes = statSync(path).isFile() ? readFileSync(path) : '';
      return `${name} ${createHash('sha256').update(bytes).digest('hex')}`;
    });
const edit = (folder: string, change: (text: string) => string) => {
  const path = join(folder, 'vault.json');
  writeFileSync(path, change(readFileSync(path, 'utf8')));
};
const flip = (path: string, at: number) => {
  const bytes = readFileSync(path);
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(path, bytes);
};
/** Changes one character of a base64 or hex member of vault.json, the `nth` of that name. */
const flipMember = (folder: string, name: string, nth = 0) =>
  edit(folder, (text) => {
    const places = [...text.matchAll(new RegExp(`"${name}":"`, 'g'))];
    const at = places[nth]!.index + places[nth]![0].length + 20;
    return text.slice(0, at) + (text[at] === '4' ? '5' : '4') + text.slice(at + 1);
  });
/** Where the passphrase's slot stands among the two. */
const passphraseSlot = (folder: string) => {
  const { slots } = JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8')) as {
    slots: { kind: string }[];
  };
  return slots.findIndex(({ kind }) => kind === 'passphrase');
};

async function expectRefusal(folder: string, code: string, text = '') {
  const before = state(folder);
  await expect(bench.unlock(PASSPHRASE, folder)).rejects.toEqual(refused(code, text));
  expect(state(folder)).toEqual(before);
}

describe('a damaged vault.json', () => {
  it.each<[string, string, string, (folder: string) => void]>([
    ['is empty', 'header-damaged', 'empty', (f) => edit(f, () => '')],
    ['is cut off', 'header-damaged', 'JSON', (f) => edit(f, (text) => text.slice(0, -100))],
    ['is random', 'header-damaged', 'UTF-8', (f) => edit(f, () => '\u0000')],
    ['was formatted', 'header-damaged', 'at', (f) => edit(f, (text) => `${text}\n`)],
    ['is of a later version', 'vault-newer', 'vault.json', (f) => edit(f, newer)],
    ['has a weak cost', 'header-weak-kdf', 'm is 1024', (f) => edit(f, cost(1024))],
    ['wants a terabyte', 'header-excessive-kdf', 'm is 1073741824', (f) => edit(f, cost(2 ** 30))],
    ['has another role', 'header-altered', 'role', (f) => edit(f, role)],
    ['has another mac', 'header-altered', 'slots', (f) => flipMember(f, 'l')],
    ['has other database keys', 'slot-damaged', 'dek', (f) => flipOwn(f, 'dek')],
    ['has other own keys', 'slot-damaged', 'own', (f) => flipOwn(f, 'own')],
    ['has a damaged slot of another', 'header-altered', 'slots', (f) => flipOther(f, 'wrapped')],
    ['has a damaged slot', 'slot-changed', 'last saw it', (f) => flipOwn(f, 'wrapped')],
    ['has another salt', 'slot-changed', 'last saw it', (f) => flipOwn(f, 'salt')],
  ])('that %s: %s', async (_, code, text, change) => {
    const folder = damaged(change);
    if (text === 'UTF-8') writeFileSync(join(folder, 'vault.json'), randomBytes(3000));
    await expectRefusal(folder, code, text);
  });

  it('is told from a wrong passphrase, which leaves it undamaged', async () => {
    const folder = damaged(() => undefined);
    await expect(bench.unlock(OTHER_PASSPHRASE, folder)).rejects.toEqual(
      refused('wrong-passphrase'),
    );
    await (await bench.unlock(PASSPHRASE, folder)).close();
  });

  it('is a wrong passphrase where nobody remembers the vault', async () => {
    const folder = damaged((f) => flipOwn(f, 'wrapped'));
    const stranger = bench.makeService(join(bench.root, 'elsewhere'));
    await expect(stranger.unlock({ folder, passphrase: PASSPHRASE })).rejects.toEqual(
      refused('wrong-passphrase'),
    );
  });

  it('of another vault with the same passphrase does not open these databases', async () => {
    const folder = damaged((f) =>
      cpSync(join(bench.root, 'other', 'vault.json'), join(f, 'vault.json')),
    );
    await expectRefusal(folder, 'database-foreign', 'ledger.db');
  });
});

describe.each(['vault.db', 'ledger.db'] as const)('a damaged %s', (file) => {
  const other = () => join(bench.root, 'other', file);
  const key = () => (file === 'vault.db' ? keys.v : keys.l);

  it.each<[string, string, (path: string) => void]>([
    ['is missing', 'database-missing', (path) => rmSync(path)],
    ['is empty', 'database-empty', (path) => truncateSync(path, 0)],
    ['is cut off', 'database-truncated', (path) => truncateSync(path, statSync(path).size - 100)],
    ['is a stub', 'database-truncated', (path) => truncateSync(path, 10)],
    ['lacks its last pages', 'database-damaged', (path) => truncateSync(path, 4096 * 3)],
    ['is random', 'database-foreign', (path) => writeFileSync(path, randomBytes(65_536))],
    ['is of another vault', 'database-foreign', (path) => cpSync(other(), path)],
    ['has a flipped bit in page 1', 'database-damaged', (path) => flip(path, 2000)],
    ['has a flipped bit in page 5', 'database-damaged', (path) => flip(path, 4096 * 4 + 100)],
    ['has another start', 'database-foreign', (path) => flip(path, 3)],
    ['is not encrypted', 'database-plain', (path) => writeFileSync(path, plain())],
    ['is of a later version', 'vault-newer', (path) => setVersion(path, key())],
  ])('that %s: %s', async (_, code, change) => {
    const folder = damaged((f) => change(join(f, file)));
    await expectRefusal(folder, code, code === 'vault-busy' ? '' : file);
    expect(readdirSync(folder)).not.toContain('lock');
  });

  it('says nothing of itself to who does not know the passphrase', async () => {
    const folder = damaged((f) => truncateSync(join(f, file), 0));
    await expect(bench.unlock(OTHER_PASSPHRASE, folder)).rejects.toEqual(
      refused('wrong-passphrase'),
    );
  });
});

describe('a folder', () => {
  it('that may not be written to is refused as such', async () => {
    const folder = damaged(() => undefined);
    await asOrdinaryUser(folder, async () => {
      await expect(bench.unlock(PASSPHRASE, folder)).rejects.toEqual(
        refused('not-writable', folder),
      );
      await expect(bench.create({ folder: join(folder, 'new') })).rejects.toEqual(
        refused('not-writable'),
      );
    });
    await (await bench.unlock(PASSPHRASE, folder)).close();
  });
});

const newer = (text: string) => text.replace('valise.vault/1', 'valise.vault/2');
const cost = (m: number) => (text: string) => text.replace('"m":65536', `"m":${m}`);
const role = (text: string) => text.replaceAll('"role":"officer"', '"role":"auditor"');
const flipOwn = (folder: string, name: string) => flipMember(folder, name, passphraseSlot(folder));
const flipOther = (folder: string, name: string) =>
  flipMember(folder, name, 1 - passphraseSlot(folder));

function plain(): Buffer {
  return Buffer.concat([Buffer.from('SQLite format 3\0'), randomBytes(4080)]);
}

function setVersion(path: string, key: Uint8Array): void {
  const database = openDatabase(path, key);
  database.pragma('user_version = 99');
  database.close();
}

/** The tests may run as root, whom no permission stops. */
async function asOrdinaryUser(folder: string, work: () => Promise<void>): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    chownSync(bench.root, 65534, 65534);
    for (const name of ['', ...readdirSync(folder)]) chownSync(join(folder, name), 65534, 65534);
  }
  chmodSync(folder, 0o500);
  if (isRoot) process.seteuid?.(65534);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o700);
  }
}
