import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../../main/domain/digest.ts';
import {
  der,
  derOid,
  NotDer,
  oidOf,
  partsOf,
  readDer,
  TAG,
} from '../../../../main/domain/timestamps/der.ts';
import {
  nonceText,
  readTimeStamp,
  timeStampRequest,
} from '../../../../main/domain/timestamps/timestamp.ts';
import { Tsa } from '../../../support/tsa.ts';

const tsa = new Tsa();
const ecdsa = new Tsa('ec:P-256');
afterAll(() => {
  tsa.end();
  ecdsa.end();
});

const digest = sha256Hex(Buffer.from('the body of a checkpoint'));
const nonce = Uint8Array.from([0x00, 0x80, ...randomBytes(14)]);
const request = timeStampRequest(digest, nonce);
const refusal = (problem: string) =>
  expect.objectContaining({
    code: 'timestamp-refused',
    message: expect.stringContaining(problem) as unknown,
  }) as Error;

describe('a request', () => {
  it('is what openssl reads', () => {
    const text = tsa.describe(request);
    expect(text).toContain('Hash Algorithm: sha256');
    expect(text).toContain('Certificate required: yes');
    expect(text).toContain(`Nonce: 0x${nonceText(nonce).replace(/^00/, '').toUpperCase()}`);
    expect(text.replaceAll(/[^0-9a-f]/g, '')).toContain(digest.slice(0, 32));
  });
});

describe('a response', () => {
  it.each([
    ['by an RSA key', tsa, 'tsa_good'],
    ['with SHA-512 and a fraction of a second', tsa, 'tsa_sha512'],
    ['by an elliptic curve', ecdsa, 'tsa_good'],
  ] as const)('%s is read as openssl verifies it', (_, authority, section) => {
    const response = authority.reply(request, section);
    expect(authority.accepts(request, response)).toBe(true);
    const stamp = readTimeStamp(response);
    expect(stamp).toMatchObject({ digest, nonce: nonceText(nonce) });
    expect(stamp.authority).toContain('CN=tsa');
    expect(Math.abs(Date.parse(stamp.at) - Date.now())).toBeLessThan(60_000);
  });

  it('that the authority did not grant is refused in its words', () => {
    const response = tsa.reply(request, 'tsa_refusing');
    expect(() => readTimeStamp(response)).toThrow(refusal('did not grant it (status 2)'));
  });

  it('that is signed over SHA-1 does not count', () => {
    const response = tsa.reply(request, 'tsa_sha1');
    expect(() => readTimeStamp(response)).toThrow(refusal('a hash that does not count'));
  });

  it('with any byte of its token changed is refused, or says the same', () => {
    const response = tsa.reply(request);
    const good = readTimeStamp(response);
    for (let at = 0; at < response.length; at += 1) {
      const changed = Uint8Array.from(response);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      let stamp: unknown;
      try {
        stamp = readTimeStamp(changed);
      } catch (error) {
        expect(error).toEqual(refusal(''));
        continue;
      }
      expect(stamp).toMatchObject({ digest: good.digest, nonce: good.nonce, at: good.at });
    }
  });

  it.each([
    ['nothing', ''],
    ['a cut off one', '3003020100'.slice(0, 8)],
    ['a length in another spelling', '308103020100'],
    ['an endless length', '30800201000000'],
    ['something after the end', '3003020100ff'],
    ['text', Buffer.from('<html>').toString('hex')],
  ])('%s is refused', (_, hex) => {
    expect(() => readTimeStamp(Buffer.from(hex, 'hex'))).toThrow(refusal(''));
  });

  it('cut off at any length is refused', () => {
    const response = tsa.reply(request);
    for (let length = 0; length < response.length; length += 7)
      expect(() => readTimeStamp(response.subarray(0, length))).toThrow(refusal(''));
  });
});

describe('DER', () => {
  it('writes what it reads', () => {
    for (const oid of ['2.16.840.1.101.3.4.2.1', '1.2.840.113549.1.7.2', '0.9.1', '2.999.3'])
      expect(oidOf(readDer(derOid(oid)))).toBe(oid);
    for (const size of [0, 1, 127, 128, 255, 256, 65_536]) {
      const value = readDer(der(TAG.octets, new Uint8Array(size)));
      expect(value.content).toHaveLength(size);
    }
  });

  it('has no values inside a plain one', () => {
    expect(() => partsOf(readDer(der(TAG.octets, Uint8Array.of(5, 0))))).toThrow(NotDer);
  });
});
