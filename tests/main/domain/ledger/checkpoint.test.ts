import { describe, expect, test } from 'vitest';
import {
  encodeCheckpoint,
  originOf,
  parseCheckpoint,
  type Checkpoint,
} from '../../../../main/domain/ledger/checkpoint.ts';
import { failureOf } from '../../../fixtures/failure.ts';

const checkpoint: Checkpoint = {
  origin: `valise/${'a'.repeat(64)}`,
  size: 12,
  root: '0123456789abcdef'.repeat(4),
  head: 'b'.repeat(64),
  time: '2026-05-03T13:03:00Z',
  keys: 10,
};
const body =
  `valise/${'a'.repeat(64)}\n12\nASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8=\n` +
  `head ${'b'.repeat(64)}\ntime 2026-05-03T13:03:00Z\nkeys 10\n`;

test('a checkpoint is six lines', () => {
  expect(encodeCheckpoint(checkpoint)).toBe(body);
  expect(parseCheckpoint(body)).toEqual(checkpoint);
  const largest = { ...checkpoint, size: Number.MAX_SAFE_INTEGER };
  expect(parseCheckpoint(encodeCheckpoint(largest))).toEqual(largest);
  const first = { ...checkpoint, size: 1, keys: 0 };
  expect(parseCheckpoint(encodeCheckpoint(first))).toEqual(first);
});

test('an origin is the digest of entry 0', () => {
  expect(originOf(Buffer.from('abc'))).toBe(
    'valise/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

describe('a checkpoint is refused', () => {
  test.each<[string, string, string]>([
    ['of no lines', '', 'six lines'],
    ['without its last LF', body.slice(0, -1), 'six lines'],
    ['with a seventh line', `${body}more\n`, 'six lines'],
    ['with an empty line at the end', `${body}\n`, 'six lines'],
    ['with CRLF', body.replaceAll('\n', '\r\n'), 'line 1'],
    ['with a byte order mark', `\ufeff${body}`, 'line 1'],
    ['with another kind of origin', body.replace('valise/', 'sigsum/'), 'line 1'],
    ['with an origin in capitals', body.replace('valise/a', 'valise/A'), 'line 1'],
    ['with a leading zero', body.replace('\n12\n', '\n012\n'), 'line 2'],
    ['with a sign', body.replace('\n12\n', '\n+12\n'), 'line 2'],
    ['with a space', body.replace('\n12\n', '\n12 \n'), 'line 2'],
    ['over nothing', body.replace('\n12\n', '\n0\n'), 'line 2'],
    ['beyond 2^53-1', body.replace('\n12\n', '\n9007199254740992\n'), 'line 2'],
    ['with a long number', body.replace('\n12\n', `\n${'9'.repeat(400)}\n`), 'line 2'],
    ['with an exponent', body.replace('\n12\n', '\n1e1\n'), 'line 2'],
    ['without padding', body.replace('8=\n', '8\n'), 'line 3'],
    ['with unused bits', body.replace('e8=\n', 'e9=\n'), 'line 3'],
    ['in base64url', body.replace('ASNF', '-_NF'), 'line 3'],
    ['with a short root', body.replace('ASNFZ4mr', ''), 'line 3'],
    ['with a hash in capitals', body.replace('head b', 'head B'), 'line 4'],
    ['with two spaces', body.replace('head ', 'head  '), 'line 4'],
    ['with a fraction of a second', body.replace('00Z\n', '00.0Z\n'), 'line 5'],
    ['with another zone', body.replace('00Z\n', '00+00:00\n'), 'line 5'],
    ['with a day that is none', body.replace('05-03', '02-30'), 'line 5'],
    ['with keys beyond its size', body.replace('keys 10', 'keys 12'), 'line 6'],
    ['with keys before the first', body.replace('keys 10', 'keys -1'), 'line 6'],
    ['with lines exchanged', body.replace(/(head .*\n)(time .*\n)/, '$2$1'), 'line 4'],
  ])('%s', (_, text, where) => {
    const error = failureOf(() => parseCheckpoint(text));
    expect(error.code).toBe('checkpoint-malformed');
    expect(error.exit).toBe(4);
    expect(error.message).toContain(where);
  });
});
