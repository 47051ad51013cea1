import { expect, test } from 'vitest';
import { readArmor, writeArmor } from '../../../../main/domain/pgp/armor.ts';

/** As GnuPG writes it: `printf hello | gpg --enarmor`, with another head. */
const HELLO = '-----BEGIN PGP SIGNATURE-----\n\naGVsbG8=\n=R/WK\n-----END PGP SIGNATURE-----\n';

test('writes what GnuPG reads, with a checksum or without', () => {
  const hello = Buffer.from('hello');
  expect(writeArmor('SIGNATURE', hello, true)).toBe(HELLO);
  expect(writeArmor('SIGNATURE', hello, false)).toBe(HELLO.replace('=R/WK\n', ''));
});

test('reads back what it wrote, whatever the length', () => {
  for (let length = 1; length < 200; length += 1) {
    const bytes = Buffer.alloc(length, length);
    const { type, bytes: read } = readArmor(
      writeArmor('PUBLIC KEY BLOCK', bytes, length % 2 === 0),
    );
    expect(type).toBe('PUBLIC KEY BLOCK');
    expect(Buffer.from(read).equals(bytes)).toBe(true);
  }
});

test.each([
  ['a word before', `x${HELLO}`],
  ['no empty line', HELLO.replace('\n\n', '\n')],
  ['another end', HELLO.replace('END PGP SIGNATURE', 'END PGP MESSAGE')],
  ['no end', HELLO.replace(/-----END.*/, '')],
  ['another checksum', HELLO.replace('=R/WK', '=R/WL')],
  ['half a group', HELLO.replace('aGVsbG8=', 'aGVsbG8')],
  ['an end in the middle', HELLO.replace('aGVsbG8=', 'aGU=\nbG8=')],
  ['nothing inside', HELLO.replace('aGVsbG8=\n=R/WK\n', '')],
])('refuses %s', (_what, text) => {
  expect(() => readArmor(text)).toThrow(expect.objectContaining({ code: 'armor-damaged' }));
});
