import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decrypt, readMessage, readPrivateKey } from 'openpgp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../main/adapters/sqlcipher/database.ts';
import { AUDITOR_MAY_APPEND } from '../../main/domain/ledger/entry-types.ts';
import { encodeHeader, headerDigest, macFits } from '../../main/domain/vault/header.ts';
import { sealHeader } from '../../main/domain/vault/keyring.ts';
import { ownKey } from '../../main/domain/vault/own-keys.ts';
import { makeSlot } from '../../main/domain/vault/slots.ts';
import { composeOffice } from '../../main/compose.ts';
import { secretParts } from '../e2e/support/vault-keys.ts';
import {
  acquainted,
  CliOffice,
  filesBelow,
  releaseFor,
  runCli,
  Workplace,
} from '../support/cli.ts';
import { box, headerOf, kdf, openSlot, type OpenedSlot } from '../support/open-slot.ts';

/**
 * Several people with one vault, from outside: with the real command line, the real SQLCipher and
 * whatever somebody who holds keys can do to the files by hand.
 */
/** Each command derives its key anew, on purpose slowly. */
const MANY_COMMANDS = { timeout: 15 * 60_000 };
const place = new Workplace();
const office = new CliOffice(place, 'office');
const other = new CliOffice(place, 'other');
const PEOPLE = {
  bea: { role: 'officer', passphrase: 'Bea keeps four words here' },
  approver: { role: 'approver', passphrase: 'an approver of four words' },
  auditor: { role: 'auditor', passphrase: 'an auditor of four words' },
} as const;
type Name = keyof typeof PEOPLE;
const ids = {} as Record<Name, string>;
const slots = {} as Record<Name | 'office', OpenedSlot>;
let recoveryOfBea = '';
let packageId = '';
let sealed = '';

const passphraseOf = (name: Name | 'office') =>
  name === 'office' ? office.passphrase : PEOPLE[name].passphrase;
/** One command as one of the people. */
const as = (name: Name | 'office', ...args: string[]) =>
  runCli<{ error?: { code: string }; [key: string]: unknown }>(args, {
    ...office.env,
    VALISE_PASSPHRASE: passphraseOf(name),
  });
const okAs = (name: Name | 'office', ...args: string[]) => {
  const ran = as(name, ...args);
  expect(ran, `${name}: ${args.join(' ')}`).toMatchObject({ code: 0 });
  return ran.json;
};
const digestOf = (name: string) =>
  createHash('sha256')
    .update(readFileSync(join(office.vault, name)))
    .digest('hex');
/** A copy of a file of the vault with its log, for a try that must not touch the vault. */
const copied = (file: string): string => {
  const folder = place.path('copies');
  rmSync(folder, { recursive: true, force: true });
  cpSync(office.vault, folder, { recursive: true });
  return join(folder, file);
};
const opens = (file: string, key: Uint8Array): boolean => {
  const path = copied(file);
  try {
    openDatabase(path, Uint8Array.from(key)).close();
    return true;
  } catch (error) {
    expect(String(error)).toContain('not a database');
    return false;
  }
};
/** Whether OpenPGP opens the sealed file with this secret key, or with these bytes as session key. */
const decrypts = async (given: { secret?: Uint8Array; session?: Uint8Array }) => {
  const message = await readMessage({ binaryMessage: new Uint8Array(readFileSync(sealed)) });
  const keys =
    given.secret === undefined
      ? { sessionKeys: { data: given.session!, algorithm: 'aes256' } }
      : { decryptionKeys: await readPrivateKey({ binaryKey: given.secret }) };
  try {
    await decrypt({ message, format: 'binary', ...keys } as Parameters<typeof decrypt>[0]);
    return true;
  } catch {
    return false;
  }
};
/** The parts of a header that this X25519 secret opens. */
const openedParts = async (folder: string, x25519: Uint8Array) => {
  const { vaultId, slots: all } = headerOf(folder);
  const parts: string[] = [];
  for (const slot of all)
    for (const part of ['dek', 'own'] as const) {
      const info = new TextEncoder().encode(`valise.vault/1 ${part} ${vaultId} ${slot.id}`);
      const opened = await box.open(x25519, info, Buffer.from(slot[part], 'base64'));
      if (opened !== undefined) parts.push(`${part} of ${slot.memberId} ${slot.kind}`);
    }
  return parts;
};

