import { createHash } from 'node:crypto';
import { config, enums, generateKey, readKey, readPrivateKey } from 'openpgp';
import type { SecretKeyPacket } from 'openpgp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { NewKey } from '../../main/domain/pgp/engine.ts';
import { parseHeader, writePacket } from '../../main/domain/pgp/packet-header.ts';
import { KEYS } from '../fixtures/pgp/keys.ts';
import {
  AT,
  armored,
  binary,
  bytes,
  certificate,
  engine,
  fresh,
  noise,
  refuses,
} from '../interop/pgp-suite/support.ts';
import { processorTime } from '../support/processor-time.ts';

interface Packet {
  readonly tag: number;
  readonly raw: Uint8Array;
}

function packets(whole: Uint8Array): Packet[] {
  const found: Packet[] = [];
  for (let at = 0; at < whole.length;) {
    const header = parseHeader(whole.subarray(at));
    if (header?.length.kind !== 'whole') throw new Error('no packet');
    const end = at + header.size + header.length.bytes;
    found.push({ tag: header.tag, raw: whole.subarray(at, end) });
    at = end;
  }
  return found;
}

const join = (...parts: readonly (Uint8Array | readonly Packet[])[]): Uint8Array =>
  Buffer.concat(
    parts.flatMap((part) => (part instanceof Uint8Array ? [part] : part.map(({ raw }) => raw))),
  );

