import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  makeRecoveryCode,
  recoveryCodeBytes,
} from '../../../../main/domain/vault/recovery-code.ts';

const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const random = (bytes: Uint8Array) => ({ bytes: () => Uint8Array.from(bytes) });
const text = (code: string) => new TextDecoder().decode(recoveryCodeBytes(code));
const mistyped = (problem: string) =>
  expect.objectContaining({
    code: 'recovery-code-mistyped',
    message: expect.stringContaining(problem) as unknown,
  }) as unknown;
const anyCode = fc
  .uint8Array({ minLength: 20, maxLength: 20 })
  .map((bytes) => makeRecoveryCode(random(bytes)));

describe('recovery code', () => {
  it('writes 160 bits as eight groups of four and a check character', () => {
    expect(makeRecoveryCode(random(new Uint8Array(20)))).toBe(
      '0000-0000-0000-0000-0000-0000-0000-0000-0',
    );
    // 2^160 - 1 = 11 modulo 37
    expect(makeRecoveryCode(random(new Uint8Array(20).fill(255)))).toBe(
      `${'ZZZZ-'.repeat(8)}${SYMBOLS.charAt(Number((2n ** 160n - 1n) % 37n))}`,
    );
    const counting = Uint8Array.from({ length: 20 }, (_, index) => index);
    expect(makeRecoveryCode(random(counting))).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){8}./);
  });

  it('is read whatever the case, the dashes and the look-alikes', () => {
    fc.assert(
      fc.property(anyCode, (code) => {
        const plain = code.replaceAll('-', '');
        const expected = plain.slice(0, 32);
        expect(text(code)).toBe(expected);
        expect(text(plain.toLowerCase())).toBe(expected);
        expect(text(` ${code.replaceAll('-', ' – ')}\n`)).toBe(expected);
        expect(text(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(expected);
        expect(text(code.replaceAll('0', 'O').replaceAll('1', 'I'))).toBe(expected);
      }),
    );
  });

  it('tells every single wrong character and every swap of neighbours from a wrong code', () => {
    fc.assert(
      fc.property(
        anyCode,
        fc.nat(31),
        fc.constantFrom(...SYMBOLS.split('')),
        (code, place, symbol) => {
          const plain = code.replaceAll('-', '');
          const typo = plain.slice(0, place) + symbol + plain.slice(place + 1);
          if (typo !== plain) expect(() => text(typo)).toThrow(mistyped('last character'));
          const swapped =
            plain.slice(0, place) +
            plain
              .slice(place, place + 2)
              .split('')
              .reverse()
              .join('') +
            plain.slice(place + 2);
          const [a, b] = plain.slice(place, place + 2);
          if (place < 31 && a !== b)
            expect(() => text(swapped)).toThrow(mistyped('last character'));
        },
      ),
    );
  });

  it('says what is wrong with the form', () => {
    expect(() => text('')).toThrow(mistyped('it has 0 characters instead of 33'));
    expect(() => text('0'.repeat(32))).toThrow(mistyped('it has 32 characters'));
    expect(() => text(`00000U${'0'.repeat(27)}`)).toThrow(mistyped('group 2'));
    expect(() => text('é'.repeat(33))).toThrow(mistyped('group 1'));
  });
});
