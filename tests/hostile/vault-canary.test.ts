import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bench, OFFICER, OTHER_PASSPHRASE, PASSPHRASE } from '../support/vault-bench.ts';

/** What may stand nowhere in the files of a vault, whatever was done with it. */
const CANARIES = [OFFICER.name, OFFICER.email, OFFICER.organisation, PASSPHRASE, OTHER_PASSPHRASE];

const bench = new Bench();
const secrets: string[] = [...CANARIES];
const open = new Map<string, Buffer>();

beforeAll(async () => {
  const made = await bench.create();
  secrets.push(made.recoveryCode, made.recoveryCode.replaceAll('-', ''));
  await bench.service.changePassphrase(made.session, OTHER_PASSPHRASE);
  await bench.keys(made.session).rotate();
  remember(made.session.keyring.keys.v[0]!, made.session.keyring.keys.l[0]!);
  for (const key of made.session.keys) remember(key.bytes.subarray(0, 64));
  for (const [name, bytes] of files()) open.set(name, bytes);
  await bench.service.lock(made.session, 'quit');
  await bench.service.lock(await bench.unlock(OTHER_PASSPHRASE), 'quit');
});
afterAll(() => bench.end());

const keyBytes: Buffer[] = [];
const remember = (...keys: Uint8Array[]) => {
  for (const key of keys) keyBytes.push(Buffer.from(key));
};

/** Every file below the vault and the state folder. */
function files(): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const item of readdirSync(bench.root, { recursive: true, withFileTypes: true })) {
    const path = join(item.parentPath, item.name);
    if (item.isFile()) found.set(path.slice(bench.root.length), readFileSync(path));
  }
  return found;
}

/** The ways in which a text can stand in a file: UTF-8, UTF-16, hex, base64 at any offset. */
function forms(bytes: Buffer): Buffer[] {
  const inBase64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // The first and the last characters depend on the neighbours.
    return Buffer.from(text.slice(offset === 0 ? 0 : 4, -4));
  });
  const hex = bytes.toString('hex');
  return [bytes, Buffer.from(hex), Buffer.from(hex.toUpperCase()), ...inBase64];
}

function hits(found: Map<string, Buffer>, needles: readonly Buffer[]): string[] {
  return [...found].flatMap(([name, bytes]) =>
    needles.some((needle) => bytes.includes(needle)) ? [name] : [],
  );
}

const inText = (text: string) => [
  ...forms(Buffer.from(text, 'utf8')),
  ...forms(Buffer.from(text, 'utf16le')),
];

describe('the files of a vault', () => {
  it('are all looked at, and the search finds what stands there', () => {
    expect([...files().keys()].filter((name) => name.startsWith('/vault/')).sort()).toEqual([
      '/vault/ledger.db',
      '/vault/vault.db',
      '/vault/vault.json',
    ]);
    expect([...open.keys()]).toContain('/vault/ledger.db-wal');
    expect(hits(files(), inText('officer'))).toEqual(['/vault/vault.json']);
    const hidden = new Map([
      ['x', Buffer.from(`ab${Buffer.from('xyAmina Diallo').toString('base64')}`)],
    ]);
    expect(hits(hidden, inText('Amina Diallo'))).toEqual(['x']);
  });

  it('name nobody and hold no passphrase, no code and no key in clear, open or locked', () => {
    for (const text of secrets) {
      expect(hits(files(), inText(text)), text).toEqual([]);
      expect(hits(open, inText(text)), `${text}, while open`).toEqual([]);
    }
    expect(keyBytes.length).toBeGreaterThanOrEqual(4);
    for (const key of keyBytes) {
      expect(hits(files(), forms(key))).toEqual([]);
      expect(hits(open, forms(key))).toEqual([]);
    }
  });
});
