import { describe, expect, it } from 'vitest';
import { argon2id, Argon2idKdf, costFor } from '../../../../main/adapters/keys/argon2id.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('argon2id', () => {
  it('agrees with another implementation on the input of RFC 9106 section 5.3', async () => {
    // The binding takes no associated data, so the RFC's own tag (0d640df5…) is out of its reach.
    // These are the tags of OpenSSL's Argon2id, which gives the RFC's tag with its associated data
    // and secret, without the two.
    const tag = await argon2id(new Uint8Array(32).fill(1), new Uint8Array(16).fill(2), {
      m: 32,
      t: 3,
      p: 4,
    });
    expect(hex(tag)).toBe('03aab965c12001c9d7d0d2de33192c0494b684bb148196d73c1df1acaf6d0c2e');
  });

  it('agrees with it at the cost that a vault asks for', async () => {
    const passphrase = new TextEncoder().encode('correct horse battery staple');
    const salt = Uint8Array.from({ length: 16 }, (_, index) => index);
    const tag = await argon2id(passphrase, salt, { m: 64 * 1024, t: 3, p: 4 });
    expect(hex(tag)).toBe('853b272a44db1421c02962669a55eb0994f3cab385ed1c4c79253eee19bab49e');
  });
});

describe('calibration', () => {
  const floor = { m: 64 * 1024, t: 3, p: 4 };

  it('asks for three to ten passes', () => {
    expect(costFor(floor, 5000)).toEqual(floor);
    expect(costFor(floor, 300)).toEqual(floor);
    expect(costFor(floor, 150)).toEqual({ ...floor, t: 6 });
    expect(costFor(floor, 90)).toEqual({ ...floor, t: 10 });
    expect(costFor(floor, 0.1)).toEqual({ ...floor, t: 10 });
  });

  it('measures this computer, or takes what it is told', async () => {
    const cost = await new Argon2idKdf().calibrate();
    expect(cost).toMatchObject({ m: 64 * 1024, p: 4 });
    expect(cost.t).toBeGreaterThanOrEqual(3);
    expect(cost.t).toBeLessThanOrEqual(10);
    expect(await new Argon2idKdf(floor).calibrate()).toBe(floor);
  });
});
