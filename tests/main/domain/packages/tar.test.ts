import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  headerSize,
  memberHeader,
  needsPax,
  type TarMember,
} from '../../../../main/domain/packages/tar-header.ts';
import {
  TarParser,
  type MemberSink,
  type ReadMember,
} from '../../../../main/domain/packages/tar-parser.ts';
import { failureOfAsync } from '../../../fixtures/failure.ts';

const TOP = '0198f2a0-7c1e-7000-8000-0123456789ab';
const FRAME = { top: TOP, mtime: 1_777_809_600 };
const END = Buffer.alloc(1024);
const SILENT: MemberSink = { write: () => undefined, end: () => undefined };

/** Parses `tar` in pieces of `step` bytes; answers with the members and their content. */
async function parse(tar: Uint8Array, step = 4096) {
  const members: (ReadMember & { content: Buffer })[] = [];
  const parser = new TarParser((member) => {
    const parts: Uint8Array[] = [];
    return {
      write: (chunk) => void parts.push(chunk.slice()),
      end: () => void members.push({ ...member, content: Buffer.concat(parts) }),
    };
  });
  for (let at = 0; at < tar.length; at += step) await parser.write(tar.subarray(at, at + step));
  parser.end();
  return members;
}

const padding = (length: number) => Buffer.alloc((512 - (length % 512)) % 512);

function tarOf(...members: { member: TarMember; content?: Uint8Array }[]): Buffer {
  const parts = members.flatMap(({ member, content = new Uint8Array() }, index) => [
    memberHeader(member, FRAME, index + 1),
    content,
    padding(content.length),
  ]);
  return Buffer.concat([...parts, END]);
}

const file = (path: string, size = 0): TarMember => ({ path, kind: 'file', size });

/** One plain member, whose header a test then spoils. */
const plain = () => tarOf({ member: file('top/a', 3), content: Buffer.from('abc') });

/** Writes into a header and mends its checksum. */
function patched(tar: Buffer, at: number, bytes: string | Buffer): Buffer {
  Buffer.from(bytes).copy(tar, at);
  tar.fill(0x20, 148, 156);
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1');
  return tar;
}

test('reads every name and content that it wrote, in pieces of any size', async () => {
  const segment = fc.string({
    unit: fc.oneof(fc.constantFrom('a', 'Z', '0', ' ', 'é', '日', '👜')),
    minLength: 1,
    maxLength: 60,
  });
  const path = fc
    .array(fc.oneof(segment, fc.constant('x'.repeat(255)), fc.constant('y'.repeat(100))), {
      minLength: 1,
      maxLength: 12,
    })
    .map((parts) => `${TOP}/${parts.join('/')}`);
  const content = fc.uint8Array({ maxLength: 1600 });
  const member = fc.record({ path, content });
  await fc.assert(
    fc.asyncProperty(
      fc.array(member, { maxLength: 5 }),
      fc.integer({ min: 1, max: 3000 }),
      async (members, step) => {
        const tar = tarOf(
          ...members.map(({ path: name, content: bytes }) => ({
            member: file(name, bytes.length),
            content: bytes,
          })),
        );
        const read = await parse(tar, step);
        expect(read.map((one) => ({ path: one.path, content: [...one.content] }))).toEqual(
          members.map((one) => ({ path: one.path, content: [...one.content] })),
        );
      },
    ),
    { numRuns: 150 },
  );
});

test('says the length of every header beforehand', () => {
  const path = fc.string({
    unit: fc.constantFrom('a', '/', 'é', 'b'),
    minLength: 1,
    maxLength: 400,
  });
  const size = fc.oneof(fc.nat(), fc.constantFrom(8 ** 11 - 1, 8 ** 11, Number.MAX_SAFE_INTEGER));
  fc.assert(
    fc.property(path, size, (name, bytes) => {
      const member = file(name, bytes);
      expect(memberHeader(member, FRAME, 7).length).toBe(headerSize(member));
    }),
  );
});

test('sizes beyond 8 GiB go through', async () => {
  for (const size of [8 ** 11 - 1, 8 ** 11, 5 * 1024 ** 4, Number.MAX_SAFE_INTEGER]) {
    const seen: ReadMember[] = [];
    const parser = new TarParser((member) => {
      seen.push(member);
      return SILENT;
    });
    await parser.write(memberHeader(file('top/large', size), FRAME, 1));
    expect(seen).toEqual([{ path: 'top/large', kind: 'file', size }]);
    expect(() => parser.end()).toThrow('a file is cut off');
  }
});

