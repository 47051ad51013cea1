import { beforeAll, describe, expect, test } from 'vitest';
import { isDomainError } from '../../main/domain/errors/index.ts';
import type { NewKey } from '../../main/domain/pgp/engine.ts';
import { KEYS, PASSPHRASE } from '../fixtures/pgp/keys.ts';
import { MESSAGES } from '../fixtures/pgp/messages.ts';
import {
  AT,
  armored,
  bytes,
  engine,
  fresh,
  noise,
  open,
  own,
  seal,
  stream,
} from '../interop/pgp-suite/support.ts';
import { processorTime } from '../support/processor-time.ts';
import { dice, forged, literal, mutated, signed, zlib } from './pgp-forge.ts';

const ROUNDS = 400;

/** Either answered, or refused with one of our own errors: never anything else, and never slow. */
async function calm(what: string, attempt: () => Promise<unknown>): Promise<boolean> {
  const start = processorTime();
  try {
    await attempt();
    return true;
  } catch (error) {
    if (!isDomainError(error)) throw new Error(`${what}: ${String(error)}`, { cause: error });
    return false;
  } finally {
    expect(processorTime() - start, what).toBeLessThan(2000);
  }
}

describe('whatever the bytes are', () => {
  let us: NewKey;
  let them: NewKey;
  beforeAll(async () => {
    us = await fresh('rfc9580');
    them = await fresh('interop', 'Bela Kovacs');
  });

  test('a message is opened or refused', async () => {
    const reader = {
      keys: [us.secret, (await own('nistp256')).secret],
      signers: [them.certificate.bytes],
    };
    const originals = [
      await seal({ content: noise(300), to: [us], by: them }),
      await seal({ content: noise(300), to: [us], by: them, profile: 'rfc4880', compress: true }),
      await seal({ content: noise(300), to: [us], by: us, profile: 'rfc9580' }),
      ...[MESSAGES.zip, MESSAGES.hidden, MESSAGES.sqPadded].map((text) =>
        Buffer.from(text, 'base64'),
      ),
    ];
    for (const [index, original] of originals.entries()) {
      const roll = dice(index);
      for (let round = 0; round < ROUNDS; round += 1) {
        const changed = mutated(original, roll);
        await calm(`message ${index}, round ${round}`, () =>
          open(changed, { ...reader, chunk: 1 + roll(200) }),
        );
        await calm(`outline ${index}, round ${round}`, () =>
          engine.inspect(stream(changed), changed.length),
        );
      }
    }
  });

  test('what is properly encrypted but wrong inside is refused', async () => {
    const text = noise(200);
    const { announcement, signature } = await signed(text, them.secret);
    const honest = Buffer.concat([announcement, literal(text), signature]);
    const reader = { keys: [us.secret], signers: [them.certificate.bytes] };
    for (const [index, inside] of [honest, Buffer.from(zlib(honest))].entries()) {
      const roll = dice(100 + index);
      let accepted = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const changed = mutated(inside, roll);
        const sealed = await forged(us, [changed], round % 2 === 0 ? 1 : 2);
        const isGood = await calm(`inside ${index}, round ${round}`, async () => {
          const { content } = await open(sealed, reader);
          // Only what is not signed can differ: the literal's name, date and format.
          expect(content.equals(text)).toBe(true);
        });
        if (isGood) accepted += 1;
      }
      expect(accepted).toBeLessThan(ROUNDS / 4);
    }
  });

  test('a certificate is read or refused, and what is read is stable', async () => {
    const originals = [
      us.certificate.bytes,
      them.certificate.bytes,
      (await own('subkeys')).certificate.bytes,
      armored('certified'),
      armored('nistp256'),
    ];
    for (const [index, original] of originals.entries()) {
      const roll = dice(200 + index);
      for (let round = 0; round < ROUNDS; round += 1) {
        const changed = mutated(original, roll);
        await calm(`certificate ${index}, round ${round}`, async () => {
          const read = await engine.readCertificate(changed, AT);
          const again = await engine.readCertificate(read.bytes, AT);
          expect(again.bytes).toEqual(read.bytes);
          expect(again.facts.fingerprint).toBe(read.facts.fingerprint);
          await engine.mergeCertificate(read.bytes, original, AT);
        });
      }
    }
  });

  test('a signature is good or refused, and a secret key imported or refused', async () => {
    const text = noise(100);
    const signature = await engine.sign(text, them.secret, AT);
    const key = bytes(KEYS.ed25519.secret);
    const roll = dice(300);
    for (let round = 0; round < ROUNDS; round += 1) {
      const changed = mutated(bytes(signature), roll);
      await calm(`signature, round ${round}`, () =>
        engine.verify(text, changed, [them.certificate.bytes], AT),
      );
      if (round % 8 === 0)
        await calm(`key, round ${round}`, () =>
          engine.importKey(mutated(key, roll), PASSPHRASE, AT),
        );
      if (round % 4 === 0)
        await calm(`open key, round ${round}`, () =>
          engine.importKey(mutated(us.secret.bytes, roll), undefined, AT),
        );
    }
  });
});
