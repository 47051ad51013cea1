import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnchorFiles } from '../../../../main/adapters/vault/anchor-files.ts';
import { NodeVaultFolders } from '../../../../main/adapters/vault/folder.ts';
import { stateFolder } from '../../../../main/adapters/vault/state-folder.ts';
import { oneMore, waitBefore } from '../../../../main/domain/vault/attempts.ts';

let root: string;
const at = (...names: string[]) => join(root, ...names);
const code = (name: string) => expect.objectContaining({ code: name }) as unknown;
const folders = new NodeVaultFolders('test');
const now = { seconds: 0 };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'valise-folder-'));
});
afterEach(() => rmSync(root, { recursive: true }));

async function makeVault(path: string) {
  const draft = await folders.start(path);
  const { from, to } = await draft.writePendingHeader(Buffer.from('one'));
  expect([from, to]).toEqual([`${to}.partial`, join(`${path}.partial`, 'vault.json')]);
  await draft.settlePendingHeader(true);
  return draft.publish();
}

describe('a new vault folder', () => {
  it('appears whole, held, for its owner only', async () => {
    const draft = await folders.start(at('new', 'vault'));
    expect(existsSync(at('new', 'vault'))).toBe(false);
    await draft.writePendingHeader(Buffer.from('header'));
    await draft.settlePendingHeader(true);
    const held = await draft.publish();
    expect(readdirSync(at('new'))).toEqual(['vault']);
    expect(readdirSync(at('new', 'vault')).sort()).toEqual(['lock', 'sealed', 'vault.json']);
    expect(statSync(at('new', 'vault')).mode & 0o777).toBe(0o700);
    await expect(folders.take(at('new', 'vault'), now)).rejects.toEqual(code('vault-busy'));
    await held.release();
    await (await folders.take(at('new', 'vault'), now)).release();
    expect(held.sealedFolder).toBe(at('new', 'vault', 'sealed'));
  });

  it('may be an empty folder that was picked, and nothing else', async () => {
    mkdirSync(at('empty'));
    await (await makeVault(at('empty'))).release();
    await expect(folders.start(at('empty'))).rejects.toEqual(code('vault-exists'));
    writeFileSync(at('file'), '');
    await expect(folders.start(at('file'))).rejects.toEqual(code('vault-exists'));
  });

  it('replaces what a crash left of an earlier start, but not one that is going on', async () => {
    const first = await folders.start(at('v'));
    await expect(folders.start(at('v'))).rejects.toEqual(code('vault-busy'));
    await first.release();
    writeFileSync(at('v.partial', 'vault.db'), 'half');
    await (await makeVault(at('v'))).release();
    expect(readdirSync(root)).toEqual(['v']);
    const third = await folders.start(at('w'));
    await third.discard();
    expect(readdirSync(root)).toEqual(['v']);
  });

  it('says when it may not write', async () => {
    writeFileSync(at('plain'), '');
    await expect(folders.start(at('plain', 'v'))).rejects.toEqual(code('file-missing'));
    await expect(folders.start('/sys/valise-none')).rejects.toEqual(code('not-writable'));
  });
});

describe('an existing vault folder', () => {
  it('is missing without vault.json', async () => {
    await expect(folders.take(at('none'), now)).rejects.toEqual(code('vault-missing'));
    await expect(folders.take(root, now)).rejects.toEqual(code('vault-missing'));
    await expect(folders.peek(root)).rejects.toEqual(code('vault-missing'));
    expect(await folders.isVault(root)).toBe(false);
  });

  it('keeps the present header until the next one is put in place', async () => {
    const vault = await makeVault(at('v'));
    expect(await vault.pendingHeader()).toBeUndefined();
    await vault.writePendingHeader(Buffer.from('two'));
    expect(Buffer.from(await vault.header()).toString()).toBe('one');
    expect(Buffer.from((await vault.pendingHeader())!).toString()).toBe('two');
    await vault.settlePendingHeader(false);
    expect(await vault.pendingHeader()).toBeUndefined();
    await vault.writePendingHeader(Buffer.from('three'));
    await vault.settlePendingHeader(true);
    await vault.settlePendingHeader(true);
    expect(Buffer.from(await folders.peek(at('v'))).toString()).toBe('three');
  });

  it('remembers failed tries, and forgets them', async () => {
    const vault = await makeVault(at('v'));
    expect(await vault.attempts()).toBeUndefined();
    const attempts = oneMore(undefined, new Date('2026-01-02T03:04:05.678Z'));
    await vault.setAttempts(attempts);
    expect(readFileSync(at('v', 'attempts.json'), 'utf8')).toBe(
      '{"count":1,"first":"2026-01-02T03:04:05Z","format":"valise.attempts/1","last":"2026-01-02T03:04:05Z"}',
    );
    expect(await vault.attempts()).toEqual(attempts);
    writeFileSync(at('v', 'attempts.json'), '{"count":1e9}');
    expect(await vault.attempts()).toBeUndefined();
    await vault.setAttempts(undefined);
    await vault.setAttempts(undefined);
    expect(existsSync(at('v', 'attempts.json'))).toBe(false);
  });
});

describe('the pause before a try', () => {
  it('doubles from one second to thirty, and never lasts longer', () => {
    const start = new Date('2026-01-02T03:04:05Z');
    const pauses: number[] = [];
    let attempts = oneMore(undefined, start);
    for (let count = 0; count < 8; count += 1) {
      pauses.push(waitBefore(attempts, start) / 1000);
      attempts = oneMore(attempts, start);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    expect(waitBefore(undefined, start)).toBe(0);
    const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
    expect(waitBefore(oneMore(undefined, start), later(0.4))).toBe(600);
    expect(waitBefore(attempts, later(60))).toBe(0);
    expect(waitBefore(attempts, later(-10_000))).toBe(30_000);
  });
});

describe('anchors', () => {
  const vaultId = '019a0000-0000-7000-8000-000000000001';
  const anchors = {
    format: 'valise.anchors/1' as const,
    vaultId,
    positions: [
      {
        by: 'self' as const,
        origin: `valise/${'a'.repeat(64)}`,
        size: 3,
        root: 'b'.repeat(64),
        head: 'c'.repeat(64),
        at: '2026-01-02T03:04:05Z',
      },
    ],
  };

  it('are kept in the state folder, and a damaged file counts as none', async () => {
    const store = new AnchorFiles(root);
    expect(await store.read(vaultId)).toBeUndefined();
    await store.write(anchors);
    expect(await store.read(vaultId)).toEqual(anchors);
    const file = at('valise', 'anchors', `${vaultId}.json`);
    writeFileSync(file, readFileSync(file, 'utf8').replace('"size":3', '"size":0'));
    expect(await store.read(vaultId)).toBeUndefined();
    await store.write({ ...anchors, vaultId: '019a0000-0000-7000-8000-000000000002' });
    expect(readdirSync(at('valise', 'anchors')).sort()).toHaveLength(2);
  });

  it('live where the system keeps state', () => {
    expect(stateFolder({ XDG_STATE_HOME: '/x' }, 'linux', '/h')).toBe('/x');
    expect(stateFolder({ XDG_STATE_HOME: '/x' }, 'win32', '/h')).toBe('/x');
    expect(stateFolder({ XDG_STATE_HOME: 'relative' }, 'linux', '/h')).toBe('/h/.local/state');
    expect(stateFolder({}, 'darwin', '/h')).toBe('/h/Library/Application Support');
    expect(stateFolder({ LOCALAPPDATA: 'C:\\L' }, 'win32', '/h')).toBe('C:\\L');
  });
});
