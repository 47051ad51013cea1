import { encryptSessionKey, readKey } from 'openpgp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../main/domain/errors/index.ts';
import type { NewKey } from '../../main/domain/pgp/engine.ts';
import {
  AT,
  binary,
  fresh,
  noise,
  open,
  own,
  refuses,
  seal,
} from '../interop/pgp-suite/support.ts';
import { processorTime } from '../support/processor-time.ts';
import { encrypted, forged, literal, packet, signed, zip, zlib } from './pgp-forge.ts';

const GOOD = 'the text that was signed';
const EVIL = 'ATTACKER TEXT';

describe('messages that no honest program makes', () => {
  let us: NewKey;
  let them: NewKey;

  beforeAll(async () => {
    us = await fresh('rfc9580');
    them = await fresh('interop', 'Bela Kovacs');
  });

  const reading = () => ({ keys: [us.secret], signers: [them.certificate.bytes] });

  /** Refused with this code, and quickly; answers with what reached the sink. */
  async function refused(code: ErrorCode, sealed: Uint8Array, within = 5000): Promise<string> {
    const start = processorTime();
    let seen = '';
    const sink = (slice: Uint8Array) => void (seen += Buffer.from(slice).toString('latin1'));
    await refuses(code, open(sealed, { ...reading(), options: { sink } }));
    expect(processorTime() - start).toBeLessThan(within);
    return seen;
  }

  test('the honest shape passes, in both versions, compressed or not', async () => {
    const { announcement, signature } = await signed(GOOD, them.secret);
    const parts = [announcement, literal(GOOD), signature];
    for (const version of [1, 2] as const)
      for (const inside of [parts, [zlib(...parts)], [zip(...parts)]]) {
        const { content, message } = await open(await forged(us, inside, version), reading());
        expect(content.toString()).toBe(GOOD);
        expect(message.signer).toBe(them.certificate.facts.fingerprint);
      }
    const padded = [...parts, packet(21, noise(1000))];
    expect((await open(await forged(us, padded, 2), reading())).content.toString()).toBe(GOOD);
  });

  test('text in place of or beside the signed text', async () => {
    const { announcement, signature } = await signed(GOOD, them.secret);
    const shapes: readonly (readonly [ErrorCode, readonly Uint8Array[]])[] = [
      ['bad-signature', [announcement, literal(EVIL), signature]],
      ['message-form', [announcement, literal(GOOD), signature, literal(EVIL)]],
      ['not-signed', [announcement, literal(GOOD), literal(EVIL), signature]],
      ['not-signed', [literal(EVIL), announcement, literal(GOOD), signature]],
      ['not-signed', [literal(EVIL)]],
      ['not-signed', [announcement, literal(EVIL)]],
      ['message-form', [zlib(announcement, literal(GOOD), signature), literal(EVIL)]],
      ['not-signed', [literal(EVIL), zlib(announcement, literal(GOOD), signature)]],
      ['message-form', [zlib(announcement, literal(GOOD), signature), zlib(literal(EVIL))]],
      ['message-form', [announcement, zlib(literal(EVIL)), signature]],
      ['message-form', [signature, literal(GOOD)]],
      ['message-form', [signature, literal(EVIL)]],
    ];
    for (const [code, inside] of shapes)
      for (const version of [1, 2] as const) {
        const seen = await refused(code, await forged(us, inside, version));
        // What was not announced by a signature is never handed on at all.
        if (code === 'not-signed' && inside[0] !== announcement) expect(seen).toBe('');
      }
  });

  test('more or fewer signatures than one', async () => {
    const first = await signed(GOOD, them.secret);
    const second = await signed(GOOD, us.secret);
    const nested = Buffer.from(first.announcement);
    nested[nested.length - 1] = 0;
    const shapes: readonly (readonly [ErrorCode, readonly Uint8Array[]])[] = [
      [
        'too-many-signatures',
        [first.announcement, literal(GOOD), first.signature, second.signature],
      ],
      [
        'too-many-signatures',
        [nested, second.announcement, literal(GOOD), second.signature, first.signature],
      ],
      [
        'too-many-signatures',
        [first.announcement, second.announcement, literal(GOOD), second.signature, first.signature],
      ],
      ['signature-form', [first.announcement, literal(GOOD), second.signature]],
      [
        'too-many-signatures',
        [...Array.from({ length: 2000 }, () => nested), literal(GOOD), first.signature],
      ],
      ['message-form', [first.announcement]],
      ['message-form', []],
    ];
    for (const [code, inside] of shapes) await refused(code, await forged(us, inside));
  });

  test('compression in compression, to any depth', async () => {
    const { announcement, signature } = await signed(GOOD, them.secret);
    let inside = zlib(announcement, literal(GOOD), signature);
    for (let depth = 2; depth <= 64; depth += 1) {
      inside = depth % 2 === 0 ? zip(inside) : zlib(inside);
      if (depth === 2 || depth === 64) await refused('message-form', await forged(us, [inside]));
    }
    const broken = packet(8, Buffer.concat([Buffer.of(2), noise(500)]));
    await refused('message-form', await forged(us, [broken]));
    const cut = zlib(announcement, literal(noise(5000)), signature);
    const half = packet(8, cut.subarray(3, cut.length / 2));
    await refused('message-form', await forged(us, [half]));
  });

  test('encryption in encryption, keys, unknown packets and packets in parts inside', async () => {
    const { announcement, signature } = await signed(GOOD, them.secret);
    const { data } = await encrypted(us, [literal(GOOD)]);
    for (const inside of [
      data,
      us.certificate.bytes,
      packet(63, noise(10)),
      packet(10, Buffer.from('PGP')),
      packet(19, noise(20)),
      noise(50),
    ])
      for (const parts of [
        [inside],
        [announcement, inside, signature],
        [announcement, literal(GOOD), signature, inside],
      ])
        await refuses('message-form', open(await forged(us, parts), reading()));
    const parts = Buffer.concat([Buffer.of(0xc4, 0xe9), noise(512), Buffer.of(0)]);
    await refused('message-form', await forged(us, [parts, literal(GOOD), signature]));
  });

  test('a signature over something else than a text', async () => {
    const certification = Buffer.from(us.certificate.bytes);
    const { announcement } = await signed(GOOD, us.secret);
    const at = certification.indexOf(Buffer.of(0xc2));
    const length = 2 + (certification[at + 1] ?? 0);
    const selfSignature = certification.subarray(at, at + length);
    await refuses(
      'signature-form',
      open(await forged(us, [announcement, literal(GOOD), selfSignature]), {
        keys: [us.secret],
        signers: [us.certificate.bytes],
      }),
    );
  });

  test('thousands of session keys are refused at once, and passwords never asked for', async () => {
    const { sessionKeys, data } = await encrypted(us, [literal(GOOD)]);
    const many = (count: number, one: Uint8Array) => Array.from({ length: count }, () => one);
    await refused('too-many-recipients', Buffer.concat([...many(5000, sessionKeys), data]), 1000);
    await refused('too-many-recipients', Buffer.concat([...many(65, sessionKeys), data]), 1000);
    const argon2 = Buffer.concat([
      Buffer.of(6, 29, 9, 3, 20, 4),
      noise(16),
      Buffer.of(1, 1, 30),
      noise(44),
    ]);
    const skesk = packet(3, argon2);
    await refused('password-protected-message', Buffer.concat([...many(5000, skesk), data]), 1000);
    await refused('password-protected-message', Buffer.concat([sessionKeys, skesk, data]), 1000);
    const salted = packet(3, Buffer.concat([Buffer.of(4, 9, 3, 8), noise(8), Buffer.of(0xff)]));
    await refused('password-protected-message', Buffer.concat([salted, data]), 1000);
  });

  test('the outer form: order, kinds, lengths', async () => {
    const { announcement, signature } = await signed(GOOD, them.secret);
    const { sessionKeys, data } = await encrypted(us, [announcement, literal(GOOD), signature]);
    const body = data.subarray(2);
    const shapes: readonly (readonly [ErrorCode, readonly Uint8Array[]])[] = [
      ['trailing-data', [sessionKeys, data, data]],
      ['trailing-data', [sessionKeys, data, sessionKeys]],
      ['not-for-us', [data]],
      ['message-incomplete', [sessionKeys]],
      ['message-form', [sessionKeys, literal(GOOD)]],
      ['message-form', [sessionKeys, packet(10, Buffer.from('PGP')), data]],
      ['message-form', [sessionKeys, packet(20, body)]],
      ['no-integrity-protection', [sessionKeys, packet(9, body.subarray(1))]],
      ['message-form', [sessionKeys, packet(18, Buffer.concat([Buffer.of(3), body.subarray(1)]))]],
      ['message-form', [packet(1, Buffer.concat([Buffer.of(2), sessionKeys.subarray(3)])), data]],
      ['message-form', [packet(1, noise(9000)), data]],
      ['message-form', [packet(1, Buffer.of(6, 5, 4, 1, 2, 3)), data]],
      ['message-form', [Buffer.of(0xc1, 0xe9), noise(512), Buffer.of(0), data]],
      ['message-form', [sessionKeys, Buffer.of(0xcb), body]],
      ['message-form', [sessionKeys, Buffer.concat([Buffer.of(0x80 | (2 << 2) | 3), body])]],
      ['message-incomplete', [sessionKeys, Buffer.of(0xd2, 0xff, 0xff, 0xff, 0xff, 0xff), body]],
      ['message-incomplete', [Buffer.of(0xc1, 0xff, 0xff, 0xff, 0xff, 0xff), noise(100)]],
      ['message-incomplete', [sessionKeys, Buffer.of(0xd2, 0xfe), body]],
    ];
    for (const [code, parts] of shapes.filter(([, parts]) =>
      parts.every((part) => part.length > 0),
    ))
      await refused(code, Buffer.concat(parts));
    // A definite length of four gigabytes allocates nothing.
    expect(process.memoryUsage().rss).toBeLessThan(600 << 20);
  });

  test('the newer form: chunks too large, other modes, other ciphers, chunks in another order', async () => {
    const { announcement, signature } = await signed(noise(2_500_000), them.secret);
    const { sessionKeys, data } = await encrypted(
      us,
      [announcement, literal(noise(2_500_000)), signature],
      2,
    );
    const body = data.subarray(6);
    const altered = (change: (copy: Buffer) => unknown) => {
      const copy = Buffer.from(body);
      const changed = change(copy);
      return Buffer.concat([sessionKeys, packet(18, changed instanceof Buffer ? changed : copy)]);
    };
    await open(
      altered(() => undefined),
      reading(),
    );
    await refused(
      'message-form',
      altered((copy) => void (copy[3] = 17)),
    );
    await refused(
      'message-form',
      altered((copy) => void (copy[2] = 1)),
    );
    await refused(
      'weak-algorithm',
      altered((copy) => void (copy[1] = 2)),
    );
    await refused(
      'message-damaged',
      altered((copy) => void (copy[1] = 7)),
    );
    await refused(
      'message-damaged',
      altered((copy) => void (copy[3] = 11)),
    );
    const size = (1 << 20) + 16;
    const [head, first, second, rest] = [
      body.subarray(0, 36),
      body.subarray(36, 36 + size),
      body.subarray(36 + size, 36 + 2 * size),
      body.subarray(36 + 2 * size),
    ];
    for (const parts of [
      [head, second, first, rest],
      [head, first, first, second, rest],
      [head, first, rest],
      [head, first, second],
      [head, first, second, rest.subarray(0, -16)],
      [head, first, second, rest.subarray(0, -1)],
      [head, first.subarray(0, -16), second, rest],
      [head],
      [head, rest.subarray(-16)],
    ])
      await refused(
        'message-damaged',
        altered(() => Buffer.concat(parts)),
      );
  });

  test('session keys of one version with data of another, and for other ciphers', async () => {
    const { announcement, signature } = await signed(GOOD, them.secret);
    const inside = [announcement, literal(GOOD), signature];
    const [first, second] = [await encrypted(us, inside, 1), await encrypted(us, inside, 2)];
    await refused('message-form', Buffer.concat([first.sessionKeys, second.data]));
    await refused('message-form', Buffer.concat([second.sessionKeys, first.data]));
    await refused(
      'message-form',
      Buffer.concat([second.sessionKeys, first.sessionKeys, second.data]),
    );
    for (const algorithm of ['twofish', 'tripledes', 'cast5', 'blowfish'] as const) {
      const answer: unknown = await encryptSessionKey({
        data: noise(algorithm === 'twofish' ? 32 : algorithm === 'tripledes' ? 24 : 16),
        algorithm,
        encryptionKeys: (await readKey({ binaryKey: them.certificate.bytes })).toPublic(),
        date: AT,
        format: 'binary',
      });
      const sealed = Buffer.concat([binary(answer), first.data]);
      await refuses('weak-algorithm', open(sealed, { keys: [them.secret], signers: [] }));
    }
  });

  test('a bomb is stopped at the quota with flat memory', async () => {
    const zeros = Buffer.alloc(1 << 20);
    const bomb = await seal({
      content: Array.from({ length: 200 }, () => zeros),
      to: [us],
      by: them,
      compress: true,
    });
    expect(bomb.length).toBeLessThan(1 << 20);
    const before = process.memoryUsage().rss;
    let most = before;
    let seen = 0;
    const sink = (slice: Uint8Array) => {
      seen += slice.length;
      most = Math.max(most, process.memoryUsage().rss);
    };
    const options = { sink, maxRatio: 1_000_000, maxBytes: 150 << 20 };
    await refuses('too-large', open(bomb, { ...reading(), options }));
    expect(seen).toBeLessThanOrEqual(150 << 20);
    expect(most - before).toBeLessThan(150 << 20);
    await refuses('expands-too-much', open(bomb, reading()));
  });

  test('a key that shares its key ID is not taken for the signer', async () => {
    const { announcement, signature } = await signed(GOOD, them.secret);
    const sealed = await forged(us, [announcement, literal(GOOD), signature]);
    const others = [(await own('ed25519')).certificate.bytes, us.certificate.bytes];
    await refuses('unknown-signer', open(sealed, { keys: [us.secret], signers: others }));
    await open(sealed, { keys: [us.secret], signers: [...others, them.certificate.bytes] });
  });
});