test('uses pax records only where they are needed, and names them by number', () => {
  expect(needsPax(file('a'.repeat(100)))).toBe(false);
  expect(needsPax(file(`${'p'.repeat(155)}/${'n'.repeat(100)}`))).toBe(false);
  expect(needsPax(file(`${'p'.repeat(156)}/${'n'.repeat(100)}`))).toBe(true);
  expect(needsPax(file('n'.repeat(101)))).toBe(true);
  expect(needsPax(file('é'))).toBe(true);
  expect(needsPax({ path: `${'p'.repeat(100)}/`, kind: 'folder', size: 0 })).toBe(true);
  const header = Buffer.from(memberHeader(file(`${TOP}/é`), FRAME, 12));
  expect(header.toString('latin1', 0, 13)).toBe('PaxHeaders/12');
  expect(header.toString('utf8', 512, 560)).toBe(`48 path=${TOP}/é\n`);
  expect(header.toString('latin1', 1024, 1024 + 39)).toBe(`${TOP}/12`);
});

test('discloses no owner, and the one time', () => {
  const header = Buffer.from(memberHeader(file('top/a', 8), FRAME, 1)).toString('latin1');
  expect(header.slice(100, 148)).toBe(
    '0000644\u00000000000\u00000000000\u000000000000010\u0000' +
      `${FRAME.mtime.toString(8).padStart(11, '0')}\u0000`,
  );
  expect(header.slice(156, 157)).toBe('0');
  expect(header.slice(257, 345)).toBe(
    `ustar\u000000${'\u0000'.repeat(64)}0000000\u00000000000\u0000`,
  );
});

test('reads what GNU tar writes for long names and large sizes', async () => {
  const long = `top/${'n'.repeat(300)}`;
  const name = Buffer.from(`${long}\u0000`);
  const longLink = patched(
    Buffer.from(memberHeader(file('././@LongLink', name.length), FRAME, 1)),
    156,
    'L',
  );
  const header = patched(
    Buffer.from(memberHeader(file('top/cut', 3), FRAME, 1)),
    257,
    'ustar  \u0000',
  );
  const base256 = Buffer.alloc(12);
  base256[0] = 0x80;
  base256[11] = 3;
  const tar = Buffer.concat([
    longLink,
    name,
    padding(name.length),
    patched(header, 124, base256),
    Buffer.from('abc'),
    padding(3),
    END,
  ]);
  const [member] = await parse(tar);
  expect(member).toMatchObject({ path: long, size: 3 });
});

const spoiled: [string, string, () => Buffer][] = [
  ['a link', 'bag-link', () => patched(plain(), 156, '2')],
  ['a hard link', 'bag-link', () => patched(plain(), 156, '1')],
  ['a long link name', 'bag-link', () => patched(plain(), 156, 'K')],
  ['a character device', 'bag-device', () => patched(plain(), 156, '3')],
  ['a block device', 'bag-device', () => patched(plain(), 156, '4')],
  ['a named pipe', 'bag-fifo', () => patched(plain(), 156, '6')],
  ['a GNU sparse file', 'bag-sparse', () => patched(plain(), 156, 'S')],
  ['a part of a volume', 'bag-multi-volume', () => patched(plain(), 156, 'M')],
  ['a global header', 'bag-global-header', () => patched(plain(), 156, 'g')],
  ['a contiguous file', 'bag-entry-type', () => patched(plain(), 156, '7')],
  ['a volume label', 'bag-entry-type', () => patched(plain(), 156, 'V')],
  ['a dump of a folder', 'bag-entry-type', () => patched(plain(), 156, 'D')],
  ['an unknown type', 'bag-entry-type', () => patched(plain(), 156, '\u0001')],
  ['a wrong checksum', 'bag-malformed', () => spoil(plain(), 0, 'x')],
  ['a checksum that is no number', 'bag-malformed', () => spoil(plain(), 148, 'zzzzzz')],
  ['the form of version 7', 'bag-malformed', () => patched(plain(), 257, Buffer.alloc(8))],
  ['another magic', 'bag-malformed', () => patched(plain(), 257, 'ustar\u000001')],
  ['a size that is no number', 'bag-malformed', () => patched(plain(), 124, '0000000000x\u0000')],
  [
    'a size with digits after its end',
    'bag-malformed',
    () => patched(plain(), 124, '3\u00003        \u0000'),
  ],
  ['an empty size', 'bag-malformed', () => patched(plain(), 124, Buffer.alloc(12))],
  ['a negative size', 'bag-malformed', () => patched(plain(), 124, Buffer.alloc(12, 0xff))],
  [
    'a size beyond 2^53',
    'bag-malformed',
    () => patched(plain(), 124, Buffer.from([0x80, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])),
  ],
  ['a folder with content', 'bag-malformed', () => patched(plain(), 156, '5')],
  ['a name that is not UTF-8', 'name-refused', () => patched(plain(), 4, Buffer.from([0xff]))],
  [
    'bytes after the end',
    'bag-trailing-bytes',
    () => Buffer.concat([plain(), Buffer.alloc(600), Buffer.from('x')]),
  ],
  ['a second tar after the end', 'bag-trailing-bytes', () => Buffer.concat([plain(), plain()])],
  [
    'a lone zero block',
    'bag-malformed',
    () => Buffer.concat([plain().subarray(0, 1024), Buffer.alloc(512), plain()]),
  ],
  ['no end', 'bag-incomplete', () => plain().subarray(0, 1024)],
  ['half an end', 'bag-incomplete', () => plain().subarray(0, 1536)],
  ['an end inside a block', 'bag-incomplete', () => plain().subarray(0, 1537)],
  ['an end inside a header', 'bag-incomplete', () => plain().subarray(0, 100)],
  ['an end inside a file', 'bag-incomplete', () => plain().subarray(0, 514)],
  ['nothing', 'bag-incomplete', () => Buffer.alloc(0)],
];

