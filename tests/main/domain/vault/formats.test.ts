import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Argon2idKdf } from '../../../../main/adapters/keys/argon2id.ts';
import { HpkeBox } from '../../../../main/adapters/keys/hpke.ts';
import { LockHolder } from '../../../../main/adapters/vault/lock-file.ts';
import { OpenpgpEngine } from '../../../../main/domain/pgp/openpgp-engine.ts';
import { Anchors } from '../../../../main/domain/vault/anchor-port.ts';
import { Attempts } from '../../../../main/domain/vault/attempts.ts';
import { Header, macFits, parseHeader } from '../../../../main/domain/vault/header.ts';
import { recoveryCodeBytes } from '../../../../main/domain/vault/recovery-code.ts';
import { SignedRotation, verifyRotation } from '../../../../main/domain/vault/rotation.ts';
import { readSlot, unwrapSlot } from '../../../../main/domain/vault/slots.ts';

const FORMATS = resolve(import.meta.dirname, '../../../../docs/formats');
const SCHEMAS = {
  vault: Header,
  attempts: Attempts,
  lock: LockHolder,
  anchors: Anchors,
  rotation: SignedRotation,
};
const page = readFileSync(join(FORMATS, 'vault.md'), 'utf8');
const specimen = (name: string) => readFileSync(join(FORMATS, 'specimens', name));
const published = (name: string) =>
  JSON.parse(readFileSync(join(FORMATS, 'schemas', `${name}.schema.json`), 'utf8')) as object;
const kdf = new Argon2idKdf();
const box = new HpkeBox();

describe('the published schemas', () => {
  it.each(Object.entries(SCHEMAS))(
    'of %s is the one that the program checks with',
    (name, schema) => {
      expect(published(name)).toEqual(z.toJSONSchema(schema));
    },
  );

  it.each(['vault', 'rotation'])('accepts the specimen of %s, and nothing more in it', (name) => {
    const check = new Ajv2020({ strict: false, formats: { uuid: true, 'date-time': true } });
    const validate = check.compile(published(name));
    const value = JSON.parse(specimen(`${name}.json`).toString()) as Record<string, unknown>;
    expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...value, more: 1 })).toBe(false);
  });
});

describe('the specimen of vault.json', () => {
  const header = parseHeader(specimen('vault.json'));
  const open = async (secret: Uint8Array, kind: 'passphrase' | 'recovery') => {
    for (const slot of header.slots.filter((candidate) => candidate.kind === kind)) {
      const x25519 = await unwrapSlot(slot, header.vaultId, secret, kdf);
      if (x25519 !== undefined) {
        return { slot, content: await readSlot(slot, header.vaultId, x25519, box) };
      }
    }
    throw new Error('the page gives a wrong secret');
  };
  const secretOf = (pattern: RegExp) => pattern.exec(page)![1]!;

  it('opens with the passphrases and the code that the page gives', async () => {
    const officer = secretOf(/`([^`]+)` \(an officer\)/);
    const auditor = secretOf(/`([^`]+)` \(an auditor\)/);
    const code = secretOf(/recovery code is `([^`]+)`/);
    const first = await open(Buffer.from(officer), 'passphrase');
    expect(first.slot.role).toBe('officer');
    expect(first.content.keys.v).toEqual([new Uint8Array(32).fill(1)]);
    expect(first.content.keys.l).toEqual([new Uint8Array(32).fill(2)]);
    const second = await open(recoveryCodeBytes(code), 'recovery');
    expect(second.content).toEqual(first.content);
    const third = await open(Buffer.from(auditor), 'passphrase');
    expect(third.slot.role).toBe('auditor');
    expect(third.content.keys.v).toEqual([]);
    expect(macFits(header, 'l', first.content.keys.l)).toBe(true);
    expect(macFits(header, 'v', first.content.keys.v)).toBe(true);
  });
});

describe('the specimen of a rotation', () => {
  it('is signed by both keys', async () => {
    const engine = new OpenpgpEngine();
    const at = new Date('2026-05-04T00:00:00Z');
    const read = async (name: string) => (await engine.readCertificate(specimen(name), at)).bytes;
    const certificates = {
      from: await read('rotation-from.asc'),
      to: await read('rotation-to.asc'),
    };
    const statement = await verifyRotation(specimen('rotation.json'), certificates, engine);
    expect(statement.format).toBe('valise.rotation/1');
  });
});

describe('the examples on the page', () => {
  it('are what the program reads, but for the digits that were left out', () => {
    const examples = [...page.matchAll(/```json\n(.+?)\n```/gs)].map(
      ([, text]) =>
        JSON.parse(
          text!
            .replace(/[0-9a-f]{2}…/g, (start) => start.slice(0, 2).repeat(32))
            .replace('… ', ' '),
        ) as unknown,
    );
    const schemas = [Attempts, LockHolder, Anchors];
    expect(examples).toHaveLength(schemas.length);
    schemas.forEach((schema, index) => {
      expect(schema.safeParse(examples[index]).error?.message).toBeUndefined();
    });
  });
});
