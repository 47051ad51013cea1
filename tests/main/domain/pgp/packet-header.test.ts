import { expect, test } from 'vitest';
import {
  bigEndian,
  parseHeader,
  parseNewLength,
  upperHex,
  writeNewLength,
  writePacket,
} from '../../../../main/domain/pgp/packet-header.ts';

const whole = (bytes: number) => ({ kind: 'whole', bytes });

test('reads the examples of RFC 9580, section 4.2.1.5', () => {
  expect(parseNewLength(Buffer.from('64', 'hex'))).toEqual({ length: whole(100), size: 1 });
  expect(parseNewLength(Buffer.from('c5fb', 'hex'))).toEqual({ length: whole(1723), size: 2 });
  expect(parseNewLength(Buffer.from('ff000186a0', 'hex'))).toEqual({
    length: whole(100_000),
    size: 5,
  });
  expect(parseNewLength(Buffer.from('ef', 'hex'))).toEqual({
    length: { kind: 'part', bytes: 32_768 },
    size: 1,
  });
});

test('a length is written in its shortest form and read back', () => {
  for (const length of [0, 1, 191, 192, 8383, 8384, 65_535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]) {
    const written = writeNewLength(length);
    expect(written.length).toBe(length < 192 ? 1 : length < 8384 ? 2 : 5);
    expect(parseNewLength(written)).toEqual({ length: whole(length), size: written.length });
  }
});

test('reads old headers with one, two and four octets, and without a length', () => {
  expect(parseHeader(Buffer.from('8405', 'hex'))).toEqual({ tag: 1, length: whole(5), size: 2 });
  expect(parseHeader(Buffer.from('850105', 'hex'))).toEqual({
    tag: 1,
    length: whole(261),
    size: 3,
  });
  expect(parseHeader(Buffer.from('86ffffffff', 'hex'))).toEqual({
    tag: 1,
    length: whole(4_294_967_295),
    size: 5,
  });
  expect(parseHeader(Buffer.from('a3', 'hex'))).toEqual({
    tag: 8,
    length: { kind: 'rest' },
    size: 1,
  });
});

test('answers nothing for bytes that begin no packet, or too few', () => {
  for (const hex of ['', '00', '7f01', 'c1', 'c1c0', 'c1ff000000', '85', '8500', '86000000'])
    expect(parseHeader(Buffer.from(hex, 'hex'))).toBeUndefined();
});

test('a packet is its header and its body', () => {
  expect(upperHex(writePacket(18, Buffer.of(1, 2)))).toBe('D2020102');
  expect(bigEndian(Buffer.of(1, 0, 0, 0, 0))).toBe(2 ** 32);
});
