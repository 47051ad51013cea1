import { beforeAll, describe, expect, it } from 'vitest';
import { Argon2idKdf } from '../../../../main/adapters/keys/argon2id.ts';
import { HpkeBox } from '../../../../main/adapters/keys/hpke.ts';
import {
  encodeHeader,
  headerDigest,
  headerMac,
  macFits,
  parseHeader,
  type Header,
  type Slot,
} from '../../../../main/domain/vault/header.ts';
import { makeSlot, readSlot, resealKeys, unwrapSlot } from '../../../../main/domain/vault/slots.ts';
import { newId } from '../../../../main/domain/new-id.ts';
import { randomBytes } from 'node:crypto';

const COST = { m: 64 * 1024, t: 3, p: 4 };
const tools = {
  kdf: new Argon2idKdf(COST),
  box: new HpkeBox(),
  random: { bytes: (length: number) => new Uint8Array(randomBytes(length)) },
};
const id = () => newId({ now: () => new Date() }, tools.random);
const vaultId = id();
const secret = new TextEncoder().encode('correct horse battery');
const keys = { v: [new Uint8Array(32).fill(1)], l: [new Uint8Array(32).fill(2)] };
const own = [
  {
    fingerprint: 'A'.repeat(40),
    profile: 'interop' as const,
    createdAt: '2026-01-02T03:04:05Z',
    bytes: new Uint8Array([1, 2, 3]),
    certificate: new Uint8Array([4, 5]),
    revocation: '-----BEGIN PGP PUBLIC KEY BLOCK-----',
  },
];
const refused = (code: string, problem = '') =>
  expect.objectContaining({
    code,
    message: expect.stringContaining(problem) as unknown,
  }) as unknown;

let officer: Slot;
let auditor: Slot;
let header: Header;

beforeAll(async () => {
  const make = (role: 'officer' | 'auditor') =>
    makeSlot(
      {
        vaultId,
        id: id(),
        memberId: id(),
        kind: 'passphrase',
        role,
        secret,
        cost: COST,
        keys,
        own,
      },
      tools,
    );
  officer = await make('officer');
  auditor = await make('auditor');
  header = withMacs([officer, auditor]);
});

function withMacs(slots: Slot[]): Header {
  const body = { format: 'valise.vault/1' as const, vaultId, slots };
  const [l, v] = [keys.l[0]!, keys.v[0]!];
  return { ...body, macs: { l: headerMac(body, 'l', l), v: headerMac(body, 'v', v) } };
}
const parse = (value: unknown) =>
  parseHeader(typeof value === 'string' ? Buffer.from(value) : encodeHeader(value as Header));
const altered = (change: (copy: Record<string, never> & Header) => void) => {
  const copy = structuredClone(header);
  change(copy as never);
  return copy;
};

describe('slots', () => {
  it('open with their passphrase and give what their role may have', async () => {
    const opened = await unwrapSlot(officer, vaultId, secret, tools.kdf);
    const content = await readSlot(officer, vaultId, opened!, tools.box);
    expect(content.keys).toEqual(keys);
    expect(content.own).toEqual(own);
    const auditors = await unwrapSlot(auditor, vaultId, secret, tools.kdf);
    const less = await readSlot(auditor, vaultId, auditors!, tools.box);
    expect(less.keys).toEqual({ v: [], l: keys.l });
    expect(less.own).toEqual(own);
  });

  it('do not open with another passphrase, elsewhere, or with any outer field changed', async () => {
    const fails = async (slot: Slot, vault = vaultId, passphrase = secret) =>
      expect(await unwrapSlot(slot, vault, passphrase, tools.kdf)).toBeUndefined();
    await fails(officer, vaultId, new TextEncoder().encode('correct horse batterz'));
    await fails(officer, id());
    await fails({ ...officer, id: id() });
    await fails({ ...officer, memberId: id() });
    await fails({ ...officer, kind: 'recovery' });
    await fails({ ...officer, pub: auditor.pub });
    await fails({ ...officer, nonce: auditor.nonce });
    await fails({ ...officer, argon2id: { ...officer.argon2id, t: 4 } });
  });

  it('say which part of an opened slot is damaged', async () => {
    const opened = (await unwrapSlot(officer, vaultId, secret, tools.kdf))!;
    const read = (slot: Slot) => readSlot(slot, vaultId, opened, tools.box);
    await expect(read({ ...officer, dek: auditor.dek })).rejects.toEqual(
      refused('slot-damaged', 'dek'),
    );
    await expect(read({ ...officer, own: officer.dek })).rejects.toEqual(
      refused('slot-damaged', 'own'),
    );
    await expect(read({ ...officer, role: 'auditor' })).rejects.toEqual(
      refused('header-altered', 'role'),
    );
  });

  it('take new database keys without a passphrase, two while they change', async () => {
    const next = {
      v: [new Uint8Array(32).fill(3), ...keys.v],
      l: [new Uint8Array(32).fill(4), ...keys.l],
    };
    const renewed = await resealKeys(officer, vaultId, next, tools.box);
    const opened = (await unwrapSlot(renewed, vaultId, secret, tools.kdf))!;
    expect((await readSlot(renewed, vaultId, opened, tools.box)).keys).toEqual(next);
  });
});