test.each(spoiled)('refuses %s (%s)', async (_what, code, tar) => {
  for (const step of [1, 511, 512, 513, 1 << 20])
    expect((await failureOfAsync(() => parse(tar(), step))).code).toBe(code);
});

/** Changes bytes and leaves the checksum as it was. */
function spoil(tar: Buffer, at: number, text: string): Buffer {
  tar.write(text, at, 'latin1');
  return tar;
}

/** A pax record of one-byte characters, with its length before it. */
function record(text: string): string {
  const rest = text.length + 2;
  const length = rest + String(rest + 1).length;
  return `${String(length)} ${text}\n`;
}

const pax = (records: string | Buffer, type = 'x'): Buffer => {
  const bytes = Buffer.from(records);
  const header = patched(
    Buffer.from(memberHeader(file('PaxHeaders/1', bytes.length), FRAME, 1)),
    156,
    type,
  );
  return Buffer.concat([header, bytes, padding(bytes.length)]);
};

test.each([
  ['a record without its end', 'bag-malformed', '17 path=top/other'],
  ['a record that is longer than all', 'bag-malformed', '99 path=top/b\n'],
  ['a record of no length', 'bag-malformed', ' path=top/b\n'],
  ['a length with a zero before it', 'bag-malformed', '014 path=top/b\n'],
  ['a record without a value', 'bag-malformed', '9 path\n.\n'],
  ['a record without a key', 'bag-malformed', '9 =top/b\n'],
  ['the same key twice', 'bag-malformed', record('path=top/b') + record('path=top/c')],
  ['a size that is no number', 'bag-malformed', record('size=0x1')],
  ['a size below zero', 'bag-malformed', record('size=-12')],
  ['a size beyond 2^53', 'bag-malformed', record('size=9007199254740993')],
  ['another character set', 'bag-malformed', record('hdrcharset=BINARY')],
  ['a link', 'bag-link', record('linkpath=/etc/passwd')],
  ['a sparse map', 'bag-sparse', record('GNU.sparse.major=1')],
  ['a sparse size of star', 'bag-sparse', record('SCHILY.realsize=77')],
  ['a volume', 'bag-multi-volume', record('GNU.volume.size=1000')],
  ['a name that is not UTF-8', 'name-refused', Buffer.from(record('path=top/\u00ff'), 'latin1')],
])('refuses pax records with %s (%s)', async (_what, code, records) => {
  const failure = await failureOfAsync(() => parse(Buffer.concat([pax(records), plain()])));
  expect(failure.code).toBe(code);
});

test('passes over times, owners and attributes in pax records', async () => {
  const records = ['mtime=1350244992.023960108', 'uid=1000', 'SCHILY.xattr.u=\u0000\n']
    .map(record)
    .join('');
  const [member] = await parse(Buffer.concat([pax(records), plain()]));
  expect(member?.path).toBe('top/a');
});

test('refuses extended headers that are doubled, alone, empty or huge', async () => {
  const code = async (tar: Buffer) => (await failureOfAsync(() => parse(tar))).code;
  const path = record('path=top/b');
  expect(await code(Buffer.concat([pax(path), pax(path), plain()]))).toBe('bag-malformed');
  expect(await code(Buffer.concat([pax(path), pax('top/c\u0000', 'L'), plain()]))).toBe(
    'bag-malformed',
  );
  expect(await code(Buffer.concat([pax(path), END]))).toBe('bag-malformed');
  expect(await code(Buffer.concat([pax(''), plain()]))).toBe('bag-malformed');
  const huge = patched(
    Buffer.from(memberHeader(file('PaxHeaders/1', 2 ** 21), FRAME, 1)),
    156,
    'x',
  );
  expect(await code(huge)).toBe('bag-malformed');
});

test('never hangs and never throws anything but a refusal, whatever the bytes', async () => {
  const tar = tarOf(
    { member: file(`${TOP}/é`, 5), content: Buffer.from('12345') },
    { member: file('top/b', 600), content: Buffer.alloc(600, 1) },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(tar.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (changes, mend) => {
        const changed = Buffer.from(tar);
        for (const [at, byte] of changes) changed[at] = byte;
        const input = mend ? patched(changed, 100, '0000644') : changed;
        const failure = await failureOfAsync(async () => {
          await parse(input);
          throw Object.assign(new Error('read'), { fine: true });
        }).catch((error: unknown) => error);
        expect(failure instanceof Error && ('code' in failure || 'fine' in failure)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});