describe('certificates that no honest program makes', () => {
  let ours: NewKey;
  let other: NewKey;
  let own: Packet[];

  beforeAll(async () => {
    ours = await fresh('interop');
    other = await fresh('interop', 'Bela Kovacs');
    own = packets(ours.certificate.bytes);
  });

  const read = (whole: Uint8Array) => engine.readCertificate(whole, AT);
  const part = (tag: number, of = own): Packet => {
    const found = of.find((each) => each.tag === tag);
    if (!found) throw new Error(String(tag));
    return found;
  };

  test('names and subkeys that the key did not sign are left out', async () => {
    const theirs = packets(other.certificate.bytes);
    const mallory = writePacket(13, bytes('Mallory <mallory@example.org>'));
    const { facts } = await read(join(own.slice(0, 3), mallory, own.slice(3)));
    expect(facts.userIds.map(({ name }) => name)).toEqual(['Amina Diallo']);
    expect(facts.warnings).toEqual(['unsigned-parts-dropped']);

    const borrowed = join(own.slice(0, 2), [part(2)], mallory, [part(2)], own.slice(3));
    expect((await read(borrowed)).facts.userIds).toHaveLength(1);

    const foreign = await read(join(own, theirs.slice(3)));
    expect(foreign.facts.subkeys).toHaveLength(1);
    expect(foreign.bytes).toEqual(ours.certificate.bytes);

    const swapped = await read(join(own.slice(0, 3), [part(14, theirs)], own.slice(4)));
    expect(swapped.facts.subkeys).toEqual([]);
    expect(swapped.facts.refusals).toEqual(['certificate-no-encryption']);
  });

  test('without any signature of its own it is refused', async () => {
    await refuses('certificate-unsigned', read(join([part(6), part(13)])));
    await refuses('certificate-unsigned', read(join([part(6)])));
    const theirs = packets(other.certificate.bytes);
    await refuses('certificate-unsigned', read(join([part(6), part(13), part(2, theirs)])));
    const forged = Buffer.from(ours.certificate.bytes);
    const at = part(6).raw.length + part(13).raw.length + part(2).raw.length - 3;
    forged[at] = (forged[at] ?? 0) ^ 1;
    await refuses('certificate-unsigned', read(forged));
  });

  test('a revocation counts wherever it stands, and only when the key made it', async () => {
    const revoked = await engine.revoke(ours.secret, 'compromised', AT);
    const revocation = packets(revoked.bytes).find(({ tag }) => tag === 2);
    expect(revocation).toBeDefined();
    const [found] = packets(revoked.bytes).slice(1);
    if (!found) throw new Error('no revocation');
    for (let at = 1; at <= own.length; at += 1) {
      const { facts } = await read(join(own.slice(0, at), [found], own.slice(at)));
      expect(facts.refusals).toEqual(['certificate-revoked']);
    }
    const theirs = packets((await engine.revoke(other.secret, 'compromised', AT)).bytes);
    const [, foreign] = theirs;
    if (!foreign) throw new Error('no revocation');
    const { facts } = await read(join(own.slice(0, 1), [foreign], own.slice(1)));
    expect(facts.refusals).toEqual([]);
    expect(facts.warnings).toEqual(['third-party-signatures-dropped']);
  });

  test('a name that was revoked is not shown, and a key with none left is not used', async () => {
    const key = await readPrivateKey({ binaryKey: ours.secret.bytes });
    const [user] = key.users;
    const revoked = await user?.revoke(
      key.keyPacket as SecretKeyPacket,
      { flag: enums.reasonForRevocation.userIDInvalid },
      new Date('2025-01-01T00:00:00Z'),
      config,
    );
    const revocation = revoked?.revocationSignatures[0]?.write();
    if (!revocation) throw new Error('no revocation');
    const whole = join(own.slice(0, 3), writePacket(2, revocation), own.slice(3));
    const { facts } = await read(whole);
    expect(facts.userIds).toEqual([]);
    expect(facts.refusals).toEqual(['certificate-revoked']);
    expect(facts.warnings).toEqual(['cannot-sign', 'no-email', 'no-name']);
    const before = await engine.readCertificate(whole, new Date('2024-06-01T00:00:00Z'));
    expect(before.facts.refusals).toEqual([]);
    expect(before.facts.userIds).toHaveLength(1);
  });

  test('a key of version 6 has to say directly what it is for', async () => {
    const modern = packets((await fresh('rfc9580')).certificate.bytes);
    expect(modern.map(({ tag }) => tag)).toEqual([6, 2, 13, 2, 14, 2]);
    const [primary, , ...rest] = modern;
    if (!primary) throw new Error('no key');
    await refuses('certificate-unsigned', read(join([primary], rest)));
  });

  test('too much of anything is refused, the most that is allowed is not', async () => {
    const user = (index: number) => writePacket(13, bytes(`Name ${index}`));
    const users = (count: number) =>
      Buffer.concat(Array.from({ length: count }, (_, index) => user(index)));
    expect((await read(join(own.slice(0, 3), users(19), own.slice(3)))).facts.userIds).toHaveLength(
      1,
    );
    for (const count of [20, 2000])
      await refuses(
        'certificate-too-large',
        read(join(own.slice(0, 3), users(count), own.slice(3))),
      );

    const subkeys = (count: number) =>
      Buffer.concat(Array.from({ length: count }, () => part(14).raw));
    await read(join(own.slice(0, 3), subkeys(19), own.slice(3)));
    await refuses('certificate-too-large', read(join(own, subkeys(20))));

    const start = processorTime();
    const signatures = (count: number) =>
      Buffer.concat(Array.from({ length: count }, () => part(2).raw));
    await read(join(own.slice(0, 3), signatures(197), own.slice(3)));
    await refuses(
      'certificate-too-large',
      read(join(own.slice(0, 3), signatures(1000), own.slice(3))),
    );
    expect(processorTime() - start).toBeLessThan(2000);

    const theirs = packets(other.certificate.bytes);
    const thirdParty = Buffer.concat(Array.from({ length: 1000 }, () => part(2, theirs).raw));
    const cleaned = await read(join(own.slice(0, 3), thirdParty, own.slice(3)));
    expect(cleaned.bytes).toEqual(ours.certificate.bytes);

    await refuses('certificate-too-large', read(join(own, noise(257 * 1024))));
    await refuses(
      'certificate-too-large',
      read(Buffer.alloc(500 * 1024, '-----BEGIN PGP PUBLIC KEY BLOCK-----\n')),
    );
  });

  test('packets that do not belong there, and lengths that cannot be', async () => {
    await refuses('certificate-damaged', read(join(own, writePacket(11, noise(10)))));
    await refuses('certificate-damaged', read(join(own, writePacket(1, noise(10)))));
    await refuses(
      'certificate-damaged',
      read(join(own, Buffer.of(0xc2, 0xff, 0xff, 0xff, 0xff, 0xff))),
    );
    await refuses('certificate-damaged', read(join(own, Buffer.of(0xcd, 0xe9), noise(600))));
    await refuses('certificate-damaged', read(join(own, Buffer.of(0x00))));
    await refuses('certificate-damaged', read(ours.certificate.bytes.subarray(0, -5)));
    const odd = await read(join(own, writePacket(60, noise(10)), writePacket(12, noise(4))));
    expect(odd.facts.warnings).toEqual(['unknown-parts-dropped']);
    expect(odd.bytes).toEqual(ours.certificate.bytes);
    const photo = await read(
      join(own.slice(0, 3), writePacket(17, noise(3000)), [part(2)], own.slice(3)),
    );
    expect(photo.facts.warnings).toEqual(['user-attributes-dropped']);
    expect(photo.bytes).toEqual(ours.certificate.bytes);
  });

  test('keys of other versions, and a key whose numbers are written in another way', async () => {
    for (const version of [2, 3, 5, 7]) {
      const body = Buffer.from(part(6).raw.subarray(2));
      body[0] = version;
      const params = await refuses(
        'certificate-unsupported',
        read(join(writePacket(6, body), own.slice(1))),
      );
      expect(params['version']).toBe(version);
    }
    const body = Buffer.from(part(6).raw.subarray(2));
    const at = body.length - 35;
    expect(body.readUInt16BE(at)).toBe(263);
    body.writeUInt16BE(264, at);
    await refuses('certificate-damaged', read(join(writePacket(6, body), own.slice(1))));
    await refuses(
      'certificate-damaged',
      read(join(writePacket(6, join(body, Buffer.of(0))), own.slice(1))),
    );
  });

  test('RSA numbers that would take minutes to check are not checked', async () => {
    const mpi = (bits: number) => {
      const number = Buffer.concat([Buffer.alloc(2), noise(Math.ceil(bits / 8))]);
      number.writeUInt16BE(bits);
      number[2] = bits % 8 === 0 ? 0xff : 2 ** (bits % 8) - 1;
      return number;
    };
    const rsaKey = (modulus: number, exponent: number) =>
      Buffer.concat([Buffer.of(4, 0x65, 0x92, 0, 0, 1), mpi(modulus), mpi(exponent)]);
    const claim = (body: Buffer) => {
      const parsed = Buffer.from(
        createHash('sha1')
          .update(Buffer.concat([Buffer.of(0x99, body.length >> 8, body.length), body]))
          .digest(),
      );
      const hashed = Buffer.from([5, 2, 0x65, 0x92, 0, 1]);
      const issuer = Buffer.concat([Buffer.of(9, 16), parsed.subarray(-8)]);
      return writePacket(
        2,
        Buffer.concat([
          Buffer.of(4, 0x13, 1, 8, 0, hashed.length),
          hashed,
          Buffer.of(0, issuer.length),
          issuer,
          Buffer.of(0, 0),
          mpi(2048),
        ]),
      );
    };
    const start = processorTime();
    for (const [modulus, exponent] of [
      [65_528, 65_528],
      [2048, 65_528],
      [8200, 17],
      [2048, 33],
    ] as const) {
      const body = rsaKey(modulus, exponent);
      const whole = join(writePacket(6, body), [part(13)], claim(body));
      await refuses('certificate-damaged', read(whole));
      const { facts } = await read(join(own, writePacket(14, body), [part(2)]));
      expect(facts.warnings).toContain('unknown-parts-dropped');
    }
    const usual = rsaKey(8192, 17);
    await refuses(
      'certificate-unsigned',
      read(join(writePacket(6, usual), [part(13)], claim(usual))),
    );
    expect(processorTime() - start).toBeLessThan(2000);
  });

  test('a part that stands there twice is one part', async () => {
    const twice = await read(join(own, own.slice(1)));
    expect(twice.facts.userIds).toHaveLength(1);
    expect(twice.facts.subkeys).toHaveLength(1);
  });

  test('a part of an unknown algorithm is left out, the rest stays', async () => {
    const subkey = Buffer.from(part(14).raw.subarray(2));
    subkey[5] = 35;
    const { facts, bytes: cleaned } = await read(join(own, writePacket(14, subkey), own.slice(4)));
    expect(facts.warnings).toEqual(['unknown-parts-dropped']);
    expect(cleaned).toEqual(ours.certificate.bytes);
  });

  test('armor is read strictly', async () => {
    const text = engine.armor(ours.certificate.bytes);
    const lines = text.split('\n');
    const attempt = (changed: string) => read(bytes(changed));
    expect((await attempt(text.replaceAll('\n', '\r\n'))).bytes).toEqual(ours.certificate.bytes);
    expect((await attempt(`\uFEFF\n\n${text}\n`)).bytes).toEqual(ours.certificate.bytes);
    const headed = text.replace('\n\n', '\nComment: from the registry\nVersion: 1\n\n');
    expect((await attempt(headed)).bytes).toEqual(ours.certificate.bytes);
    const damaged = [
      `Dear colleague,\n${text}`,
      `${text}\nRegards`,
      text.replace('\n\n', '\n'),
      text.replace('\n\n', '\nno header\n\n'),
      lines.filter((_, index) => index !== 3).join('\n'),
      text.replace(/^=.*$/m, '=AAAA'),
      text.replace('END PGP PUBLIC', 'END PGP PRIVATE'),
      text.replace(lines[2] ?? '', `${lines[2] ?? ''}!`),
      lines.slice(0, -2).join('\n'),
      text.replace(/\n=.*\n/, '\n'),
    ];
    for (const [index, changed] of damaged.entries())
      if (index === damaged.length - 1)
        expect((await attempt(changed)).bytes).toEqual(ours.certificate.bytes);
      else await refuses('armor-damaged', attempt(changed));
    await refuses('certificate-several', attempt(text + text));
    await refuses('secret-key-given', attempt(KEYS.rsa2048.secret));
  });

  test('a key that signs for another: the other certificate keeps only its own', async () => {
    const { privateKey } = await generateKey({
      type: 'ecc',
      userIDs: [{ name: 'Amina Diallo', email: 'amina@example.org' }],
      date: new Date('2024-01-01T00:00:00Z'),
      format: 'object',
    });
    const lookAlike = await read(binary(privateKey.toPublic().write()));
    expect(lookAlike.facts.userIds[0]?.text).toBe(ours.certificate.facts.userIds[0]?.text);
    expect(lookAlike.facts.fingerprint).not.toBe(ours.certificate.facts.fingerprint);
    await refuses(
      'certificate-other',
      engine.mergeCertificate(ours.certificate.bytes, lookAlike.bytes, AT),
    );
  });

  test('merging cannot be used to grow a certificate without end', async () => {
    const extra = (from: number) =>
      Buffer.concat(
        Array.from({ length: 15 }, (_, index) => writePacket(13, bytes(`Name ${from + index}`))),
      );
    const update = join(own.slice(0, 3), extra(0), own.slice(3));
    const merged = await engine.mergeCertificate(ours.certificate.bytes, update, AT);
    expect(merged.bytes).toEqual(ours.certificate.bytes);
    const { bytes: known } = await certificate('certified');
    const again = await engine.mergeCertificate(known, armored('certified'), AT);
    expect(again.bytes).toEqual(known);
    const parsed = await readKey({ binaryKey: again.bytes });
    expect(parsed.users[0]?.otherCertifications).toEqual([]);
  });
});
