import { expect, test } from 'vitest';
import { DomainError } from '../../../../main/domain/errors/index.ts';
import { BagReader } from '../../../../main/domain/packages/bag-reader.ts';
import { writeBag } from '../../../../main/domain/packages/bag-writer.ts';
import {
  membersByHand,
  readBag,
  sha256,
  sums,
  tarOf,
  withTagList,
  type Members,
} from '../../../fixtures/bags.ts';
import { failureOfAsync } from '../../../fixtures/failure.ts';
import {
  APPROVER,
  bagContents,
  collect,
  PACKAGE_ID,
  PAYLOAD,
  SENDER,
  SIGNATURE,
} from '../../../fixtures/release.ts';

/** A bag by hand with changes; `undefined` takes a member out. */
function byHand(changes: Record<string, string | undefined> = {}, base = membersByHand()): Members {
  for (const [path, content] of Object.entries(changes)) {
    if (content === undefined) base.delete(path);
    else base.set(path, Buffer.from(content));
  }
  return base;
}

const refusal = (members: Members, top?: string) =>
  failureOfAsync(() => readBag(tarOf(members, top)));

test('answers with all that a bag of Valise says', async () => {
  const contents = bagContents({
    approval: { required: 1, approvers: [{ name: 'Ousmane Fall', fingerprint: APPROVER }] },
  });
  const approvals = [{ fingerprint: APPROVER, signature: SIGNATURE, certificate: 'CERTIFICATE\n' }];
  const bag = await readBag(await collect(writeBag({ ...contents, approvals })));
  expect(bag).toMatchObject({
    packageId: PACKAGE_ID,
    manifest: contents.manifest,
    manifestDigest: sha256(contents.manifestBytes),
    approvals,
    ledger: contents.ledger,
    warnings: [],
    notes: [],
  });
  expect(Buffer.from(bag.manifestBytes).equals(contents.manifestBytes)).toBe(true);
});

test('welcomes a bag made by hand, with the least that it must have', async () => {
  const bag = await readBag(tarOf(byHand()));
  expect(bag.ledger).toBeUndefined();
  expect(bag.approvals).toEqual([]);
  expect(bag.warnings).toEqual([]);
});

test('takes members in any order, with folders or without', async () => {
  const members = [...withTagList(byHand())];
  for (const order of [members, members.reverse()])
    await expect(readBag(tarOf(new Map(order)))).resolves.toBeDefined();
  const folders: Members = new Map([
    ['data/', Buffer.alloc(0)],
    ['data/notes/', Buffer.alloc(0)],
    ['data/empty/', Buffer.alloc(0)],
    ...byHand(),
  ]);
  await expect(readBag(tarOf(folders))).resolves.toBeDefined();
});

test('takes checksums in text and in binary mode, with capitals, tabs and other line ends', async () => {
  const files = Object.entries(PAYLOAD).map(([path, text]) => [path, Buffer.from(text)] as const);
  for (const list of [
    sums(files, ' *').toString(),
    sums(files, '\t').toString(),
    sums(files, ' ').toString(),
    sums(files).toString().replaceAll('\n', '\r\n'),
    sums(files).toString().trimEnd(),
    sums(files)
      .toString()
      .replace(/^[0-9a-f]+/gm, (hex) => hex.toUpperCase()),
  ])
    await expect(readBag(tarOf(byHand({ 'manifest-sha256.txt': list })))).resolves.toBeDefined();
});

test('takes a bag-info with unknown, repeated and continued fields, and an older BagIt', async () => {
  const bytes = Object.values(PAYLOAD).reduce((sum, text) => sum + text.length, 0);
  const info = [
    'Source-Organization: Ministry',
    '  of Justice',
    'X-Anything: 1',
    'X-Anything: 2',
    'Payload-Oxum: ' + `${String(bytes)}.2`,
    `External-Identifier: ${PACKAGE_ID}`,
    '',
  ].join('\r\n');
  const declared = 'BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-8\r\n';
  const bag = await readBag(tarOf(byHand({ 'bag-info.txt': info, 'bagit.txt': declared })));
  expect(bag.warnings).toEqual([]);
});

test('warns of names, of files that it does not know, and of another identifier', async () => {
  const members = membersByHand({ 'data/p\u0430y\u200b.txt': 'x' });
  const bag = await readBag(
    tarOf(byHand({ 'notes.md': 'x', 'bag-info.txt': 'External-Identifier: 17\n' }, members)),
  );
  expect([...bag.warnings].sort()).toEqual([
    'bag-info-identifier',
    'extra-tag-file',
    'name-invisible',
    'name-look-alike',
  ]);
  expect(bag.notes).toContainEqual({ code: 'name-invisible', name: 'data/pаy\\u200B.txt' });
});

