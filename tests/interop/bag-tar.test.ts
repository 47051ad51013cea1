import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bagSize, writeBag } from '../../main/domain/packages/bag-writer.ts';
import { encodeManifest } from '../../main/domain/packages/manifest.ts';
import { memberHeader } from '../../main/domain/packages/tar-header.ts';
import { readBag } from '../fixtures/bags.ts';
import { failureOfAsync } from '../fixtures/failure.ts';
import { bagContents, collect, fileEntries, manifest, PACKAGE_ID } from '../fixtures/release.ts';

const PAYLOAD = {
  'data/customers.csv': 'name,email\nAwa Ndiaye,awa@example.org\n',
  'data/empty': '',
  [`data/${'long '.repeat(20)}folder/${'n'.repeat(251)}.csv`]: 'a long name\n',
  [`data/${'é'.repeat(127)}`]: '255 bytes, nearly\n',
  'data/zeros.bin': Buffer.alloc(100_000),
  'data/данные/資料 📎.txt': 'Unicode\n',
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'valise-tar-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const run = (command: string, args: string[], cwd = folder) =>
  execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });

/** A folder of its own below the scratch folder. */
function room(name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

async function ours(): Promise<string> {
  const contents = bagContents({}, PAYLOAD);
  const tar = await collect(writeBag(contents));
  expect(tar.length).toBe(bagSize(contents));
  const path = join(folder, 'ours.tar');
  writeFileSync(path, tar);
  return path;
}

test('GNU tar extracts our bag, and sha256sum finds every file as it was sealed', async () => {
  const tar = await ours();
  const to = room('gnu');
  run('tar', ['xf', tar, '-C', to]);
  const bag = join(to, PACKAGE_ID);
  run('sha256sum', ['--strict', '-c', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'], bag);
  for (const [path, content] of Object.entries(PAYLOAD))
    expect(readFileSync(join(bag, path)).equals(Buffer.from(content))).toBe(true);
  expect(
    readFileSync(join(bag, 'release.json')).equals(
      encodeManifest(manifest({ files: fileEntries(PAYLOAD) })),
    ),
  ).toBe(true);
});

test('GNU tar warns of nothing, and lists one owner, one time and plain modes', async () => {
  const tar = await ours();
  const listed = spawnSync(
    'tar',
    ['tvf', tar, '--numeric-owner', '--utc', '--full-time', '--quoting-style=literal'],
    { encoding: 'utf8' },
  );
  expect(listed.stderr).toBe('');
  const lines = listed.stdout.trim().split('\n');
  for (const line of lines)
    expect(line).toMatch(/^(?:-rw-r--r--|drwxr-xr-x) 0\/0 +\d+ 2026-05-03 12:00:00 /);
  expect(lines.length).toBeGreaterThan(Object.keys(PAYLOAD).length);
});

test('Python reads our bag to the same names and bytes', async () => {
  const tar = await ours();
  const script = [
    'import hashlib, json, sys, tarfile',
    'found = {}',
    'with tarfile.open(sys.argv[1]) as tar:',
    '    for member in tar:',
    '        assert member.isfile() or member.isdir(), member.name',
    '        assert (member.uid, member.gid, member.uname, member.gname) == (0, 0, "", "")',
    '        assert member.mtime == 1777809600, member.mtime',
    '        if member.isfile():',
    '            found[member.name] = hashlib.sha256(tar.extractfile(member).read()).hexdigest()',
    'print(json.dumps(found))',
  ].join('\n');
  const found = JSON.parse(run('python3', ['-c', script, tar])) as Record<string, string>;
  for (const { path, sha256 } of fileEntries(PAYLOAD))
    expect(found[`${PACKAGE_ID}/${path}`]).toBe(sha256);
});

test('Python and GNU tar read our header of a file beyond 8 GiB', () => {
  const size = 9 * 1024 ** 3;
  const frame = { top: PACKAGE_ID, mtime: 1_777_809_600 };
  const path = join(folder, 'large.tar');
  writeFileSync(
    path,
    memberHeader({ path: `${PACKAGE_ID}/data/large.img`, kind: 'file', size }, frame, 1),
  );
  const script =
    'import sys, tarfile; m = tarfile.open(sys.argv[1], "r|").next(); print(m.name, m.size)';
  expect(run('python3', ['-c', script, path]).trim()).toBe(
    `${PACKAGE_ID}/data/large.img ${String(size)}`,
  );
  const listed = spawnSync('tar', ['tvf', path], { encoding: 'utf8' });
  expect(listed.stdout).toContain(` ${String(size)} `);
});

/** A bag made with a shell, as the format's page says. */
function byHand(
  name: string,
  payload: Readonly<Record<string, string | Buffer>> = PAYLOAD,
): string {
  const to = room(name);
  const bag = join(to, PACKAGE_ID);
  for (const [path, content] of Object.entries(payload)) {
    mkdirSync(join(bag, path, '..'), { recursive: true });
    writeFileSync(join(bag, path), content);
  }
  writeFileSync(
    join(bag, 'release.json'),
    encodeManifest(manifest({ files: fileEntries(payload) })),
  );
  const script = [
    "printf 'BagIt-Version: 1.0\\nTag-File-Character-Encoding: UTF-8\\n' > bagit.txt",
    'find data -type f -exec sha256sum {} + > manifest-sha256.txt',
    'sha256sum -b bagit.txt release.json manifest-sha256.txt > tagmanifest-sha256.txt',
  ];
  run('sh', ['-ec', script.join('\n')], bag);
  return to;
}

/** What fits into ustar alone. */
const SHORT = { 'data/a.csv': 'a,b\n', [`data/${'p'.repeat(90)}/${'n'.repeat(90)}`]: 'x' };

test.each([
  ['the default', [], PAYLOAD],
  ['ustar', ['--format=ustar'], SHORT],
  ['pax', ['--format=pax'], PAYLOAD],
  ['pax with times and attributes', ['--format=posix', '--xattrs', '--acls'], PAYLOAD],
  ['GNU', ['--format=gnu'], PAYLOAD],
  ['old GNU', ['--format=oldgnu'], PAYLOAD],
  ['a larger blocking factor', ['-b', '512'], PAYLOAD],
  ['sorted', ['--sort=name'], PAYLOAD],
])('reads a bag made by hand with GNU tar: %s', async (name, options, payload) => {
  const to = byHand(`hand ${name}`, payload);
  run('tar', ['cf', 'bag.tar', ...options, PACKAGE_ID], to);
  const bag = await readBag(readFileSync(join(to, 'bag.tar')));
  expect(bag.packageId).toBe(PACKAGE_ID);
  expect(bag.ledger).toBeUndefined();
});

test.each([
  ['USTAR_FORMAT', SHORT],
  ['GNU_FORMAT', PAYLOAD],
  ['PAX_FORMAT', PAYLOAD],
])('reads a bag made by hand with Python: %s', async (format, payload) => {
  const to = byHand(`python ${format}`, payload);
  const script = [
    'import sys, tarfile',
    'with tarfile.open("bag.tar", "w", format=getattr(tarfile, sys.argv[1])) as tar:',
    '    tar.add(sys.argv[2])',
  ].join('\n');
  run('python3', ['-c', script, format, PACKAGE_ID], to);
  await expect(readBag(readFileSync(join(to, 'bag.tar')))).resolves.toBeDefined();
});

test.each([
  ['a symbolic link', 'ln -s /etc/passwd data/link', 'bag-link'],
  ['a hard link', 'ln data/customers.csv data/hard', 'bag-link'],
  ['a named pipe', 'mkfifo data/pipe', 'bag-fifo'],
  ['a file that nobody listed', 'echo x > data/extra', 'bag-file-extra'],
  ['a name with a line end', 'touch "data/$(printf \'a\\nb\')"', 'name-refused'],
  ['a name with a backslash', "touch 'data/a\\b'", 'name-refused'],
  ['a file that changed', 'echo y >> data/customers.csv', 'bag-digest'],
  ['a file that is gone', 'rm data/customers.csv', 'bag-file-missing'],
])('refuses what GNU tar puts in: %s', async (name, command, code) => {
  const to = byHand(`bad ${name}`);
  run('sh', ['-ec', command], join(to, PACKAGE_ID));
  run('tar', ['cf', 'bag.tar', PACKAGE_ID], to);
  const failure = await failureOfAsync(() => readBag(readFileSync(join(to, 'bag.tar'))));
  expect(failure.code).toBe(code);
});

test.each([
  ['from inside', ['-C', PACKAGE_ID, '.'], 'bag-outside-folder'],
  ['with a dot before it', [`./${PACKAGE_ID}`], 'bag-outside-folder'],
  ['with a second folder', [PACKAGE_ID, 'second'], 'bag-second-folder'],
  ['split into holes', ['--sparse', PACKAGE_ID], 'bag-sparse'],
  ['split into holes, in pax', ['--sparse', '--format=pax', PACKAGE_ID], 'bag-sparse'],
  [
    'with a global header',
    ['--format=pax', '--pax-option=comment=x', PACKAGE_ID],
    'bag-global-header',
  ],
  ['with a label', ['-V', 'label', PACKAGE_ID], 'bag-malformed'],
  ['under its full path', ['-P', 'ABSOLUTE'], 'name-refused'],
])('refuses a tar that was made %s', async (name, args, code) => {
  const to = byHand(`odd ${name}`);
  mkdirSync(join(to, 'second'));
  run('truncate', ['-s', '1M', join(PACKAGE_ID, 'data', 'holes')], to);
  run(
    'tar',
    ['cf', 'bag.tar', ...args.map((arg) => (arg === 'ABSOLUTE' ? join(to, PACKAGE_ID) : arg))],
    to,
  );
  const failure = await failureOfAsync(() => readBag(readFileSync(join(to, 'bag.tar'))));
  expect(failure.code).toBe(code);
});

test('what we write is as small as GNU tar would make it, but for its padding', async () => {
  const tar = await ours();
  const to = room('again');
  run('tar', ['xf', tar, '-C', to]);
  run(
    'tar',
    [
      'cf',
      'again.tar',
      '-b',
      '1',
      '--format=pax',
      '--pax-option=delete=atime,delete=ctime,delete=mtime',
      PACKAGE_ID,
    ],
    to,
  );
  expect(readdirSync(to)).toContain('again.tar');
  expect(statSync(tar).size).toBeLessThanOrEqual(statSync(join(to, 'again.tar')).size);
});
