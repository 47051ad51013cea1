import { describe, expect, test } from 'vitest';
import { EntryType } from '../../../../main/domain/ledger/entry-types.ts';
import {
  decodeEntry,
  encodeEntry,
  MAX_ENTRY_BYTES,
  NO_PREV,
  type Entry,
} from '../../../../main/domain/ledger/entry.ts';
import { checkOpening, makeOpening } from '../../../../main/domain/ledger/opening.ts';
import { failureOf } from '../../../fixtures/failure.ts';

const KEY = 'A'.repeat(40);
const entry: Entry = {
  format: 'valise.entry/1',
  seq: 7,
  at: '2026-05-03T13:03:00Z',
  actor: { fingerprint: KEY, role: 'officer' },
  type: 'dispatched',
  subject: { package: '0190a000-0000-7000-8000-000000000001' },
  detail: { via: 'hand' },
  prev: NO_PREV,
};
const read = (text: string) => failureOf(() => decodeEntry(Buffer.from(text), 7)).code;
const written = (change: object) => failureOf(() => encodeEntry({ ...entry, ...change })).code;

describe('an entry', () => {
  test('is written in its one form, and read again', () => {
    const bytes = encodeEntry(entry);
    expect(Buffer.from(bytes).toString()).toBe(
      `{"actor":{"fingerprint":"${KEY}","role":"officer"},"at":"2026-05-03T13:03:00Z",` +
        `"detail":{"via":"hand"},"format":"valise.entry/1","prev":"${NO_PREV}","seq":7,` +
        `"subject":{"package":"0190a000-0000-7000-8000-000000000001"},"type":"dispatched"}`,
    );
    expect(decodeEntry(bytes, 7)).toEqual(entry);
  });

  test('has at most 4 KiB', () => {
    const recipients = Array.from({ length: 32 }, () => 'B'.repeat(64));
    const frozen = { ...entry, type: 'frozen', detail: { recipients } } as Entry;
    expect(encodeEntry(frozen).length).toBeLessThan(MAX_ENTRY_BYTES);
    const codes = (count: number) => Array.from({ length: count }, () => 'x'.repeat(48));
    const facts = {
      kind: 'release',
      instrument: 'mla',
      countries: Array.from({ length: 60 }, () => 'SN'),
      categories: codes(40),
      offences: codes(20),
      files: 1,
      bytesHeld: 1,
      bytesReleased: 1,
      affected: 1,
      affectedMethod: 'exact',
      risk: 'low',
      deleteBy: '2027-01-01',
      retention: 'destroy',
      recipients: 1,
    };
    const subject = { contact: 'B'.repeat(64), manifest: 'c'.repeat(64), sealed: 'd'.repeat(64) };
    const detail = { facts, reason: 'x'.repeat(48), note: 'e'.repeat(64) };
    expect(written({ type: 'rejected', subject, detail })).toBe('entry-too-large');
  });

  test.each([
    ['a name', { detail: { via: 'hand', name: 'Amina' } }],
    ['free text', { subject: { note: 'late' } }],
    ['a type of its own', { type: 'dispatched', detail: { via: 'pigeon' } }],
    ['a fraction of a second', { at: '2026-05-03T13:03:00.5Z' }],
    ['a day that is none', { at: '2026-02-30T13:03:00Z' }],
    ['a short fingerprint', { actor: { fingerprint: KEY.slice(1), role: 'officer' } }],
    ['a lower-case fingerprint', { actor: { fingerprint: 'a'.repeat(40), role: 'officer' } }],
    ['a role that there is not', { actor: { fingerprint: KEY, role: 'owner' } }],
    ['a digest in capitals', { prev: 'A'.repeat(64) }],
    ['a negative number', { seq: -1 }],
  ])('with %s is not written', (_, change) => {
    expect(written(change)).toBe('document-refused');
  });

  test('that is too large, of another version or type, or not canonical is told apart', () => {
    expect(read(' '.repeat(MAX_ENTRY_BYTES + 1))).toBe('entry-too-large');
    expect(read('{"format":"valise.entry/2"}')).toBe('version-unknown');
    expect(read('{"format":"valise.receipt/1"}')).toBe('document-refused');
    expect(read('{"format":"valise.entry/1","type":"teleported"}')).toBe('entry-type-unknown');
    expect(read('{"format": "valise.entry/1"}')).toBe('not-canonical');
    expect(read('{"format":"valise.entry/1","type":"locked"}')).toBe('document-refused');
    expect(read('')).toBe('not-canonical');
  });

  test('names the member that is wrong', () => {
    const text = Buffer.from(encodeEntry(entry)).toString().replace('"hand"', '"pigeon"');
    const error = failureOf(() => decodeEntry(Buffer.from(text), 7));
    expect(error.message).toContain('Entry 7');
    expect(error.message).toContain('detail.via');
  });

  test('has no type whose detail could carry a name or free text', () => {
    expect(EntryType.options.length).toBeGreaterThan(60);
    expect(EntryType.options.every((type) => /^[a-z]+(?:-[a-z]+)*$/.test(type))).toBe(true);
  });
});

describe('a commitment', () => {
  const random = { bytes: (length: number) => new Uint8Array(length).fill(7) };

  test('is SHA-256 of salt and text', () => {
    const opening = makeOpening('Opération Baobab', random);
    expect(opening).toEqual({
      digest: 'dd8be5db72377cb7938852ef62811c607865632d4497787c4af43a59f104096f',
      salt: '07'.repeat(16),
      value: 'Opération Baobab',
    });
  });

  test('opens to nothing else', () => {
    const opening = makeOpening('Baobab', random);
    expect(checkOpening(opening)).toBe(true);
    expect(checkOpening({ ...opening, value: 'baobab' })).toBe(false);
    expect(checkOpening({ ...opening, salt: '08'.repeat(16) })).toBe(false);
    expect(checkOpening({ ...opening, salt: '07'.repeat(15) })).toBe(false);
    expect(checkOpening({ ...opening, salt: 'ZZ'.repeat(16) })).toBe(false);
    expect(checkOpening({ ...opening, digest: '0'.repeat(64) })).toBe(false);
  });

  test('takes a salt of its own each time', () => {
    const short = { bytes: () => new Uint8Array(8) };
    expect(() => makeOpening('x', short)).toThrow(TypeError);
  });
});