test.each(['bagit.txt', 'release.json', 'manifest-sha256.txt'])('needs %s', async (name) => {
  const failure = await refusal(byHand({ [name]: undefined }));
  expect(failure.code).toBe('bag-tag-missing');
  expect(failure.params).toEqual({ name });
  expect(failure.exit).toBe(1);
});

const files = Object.entries(PAYLOAD).map(([path, text]) => [path, Buffer.from(text)] as const);
const OTHER = '00'.repeat(32);

test.each([
  ['another file in data/', 'bag-file-extra', { 'data/extra': 'x' }, 'data/extra'],
  [
    'a file that is missing',
    'bag-file-missing',
    { 'data/customers.csv': undefined },
    'data/customers.csv',
  ],
  [
    'a file with other bytes',
    'bag-digest',
    { 'data/customers.csv': PAYLOAD['data/customers.csv']?.toUpperCase() },
    'data/customers.csv',
  ],
  [
    'a file that is longer',
    'bag-digest',
    { 'data/customers.csv': 'longer'.repeat(100) },
    'data/customers.csv',
  ],
  [
    'a list without a file',
    'bag-list-differs',
    { 'manifest-sha256.txt': sums(files.slice(1)).toString() },
    'data/customers.csv',
  ],
  [
    'a list with another file',
    'bag-list-differs',
    { 'manifest-sha256.txt': `${sums(files).toString()}${OTHER}  data/z\n` },
    'data/z',
  ],
  [
    'a list with another digest',
    'bag-list-differs',
    {
      'manifest-sha256.txt': sums(files)
        .toString()
        .replace(/^[0-9a-f]{64}/, OTHER),
    },
    'data/customers.csv',
  ],
  [
    'a tag list with another digest',
    'bag-digest',
    { 'tagmanifest-sha256.txt': `${OTHER}  bagit.txt\n` },
    'bagit.txt',
  ],
  [
    'a tag list with a file that is missing',
    'bag-file-missing',
    { 'tagmanifest-sha256.txt': `${OTHER}  gone.txt\n` },
    'gone.txt',
  ],
] as const)('finds %s: exit 4, %s, and says which', async (_what, code, changes, name) => {
  const failure = await refusal(byHand(changes));
  expect(failure.code).toBe(code);
  expect(failure.exit).toBe(4);
  expect(failure.params['name']).toBe(name);
});

test.each([
  ['a list that is not one', 'bag-tag-malformed', { 'manifest-sha256.txt': 'hello\n' }],
  [
    'a list with a file twice',
    'bag-tag-malformed',
    { 'manifest-sha256.txt': sums([...files, ...files]).toString() },
  ],
  [
    'a list with an empty line',
    'bag-tag-malformed',
    { 'manifest-sha256.txt': `\n${sums(files).toString()}` },
  ],
  [
    'a list in the form of BSD',
    'bag-tag-malformed',
    { 'manifest-sha256.txt': `SHA256 (data/a) = ${OTHER}\n` },
  ],
  [
    'a tag list with payload',
    'bag-tag-malformed',
    { 'tagmanifest-sha256.txt': `${OTHER}  data/customers.csv\n` },
  ],
  [
    'a tag list with itself',
    'bag-tag-malformed',
    { 'tagmanifest-sha256.txt': `${OTHER}  tagmanifest-sha256.txt\n` },
  ],
  [
    'a bagit.txt of version 2',
    'bag-tag-malformed',
    { 'bagit.txt': 'BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n' },
  ],
  [
    'a bagit.txt with a third line',
    'bag-tag-malformed',
    { 'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nx\n' },
  ],
  [
    'a bagit.txt in UTF-16',
    'bag-tag-malformed',
    { 'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n' },
  ],
  ['a bag-info without a label', 'bag-tag-malformed', { 'bag-info.txt': 'hello\n' }],
  ['a wrong Payload-Oxum', 'bag-oxum', { 'bag-info.txt': 'Payload-Oxum: 1.1\n' }],
  ['a fetch.txt', 'bag-fetch', { 'fetch.txt': '' }],
  [
    'a manifest that is not canonical',
    'not-canonical',
    { 'release.json': '{ "format":"valise.release/1"}' },
  ],
  [
    'a manifest of another version',
    'version-unknown',
    { 'release.json': '{"format":"valise.release/2"}' },
  ],
  ['half a ledger', 'bag-tag-missing', { 'ledger/checkpoint': 'x\n' }],
  ['proofs alone', 'bag-tag-missing', { 'ledger/consistency.json': '[]' }],
  [
    'a checkpoint that is not signed',
    'bag-tag-malformed',
    { 'ledger/checkpoint': 'x\n', 'ledger/checkpoint.asc': 'x' },
  ],
  [
    'proofs that are none',
    'document-refused',
    {
      'ledger/checkpoint': 'x\n',
      'ledger/checkpoint.asc': SIGNATURE,
      'ledger/consistency.json': '[{"from":0,"proof":[]}]',
    },
  ],
  [
    'an approval by a stranger',
    'bag-approval-unlisted',
    { [`approvals/${APPROVER}.asc`]: SIGNATURE },
  ],
  ['two names that differ in case', 'bag-name-clash', { NOTES: 'x', notes: 'y' }],
  ['a folder that differs in case', 'bag-name-clash', { 'DATA/x': 'x' }],
  ['a tag file beyond its limit', 'bag-file-too-large', { 'bagit.txt': 'x'.repeat(2000) }],
  ['a name with a device', 'name-refused', { 'aux.txt': 'x' }],
  ['a name with a way out', 'name-refused', { '../x': 'x' }],
  ['a name that turns', 'name-refused', { 'data/gpj.\u202eexe': 'x' }],
] as const)('refuses %s: %s', async (_what, code, changes) => {
  expect((await refusal(byHand(changes))).code).toBe(code);
});