describe('parseHeader', () => {
  it('reads what it wrote', () => {
    expect(parseHeader(encodeHeader(header))).toEqual(header);
  });

  it('refuses a newer version before anything else', () => {
    expect(() => parse('{"format":"valise.vault/2","more":1}')).toThrow(refused('vault-newer'));
    expect(() => parse('{"format":"valise.vault/01"}')).toThrow(refused('header-damaged'));
  });

  it('refuses hostile costs and counts, each by its own name', () => {
    const cost = (change: object) =>
      altered((copy) => Object.assign(copy.slots[0]!.argon2id, change));
    expect(() => parse(cost({ m: 65535 }))).toThrow(refused('header-weak-kdf', 'm is 65535'));
    expect(() => parse(cost({ t: 2 }))).toThrow(refused('header-weak-kdf', 't is 2'));
    expect(() => parse(cost({ p: 0 }))).toThrow(refused('header-weak-kdf', 'p is 0'));
    expect(() => parse(cost({ m: 1024 * 1024 + 1 }))).toThrow(refused('header-excessive-kdf'));
    expect(() => parse(cost({ m: 2 ** 40 }))).toThrow(refused('header-excessive-kdf'));
    expect(() => parse(cost({ t: 11 }))).toThrow(refused('header-excessive-kdf'));
    expect(() => parse(cost({ p: 17 }))).toThrow(refused('header-excessive-kdf'));
    const many = altered((copy) => {
      copy.slots = Array.from({ length: 33 }, () => copy.slots[0]!);
    });
    expect(() => parse(many)).toThrow(refused('header-too-many-slots', '33 slots'));
  });

  it('takes the bounds themselves', () => {
    for (const cost of [{}, { m: 1024 * 1024, t: 10, p: 16 }]) {
      const edge = altered((copy) => Object.assign(copy.slots[0]!.argon2id, cost));
      expect(parse(edge).slots[0]!.argon2id).toMatchObject(cost);
    }
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['spaces', '{ "format":"valise.vault/1"}'],
    ['a duplicate key', '{"format":"valise.vault/1","format":"valise.vault/1"}'],
    ['a byte order mark', '\ufeff{}'],
    ['another document', '{"format":"valise.release/1"}'],
    ['a list', '[]'],
    ['deep nesting', '['.repeat(10000) + ']'.repeat(10000)],
    ['a prototype', '{"__proto__":{"format":"valise.vault/1"}}'],
  ])('calls %s damaged', (_, bytes) => {
    expect(() => parse(bytes)).toThrow(refused('header-damaged'));
  });

  it.each<[string, (copy: Header) => unknown]>([
    ['an unknown member', (copy) => Object.assign(copy, { more: 1 })],
    ['an unknown slot member', (copy) => Object.assign(copy.slots[0]!, { more: 1 })],
    ['no slots', (copy) => (copy.slots = [])],
    ['a slot twice', (copy) => copy.slots.push(copy.slots[0]!)],
    ['two roles', (copy) => (copy.slots[1]!.memberId = copy.slots[0]!.memberId)],
    ['a short salt', (copy) => (copy.slots[0]!.argon2id.salt = 'AAAA')],
    ['base64 with loose bits', (copy) => (copy.slots[0]!.nonce = `${'A'.repeat(15)}=`)],
    ['a long mac', (copy) => (copy.macs.l += '0')],
    ['text as a number', (copy) => Object.assign(copy.slots[0]!.argon2id, { m: '65536' })],
  ])('calls %s damaged', (_, change) => {
    expect(() => parse(altered(change))).toThrow(refused('header-damaged'));
  });
});

describe('macs', () => {
  it('cover every slot; the second leaves auditors out, who rewrite theirs without it', () => {
    expect(macFits(header, 'l', keys.l)).toBe(true);
    expect(macFits(header, 'v', keys.v)).toBe(true);
    expect(macFits(header, 'l', keys.v)).toBe(false);
    const promoted = altered((copy) => (copy.slots[1]!.role = 'officer'));
    expect(macFits(promoted, 'l', keys.l)).toBe(false);
    expect(macFits(promoted, 'v', keys.v)).toBe(false);
    const rewritten = altered((copy) => (copy.slots[1]!.dek = copy.slots[0]!.dek));
    expect(macFits(rewritten, 'l', keys.l)).toBe(false);
    expect(macFits(rewritten, 'v', keys.v)).toBe(true);
    const hidden = altered((copy) => (copy.slots[0]!.role = 'auditor'));
    expect(macFits(hidden, 'v', keys.v)).toBe(false);
    expect(headerDigest(hidden)).not.toBe(headerDigest(header));
  });

  it('fit while two keys of a kind are in use', () => {
    expect(macFits(header, 'l', [new Uint8Array(32), ...keys.l])).toBe(true);
    expect(macFits(header, 'l', [])).toBe(false);
  });
});
