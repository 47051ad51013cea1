import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  atomicWrite,
  removeDurable,
  renameDurable,
  renameToNew,
} from '../../../../main/adapters/files/durable.ts';
import { ensureSpace, freeSpace, NodeFiles } from '../../../../main/adapters/files/node-files.ts';
import {
  continuePartial,
  openHashedPartial,
  openPartial,
} from '../../../../main/adapters/files/partial-file.ts';
import { CHUNK, hashFile, readChunks, readLimited } from '../../../../main/adapters/files/read.ts';
import { pathBelow } from '../../../../main/adapters/files/safe-path.ts';
import { asDomainError } from '../../../../main/adapters/files/system-error.ts';
import { hashHere } from '../../../../main/domain/pgp/hashing.ts';

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
const code = (name: string) => expect.objectContaining({ code: name }) as unknown;
const collect = async <T>(items: AsyncIterable<T>) => {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'valise-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('atomicWrite', () => {
  it('replaces whole files, for the owner only, over what a crash left', async () => {
    writeFileSync(at('a.partial'), 'half a file from before, longer than the new one');
    await atomicWrite(at('a'), Buffer.from('one'));
    await atomicWrite(at('a'), Buffer.from('two'));
    expect(readFileSync(at('a'), 'utf8')).toBe('two');
    expect(statSync(at('a')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('names what failed', async () => {
    await expect(atomicWrite(at('none', 'a'), Buffer.from('x'))).rejects.toEqual(
      code('file-missing'),
    );
    mkdirSync(at('taken'));
    await expect(atomicWrite(at('taken'), Buffer.from('x'))).rejects.toEqual(code('disk-failed'));
  });
});

describe('a partial file that goes on', () => {
  it('begins where it was kept, and is gone when it was discarded', async () => {
    const first = await continuePartial(at('a.partial'));
    expect(first.begun).toBe(0);
    await first.write(Buffer.from('one, '));
    await first.keep();
    const second = await continuePartial(at('a.partial'));
    expect(second.begun).toBe(5);
    await second.write(Buffer.from('two'));
    await second.finish();
    expect(readFileSync(at('a.partial'), 'utf8')).toBe('one, two');
    expect(statSync(at('a.partial')).mode & 0o777).toBe(0o600);
    await (await continuePartial(at('a.partial'))).discard();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('renames and removals', () => {
  it('renameDurable replaces, renameToNew does not', async () => {
    writeFileSync(at('a'), 'a');
    writeFileSync(at('b'), 'b');
    await expect(renameToNew(at('a'), at('b'))).rejects.toEqual(code('file-exists'));
    expect(readFileSync(at('b'), 'utf8')).toBe('b');
    await renameDurable(at('a'), at('b'));
    expect(readFileSync(at('b'), 'utf8')).toBe('a');
    await renameToNew(at('b'), at('c'));
    expect(readdirSync(folder)).toEqual(['c']);
  });

  it('renameToNew refuses a folder in the way, also an empty one', async () => {
    mkdirSync(at('from'));
    mkdirSync(at('to'));
    await expect(renameToNew(at('from'), at('to'))).rejects.toEqual(code('file-exists'));
    await renameToNew(at('from'), at('other'));
    expect(readdirSync(folder).sort()).toEqual(['other', 'to']);
  });

  it('removes folders with all they hold, and what is absent', async () => {
    mkdirSync(at('x', 'y'), { recursive: true });
    await removeDurable(at('x'));
    await removeDurable(at('x'));
    expect(existsSync(at('x'))).toBe(false);
  });
});

describe('reading', () => {
  it('refuses more than the limit', async () => {
    writeFileSync(at('f'), 'x'.repeat(100));
    expect((await readLimited(at('f'), 100)).length).toBe(100);
    await expect(readLimited(at('f'), 99)).rejects.toEqual(code('file-too-large'));
    await expect(readLimited(at('none'), 99)).rejects.toEqual(code('file-missing'));
    await expect(readLimited('/dev/zero', 99)).rejects.toEqual(code('file-too-large'));
  });

  it('streams in order, in buffers of their own, and stops when asked', async () => {
    const bytes = randomBytes(2 * CHUNK + 5);
    writeFileSync(at('f'), bytes);
    const chunks = await collect(readChunks(at('f')));
    expect(chunks.map((chunk) => chunk.length)).toEqual([CHUNK, CHUNK, 5]);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    for await (const chunk of readChunks(at('f'))) {
      expect(chunk.length).toBe(CHUNK);
      break;
    }
    const stop = new AbortController();
    stop.abort();
    await expect(collect(readChunks(at('f'), stop.signal))).rejects.toEqual(code('cancelled'));
    const digest = createHash('sha256').update(bytes).digest('hex');
    const done: number[] = [];
    const report = (progress: { done: number }) => done.push(progress.done);
    expect(await hashFile(at('f'), bytes.length, { report })).toEqual({
      bytes: bytes.length,
      digest,
    });
    expect(done).toEqual([CHUNK, 2 * CHUNK, 2 * CHUNK + 5]);
  });
});

describe('partial files', () => {
  it('writes chunks of any size in their order, and goes when discarded', async () => {
    const sizes = [0, 1, 70_000, ...Array.from({ length: 600 }, () => 3), 3 * CHUNK, 0, 5];
    const chunks = sizes.map((size) => randomBytes(size));
    const partial = await openPartial(at('f.partial'));
    for (const chunk of chunks) await partial.write(chunk);
    await partial.finish();
    expect(readFileSync(at('f.partial')).equals(Buffer.concat(chunks))).toBe(true);
    await expect(openPartial(at('f.partial'))).rejects.toEqual(code('file-exists'));
    await partial.discard();
    expect(readdirSync(folder)).toEqual([]);
    await expect(openPartial(at('f'))).rejects.toThrow(TypeError);
  });

  it('leaves nothing when it is discarded with chunks on their way', async () => {
    const partial = await openPartial(at('f.partial'));
    await partial.write(randomBytes(2 * CHUNK));
    await partial.write(randomBytes(5));
    await partial.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells of a write that failed, at the latest when it is finished, and goes', async () => {
    const limitFiles = (most: string) =>
      expect(spawnSync('prlimit', [`--pid=${process.pid}`, `--fsize=${most}:`]).status).toBe(0);
    const partial = await openPartial(at('f.partial'));
    limitFiles(String(CHUNK));
    try {
      await partial.write(randomBytes(CHUNK + 1));
      await expect(partial.finish()).rejects.toEqual(code('disk-full'));
    } finally {
      limitFiles('unlimited');
    }
    await partial.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('hashes what it writes', async () => {
    const partial = await openHashedPartial(at('f.partial'), hashHere);
    await partial.write(Buffer.from('ab'));
    await partial.write(Buffer.from('c'));
    expect(await partial.finish()).toEqual({
      bytes: 3,
      digest: createHash('sha256').update('abc').digest('hex'),
    });
    expect(readFileSync(at('f.partial'), 'utf8')).toBe('abc');
  });
});

describe('NodeFiles', () => {
  const files = new NodeFiles();

  it('walks in order, reports links and empty folders, follows nothing', async () => {
    mkdirSync(at('top', 'empty'), { recursive: true });
    mkdirSync(at('top', 'sub'));
    writeFileSync(at('top', 'sub', 'b'), 'bb');
    writeFileSync(at('top', 'a'), 'a');
    symlinkSync('/etc', at('top', 'link'));
    const found = await collect(files.walk(at('top')));
    expect(found.map((item) => [item.kind, item.relative, item.size])).toEqual([
      ['file', 'top/a', 1],
      ['empty-folder', 'top/empty', 0],
      ['link', 'top/link', 0],
      ['file', 'top/sub/b', 2],
    ]);
    expect((await collect(files.walk(at('top', 'a')))).map((item) => item.relative)).toEqual(['a']);
  });

  it('copies into a partial, writes only new files, and knows what is there', async () => {
    writeFileSync(at('a'), 'content');
    const copied = await files.copyHashed(at('a'), at('b.partial'));
    expect(copied).toEqual({
      bytes: 7,
      digest: createHash('sha256').update('content').digest('hex'),
    });
    await files.rename(at('b.partial'), at('b'));
    await files.write(at('c'), Buffer.from('c'));
    await expect(files.write(at('c'), Buffer.from('d'))).rejects.toEqual(code('file-exists'));
    expect(readFileSync(at('c'), 'utf8')).toBe('c');
    await files.makeFolder(at('x', 'y'));
    expect(await files.facts(at('x'))).toMatchObject({ kind: 'folder' });
    expect(await files.facts(at('b'))).toMatchObject({ kind: 'file', size: 7 });
    expect(await files.facts(at('none'))).toBeUndefined();
    expect(await files.names(folder)).toEqual(['a', 'b', 'c']);
  });

  it('leaves nothing of a copy that was stopped', async () => {
    writeFileSync(at('a'), randomBytes(CHUNK + 1));
    const stop = new AbortController();
    const work = { signal: stop.signal, report: () => stop.abort() };
    await expect(files.copy(at('a'), at('b.partial'), work)).rejects.toEqual(code('cancelled'));
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('refuses before writing what does not fit', async () => {
    expect(await freeSpace(folder)).toBeGreaterThan(0);
    await ensureSpace(folder, 1);
    await expect(ensureSpace(folder, Number.MAX_SAFE_INTEGER)).rejects.toEqual(code('disk-full'));
  });
});

describe('pathBelow', () => {
  it('stays below its root', () => {
    expect(pathBelow('/r', 'data/a b.txt')).toBe('/r/data/a b.txt');
    const bad = ['', '/etc/x', '../x', 'a/../../x', 'a/..', './a', 'a//b', 'a\\b', 'C:/x', 'a\0b'];
    for (const name of [...bad, 'a/', 'x\ny', '..']) {
      expect(() => pathBelow('/r', name), JSON.stringify(name)).toThrow(code('path-unsafe'));
    }
  });
});

describe('errors of the system', () => {
  it('become sentences; bugs stay bugs', () => {
    const error = (name: string) => Object.assign(new Error(name), { code: name });
    const turned = (name: string) => asDomainError(error(name), '/p', 'write');
    expect(turned('ENOSPC')).toEqual(code('disk-full'));
    expect(turned('EROFS')).toEqual(code('not-writable'));
    expect(turned('EACCES')).toEqual(code('not-writable'));
    expect(asDomainError(error('EACCES'), '/p', 'read')).toEqual(code('not-readable'));
    expect(turned('EIO')).toEqual(code('disk-failed'));
    const bug = new TypeError('bug');
    expect(asDomainError(bug, '/p', 'read')).toBe(bug);
  });
});