test('an approval has to look like one', async () => {
  const approval = { required: 1, approvers: [{ name: 'X', fingerprint: APPROVER }] };
  const members = membersByHand(PAYLOAD, { approval });
  const failure = await refusal(byHand({ [`approvals/${APPROVER}.asc`]: 'yes\n' }, members));
  expect(failure.code).toBe('bag-tag-malformed');
  const stranger = byHand({ [`approvals/${SENDER}.asc`]: SIGNATURE }, members);
  stranger.delete(`approvals/${APPROVER}.asc`);
  expect((await refusal(stranger)).params).toEqual({ fingerprint: SENDER });
});

test('has one folder, which is called by the package id', async () => {
  expect((await refusal(byHand(), 'other')).code).toBe('bag-folder-name');
  expect((await refusal(byHand(), '')).code).toBe('bag-outside-folder');
  expect((await refusal(byHand(), `./${PACKAGE_ID}`)).code).toBe('bag-outside-folder');
  expect((await refusal(byHand(), `/${PACKAGE_ID}`)).params['rule']).toBe('is absolute');
  const two = new Map([
    ...[...byHand()].map(([path, bytes]) => [`${PACKAGE_ID}/${path}`, bytes] as const),
    ['other/x', Buffer.from('x')] as const,
  ]);
  const failure = await refusal(two, '');
  expect(failure.code).toBe('bag-second-folder');
  expect(failure.params).toEqual({ name: 'other', first: PACKAGE_ID });
});

test('refuses the same member twice', async () => {
  const tar = tarOf(byHand());
  const again = tarOf(new Map([['bagit.txt', Buffer.from('x')]]));
  const joined = Buffer.concat([tar.subarray(0, tar.length - 1024), again]);
  expect((await failureOfAsync(() => readBag(joined))).code).toBe('bag-name-clash');
});

test('stops at the number of entries that it is told', async () => {
  const reader = new BagReader({ maxEntries: 4 });
  const failure = await failureOfAsync(() => readBag(tarOf(byHand()), reader));
  expect(failure.code).toBe('bag-too-many-entries');
});

test('keeps a fault until the end, and reads nothing after it', async () => {
  const seen: string[] = [];
  const reader = new BagReader({
    onFile: (path) => {
      seen.push(path);
      return { write: () => undefined, end: () => undefined };
    },
  });
  const members: Members = new Map([['../x', Buffer.from('x')], ...byHand()]);
  await reader.write(tarOf(members));
  expect(reader.fault?.code).toBe('name-refused');
  expect(seen).toEqual([]);
  await expect(reader.end()).rejects.toBe(reader.fault);
});

test('hands every file to a hook, in order, with all of its bytes', async () => {
  const written = new Map<string, string>();
  const reader = new BagReader({
    onFile: async (path, size) => {
      let text = '';
      return {
        write: async (chunk) => {
          await Promise.resolve();
          text += Buffer.from(chunk).toString();
        },
        end: () => {
          expect(Buffer.byteLength(text)).toBe(size);
          written.set(path, text);
        },
      };
    },
  });
  await readBag(tarOf(byHand()), reader);
  expect(written.get('data/customers.csv')).toBe(PAYLOAD['data/customers.csv']);
  expect([...written.keys()]).toEqual([...byHand().keys()]);
});

test('what a hook throws reaches the caller at once', async () => {
  const full = new DomainError('disk-full', { path: '/x' });
  const reader = new BagReader({
    onFile: () => {
      throw full;
    },
  });
  await expect(reader.write(tarOf(byHand()))).rejects.toBe(full);
  expect(reader.fault).toBeUndefined();
});

test('reads an empty payload, and a file of no bytes', async () => {
  await expect(readBag(tarOf(membersByHand({})))).resolves.toBeDefined();
  await expect(readBag(tarOf(membersByHand({ 'data/empty': '' })))).resolves.toBeDefined();
});