beforeAll(async () => {
  office.init();
  other.init();
  acquainted(place, office, other);
  for (const name of Object.keys(PEOPLE) as Name[]) {
    const { role, passphrase } = PEOPLE[name];
    const file = place.write(`passphrase-${name}`, passphrase);
    const who = ['--name', name, '--email', `${name}@office.example`];
    const given = ['--role', role, '--new-passphrase-file', file];
    ids[name] = office.ok<{ id: string }>('member', 'add', ...who, ...given).id;
  }
  recoveryOfBea = String(okAs('bea', 'recovery', 'renew')['recoveryCode']);
  place.write('payload/a.txt', 'for nobody else');
  packageId = office.draft([other.fingerprint], [place.path('payload')]);
  sealed = office.seal(packageId, place.path('out')).path;
  for (const name of ['office', 'bea', 'approver', 'auditor'] as const)
    slots[name] = await openSlot(office.vault, passphraseOf(name));
});
afterAll(() => {
  place.clean();
});

describe('an auditor’s passphrase opens the ledger and nothing else', () => {
  const keysOfAuditor = async () => {
    const { keys, own, x25519 } = slots.auditor;
    const parts = (await Promise.all(own.map(({ bytes }) => secretParts(bytes)))).flat();
    return { keys, own, all: [x25519, ...keys.l, ...parts.map(([, bytes]) => bytes)] };
  };

  it('no key of the slot opens vault.db; its own one opens ledger.db', async () => {
    const { keys, all } = await keysOfAuditor();
    expect(keys.v).toEqual([]);
    expect(all.length).toBeGreaterThan(3);
    for (const key of all) expect(opens('vault.db', key.slice(-32))).toBe(false);
    expect(opens('ledger.db', keys.l[0]!)).toBe(true);
    expect(opens('vault.db', slots.office.keys.v[0]!)).toBe(true);
  });

  it('no key of the slot opens a sealed file, as a secret key or as a session key', async () => {
    const { own, all } = await keysOfAuditor();
    for (const { bytes } of own) expect(await decrypts({ secret: bytes })).toBe(false);
    for (const session of all) expect(await decrypts({ session: session.slice(-32) })).toBe(false);
    expect(await decrypts({ secret: slots.office.own[0]!.bytes })).toBe(true);
  });

  it('nor any part of another slot', async () => {
    expect(await openedParts(office.vault, slots.auditor.x25519)).toEqual([
      `dek of ${ids.auditor} passphrase`,
      `own of ${ids.auditor} passphrase`,
    ]);
  });

  it('no command gives more: exit 3, not-allowed, and nothing is changed', MANY_COMMANDS, () => {
    const before = { vault: digestOf('vault.db'), sealed: filesBelow(office.vault) };
    const size = () => (okAs('auditor', 'status')['ledger'] as { size: number }).size;
    const file = place.json('release.json', releaseFor([other.fingerprint]));
    const caseFile = place.json('case.json', { reference: 'X', title: 'x', counterpart: [] });
    const channel = place.json('channel.json', { name: 'x', kind: 'folder', path: place.folder });
    const secret = place.write('passphrase-new', 'a passphrase for somebody');
    const out = place.path('nowhere');
    const commands = [
      ['package', 'list'],
      ['package', 'show', packageId],
      ['package', 'new', '--case', 'CASE-1', '--file', file, place.path('payload')],
      ['package', 'edit', packageId, '--file', file],
      ['package', 'discard', packageId],
      ['package', 'check', packageId],
      ['package', 'seal', packageId, '--out', out],
      ['package', 'send', packageId, '--channel', 'x'],
      ['package', 'sent', packageId, '--by', 'courier'],
      ['package', 'extract', packageId, '--out', out],
      ['package', 'accept', packageId],
      ['package', 'reject', packageId, '--reason', 'other'],
      ['package', 'destroy', packageId],
      ['contact', 'list'],
      ['contact', 'show', other.fingerprint],
      ['contact', 'add', place.path('other.asc')],
      ['contact', 'update', place.path('other.asc')],
      ['contact', 'verify', other.fingerprint, '--method', 'in-person'],
      ['contact', 'block', other.fingerprint, '--reason', 'x'],
      ['contact', 'except', other.fingerprint, '--reason', 'x'],
      ['inbox', 'list'],
      ['inbox', 'add', sealed],
      ['inbox', 'retry', packageId],
      ['case', 'list'],
      ['case', 'show', 'CASE-1'],
      ['case', 'new', '--file', caseFile],
      ['case', 'close', 'CASE-1'],
      ['exchange'],
      ['channel', 'list'],
      ['channel', 'add', '--file', channel],
      ['channel', 'test', 'x'],
      ['channel', 'remove', 'x'],
      ['queue', 'list'],
      ['member', 'add', '--role', 'officer', '--name', 'x', '--email', 'x@y.example'].concat([
        '--new-passphrase-file',
        secret,
      ]),
      ['member', 'role', ids.auditor, '--role', 'officer'],
      ['member', 'remove', ids.bea],
      ['member', 'renew-key', ids.bea, '--new-passphrase-file', secret],
      ['key', 'rotate'],
      ['recovery', 'renew'],
    ];
    for (const command of commands) {
      const { code, json } = as('auditor', ...command);
      const said = { command: command.join(' '), code, error: json.error?.code };
      expect(said).toEqual({ ...said, code: 3, error: 'not-allowed' });
    }
    expect(size()).toBeGreaterThan(commands.length);
    const entries = okAs('auditor', 'ledger', 'show', '--limit', '1000')['entries'] as {
      type: string;
      actor: { role: string };
    }[];
    const theirs = entries.filter(({ actor }) => actor.role === 'auditor');
    expect(theirs.length).toBeGreaterThan(commands.length);
    for (const { type } of theirs) expect(AUDITOR_MAY_APPEND).toContain(type);
    expect({ vault: digestOf('vault.db'), sealed: filesBelow(office.vault) }).toEqual(before);
    expect(readdirSync(place.folder)).not.toContain('nowhere');
    expect(okAs('auditor', 'ledger', 'verify')['verified']).toBe(true);
  });
});

