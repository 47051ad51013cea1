import { encryptKey, enums, readPrivateKey } from 'openpgp';
import { describe, expect, test } from 'vitest';
import { KEYS, PASSPHRASE } from '../fixtures/pgp/keys.ts';
import { AT, binary, bytes, engine, fresh, refuses } from '../interop/pgp-suite/support.ts';
import { processorTime } from '../support/processor-time.ts';

describe('secret keys that no honest program makes', () => {
  test('a key derivation that asks for a terabyte is refused without taking it', async () => {
    const { secret } = await fresh('interop');
    const protectedKey = await encryptKey({
      privateKey: await readPrivateKey({ binaryKey: secret.bytes }),
      passphrase: 'secret',
      config: { s2kType: enums.s2k.argon2, aeadProtect: true },
    });
    const honest = Buffer.from(binary(protectedKey.write()));
    expect((await engine.importKey(honest, 'secret', AT)).secret.bytes).toEqual(secret.bytes);
    // Argon2: type 4, 16 octets of salt, passes, lanes, then the exponent of the memory in KiB.
    const at = honest.indexOf(Buffer.of(3, 4, 16));
    expect(at).toBeGreaterThan(0);
    for (const exponent of [30, 31, 255, 19]) {
      const greedy = Buffer.from(honest);
      greedy[at + 2] = exponent;
      const start = processorTime();
      await refuses('key-protection-unknown', engine.importKey(greedy, 'secret', AT));
      expect(processorTime() - start).toBeLessThan(1000);
    }
    expect(process.memoryUsage().rss).toBeLessThan(800 << 20);
  });

  test('a secret part that does not belong to its public part', async () => {
    const { secret } = await fresh('interop');
    const other = await fresh('interop', 'Bela Kovacs');
    const key = await readPrivateKey({ binaryKey: secret.bytes });
    const theirs = await readPrivateKey({ binaryKey: other.secret.bytes });
    const taken = theirs.keyPacket as unknown as { privateParams: unknown };
    Object.assign(key.keyPacket, { privateParams: taken.privateParams });
    await refuses('key-damaged', engine.importKey(binary(key.write()), undefined, AT));
  });

  test('several keys, a half one, and a changed octet in a protected one', async () => {
    const two = Buffer.concat([
      (await fresh('interop')).secret.bytes,
      (await fresh('rfc9580')).secret.bytes,
    ]);
    await refuses('certificate-several', engine.importKey(two, undefined, AT));
    const half = (await fresh('interop')).secret.bytes.subarray(0, 60);
    await refuses('certificate-damaged', engine.importKey(half, undefined, AT));
    const armored = KEYS.rsa3072.secret;
    await refuses(
      'armor-damaged',
      engine.importKey(bytes(armored.replace('A', 'B')), PASSPHRASE, AT),
    );
  });
});