describe('an approver reads, and approves at most', () => {
  it.each([
    [3, ['contact', 'verify', '{other}', '--method', 'in-person']],
    [3, ['package', 'extract', '{package}', '--out', 'nowhere']],
    [3, ['member', 'remove', '{bea}']],
    [0, ['package', 'show', '{package}']],
    [0, ['contact', 'list']],
  ] as const)('exit %i: %j', (code, command) => {
    const names: Record<string, string> = {
      '{other}': other.fingerprint,
      '{package}': packageId,
      '{bea}': ids.bea,
    };
    expect(as('approver', ...command.map((word) => names[word] ?? word)).code).toBe(code);
  });
});

describe('one person’s key is used by nobody else who holds the vault’s keys', () => {
  it('an officer opens no part of another’s slot, with any key', async () => {
    const { x25519, keys } = slots.bea;
    const own = (await Promise.all(slots.bea.own.map(({ bytes }) => secretParts(bytes)))).flat();
    const mine = ['passphrase', 'recovery'].flatMap((kind) =>
      ['dek', 'own'].map((part) => `${part} of ${ids.bea} ${kind}`),
    );
    expect(keys.v[0]).toEqual(slots.office.keys.v[0]);
    for (const key of [x25519, ...keys.v, ...keys.l, ...own.map(([, bytes]) => bytes)])
      for (const part of await openedParts(office.vault, key.slice(-32)))
        expect(mine).toContain(part);
  });

  it('an officer opens no package that was sealed by and for others', async () => {
    expect(await decrypts({ secret: slots.bea.own[0]!.bytes })).toBe(false);
    expect(
      as('bea', 'package', 'extract', packageId, '--out', place.path('bea')),
    ).not.toMatchObject({ code: 0 });
  });

  it('a slot that an officer makes in another’s name can append nothing', async () => {
    const vault = place.path('forged');
    cpSync(office.vault, vault, { recursive: true });
    const header = headerOf(vault);
    const { tools } = composeOffice();
    const identity = { name: 'Officer office', email: 'office@office.example' };
    const at = tools.clock.now();
    const key = await tools.engine.makeKey({ ...identity, profile: 'interop', at });
    const victim = slots.office.slot;
    const passphrase = 'a passphrase of the forger';
    const forged = await makeSlot(
      {
        vaultId: header.vaultId,
        id: victim.id,
        memberId: victim.memberId,
        kind: 'passphrase',
        role: 'officer',
        secret: new TextEncoder().encode(passphrase),
        cost: { m: 64 * 1024, t: 3, p: 4 },
        keys: slots.bea.keys,
        own: [ownKey(key, at)],
      },
      { kdf, box, random: tools.random },
    );
    const others = header.slots.filter(({ id }) => id !== victim.id);
    const made = sealHeader(header.vaultId, [...others, forged], slots.bea.keys, header.macs.v);
    writeFileSync(join(vault, 'vault.json'), encodeHeader(made));
    const env = { ...office.env, VALISE_VAULT: vault };
    const forger = runCli<{ readOnly?: { code: string } }>(['status'], {
      ...env,
      VALISE_PASSPHRASE: passphrase,
    });
    expect(forger.json.readOnly).toMatchObject({ code: 'header-older', where: 'header' });
    // Nor can the forger have the ledger say that this header is the one in force.
    const inside = composeOffice({ stateFolder: place.path('forger-state'), program: 'test' });
    cpSync(join(office.vault, 'vault.json'), join(vault, 'vault.json'));
    const open = await inside.unlock({ folder: vault, passphrase: passphraseOf('bea') });
    const detail = { member: victim.memberId, header: headerDigest(made) };
    await expect(
      open.session.journal.commit({ acts: [{ type: 'passphrase-changed', detail }] }),
    ).rejects.toMatchObject({ code: 'ledger-not-authorised' });
    await inside.lock('quit');
  });
});

describe('who was removed', () => {
  beforeAll(() => {
    cpSync(office.vault, place.path('old copy'), { recursive: true });
    office.ok('member', 'remove', ids.bea);
  });

  it('opens nothing of the new state with the passphrase or the recovery code', () => {
    expect(as('bea', 'status')).toMatchObject({
      code: 3,
      json: { error: { code: 'wrong-passphrase' } },
    });
    const code = place.write('code-bea', recoveryOfBea);
    const next = place.write('passphrase-next', 'another passphrase of Bea');
    const recovery = ['recovery', 'use', '--code-file', code, '--new-passphrase-file', next];
    expect(as('bea', ...recovery)).toMatchObject({
      code: 3,
      json: { error: { code: 'wrong-recovery-code' } },
    });
  });

  it('opens nothing of the new state with any key of before', async () => {
    const { keys, x25519 } = slots.bea;
    for (const key of [...keys.v, ...keys.l, x25519])
      for (const file of ['vault.db', 'ledger.db']) expect(opens(file, key)).toBe(false);
    expect(await openedParts(office.vault, x25519)).toEqual([]);
    const header = headerOf(office.vault);
    expect(macFits(header, 'l', keys.l)).toBe(false);
    expect(macFits(header, 'v', keys.v)).toBe(false);
    expect(header.slots.some(({ memberId }) => memberId === ids.bea)).toBe(false);
  });

  it('does not come back with the old vault.json', () => {
    const vault = place.path('mixed');
    cpSync(office.vault, vault, { recursive: true });
    cpSync(join(place.path('old copy'), 'vault.json'), join(vault, 'vault.json'));
    const env = { ...office.env, VALISE_VAULT: vault, VALISE_PASSPHRASE: passphraseOf('bea') };
    const ran = runCli<{ error?: { code: string } }>(['status'], env);
    expect(ran.code).not.toBe(0);
    expect(ran.json.error?.code).toMatch(/^database-/);
  });

  it('still opens an old copy: the past cannot be taken back', () => {
    const env = {
      ...office.env,
      VALISE_VAULT: place.path('old copy'),
      VALISE_PASSPHRASE: passphraseOf('bea'),
      XDG_STATE_HOME: place.path('another computer'),
    };
    expect(runCli(['status'], env).code).toBe(0);
  });

  it('was removed without anybody else’s passphrase', () => {
    for (const name of ['office', 'approver', 'auditor'] as const)
      expect(okAs(name, 'ledger', 'verify')['verified']).toBe(true);
    const left = okAs('office', 'member', 'list')['items'] as { id: string }[];
    expect(left.map(({ id }) => id)).not.toContain(ids.bea);
    expect(left).toHaveLength(3);
  });
});
