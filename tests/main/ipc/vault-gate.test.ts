import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { VaultGate } from '../../../main/ipc/vault-gate.ts';
import { Works } from '../../../main/ipc/works.ts';
import { FileTokens } from '../../../main/shell/file-tokens.ts';
import type { WireReply } from '../../../main/workers/rpc.ts';

const MEMBER = {
  id: '0190a1b2-0000-7000-8000-000000000000',
  name: 'Amina Diallo',
  email: 'amina@justice.example',
  organisation: 'Ministry of Justice',
  country: 'SN',
  role: 'officer',
  fingerprint: 'A'.repeat(40),
};
const OPENED = { vaultId: MEMBER.id, member: MEMBER, since: '2026-05-03T10:00:00Z' };
const ASKING = { work: undefined, signal: undefined, report: undefined };

type Answer = (name: string, input: unknown) => WireReply | Promise<WireReply>;

/** A gate with an office that answers as told, and everything it did, in order. */
function gateWith(answer: Answer, options: { folder?: string; holds?: boolean } = {}) {
  const did: string[] = [];
  const tokens = new FileTokens();
  const works = new Works();
  let folder = options.folder;
  const gate = new VaultGate({
    host: {
      call: async (name: string, input: unknown) => {
        did.push(name);
        return answer(name, input);
      },
      stop: async () => {
        did.push('stop');
      },
    },
    tokens,
    works,
    publish: (name, payload) => {
      did.push(`${name} ${String((payload as { state?: string }).state)}`);
    },
    remembered: { get: () => folder, set: (given) => (folder = given) },
    usualFolder: '/home/amina/.config/valise/vault',
    holdsVault: () => options.holds ?? true,
    onLocked: () => did.push('glass cleared'),
  });
  return { gate, handlers: gate.handlers(), did, tokens, works, folder: () => folder };
}

const opens: Answer = (name) =>
  name === 'vault.lock' ? { ok: true, value: {} } : { ok: true, value: OPENED };

describe('the state of the vault', () => {
  it('is none where there never was one', () => {
    expect(gateWith(opens).gate.state()).toEqual({ state: 'none' });
  });

  it('is missing when it is not where it was', () => {
    const { gate } = gateWith(opens, { folder: '/media/usb/vault', holds: false });
    expect(gate.state()).toEqual({ state: 'missing', folder: 'vault' });
  });

  it('is locked at the start', () => {
    const { gate } = gateWith(opens, { folder: '/home/amina/vault' });
    expect(gate.state()).toEqual({ state: 'locked', folder: 'vault', reason: 'start' });
  });

  it('is open after unlocking, and names no path', async () => {
    const { gate, handlers } = gateWith(opens, { folder: '/home/amina/vault' });
    await handlers.unlock({ passphrase: 'a passphrase of some length' }, ASKING);
    expect(gate.state()).toEqual({ state: 'open', folder: 'vault', ...OPENED });
    expect(JSON.stringify(gate.state())).not.toContain('/home');
  });

  it.each(['vault-newer', 'header-damaged', 'database-truncated'])(
    'is refused after %s, which no passphrase helps',
    async (code) => {
      const { gate, handlers } = gateWith(
        () => ({ ok: false, failure: { code, message: 'It is so.' } }),
        { folder: '/home/amina/vault' },
      );
      await expect(handlers.unlock({ passphrase: 'x' }, ASKING)).rejects.toThrow('It is so.');
      expect(gate.state()).toMatchObject({ state: 'refused', code });
    },
  );

  it('stays locked after a wrong passphrase', async () => {
    const { gate, handlers } = gateWith(
      () => ({ ok: false, failure: { code: 'wrong-passphrase', message: 'No.' } }),
      { folder: '/home/amina/vault' },
    );
    await expect(handlers.unlock({ passphrase: 'x' }, ASKING)).rejects.toThrow('No.');
    expect(gate.state()).toMatchObject({ state: 'locked' });
  });
});

describe('locking', () => {
  const unlocked = async (answer: Answer = opens) => {
    const all = gateWith(answer, { folder: '/home/amina/vault' });
    await all.handlers.unlock({ passphrase: 'x' }, ASKING);
    all.did.length = 0;
    return all;
  };

  it('tells the window, clears the glass, closes the vault and ends its process, in this order', async () => {
    const { gate, did } = await unlocked();
    await gate.lock('idle');
    expect(did).toEqual(['vault.changed locked', 'glass cleared', 'vault.lock', 'stop']);
    expect(gate.state()).toMatchObject({ state: 'locked', reason: 'idle' });
  });

  it('stops what runs and forgets what was chosen', async () => {
    const { gate, works, tokens } = await unlocked();
    const token = tokens.make('/home/amina/a.csv', 'payload');
    const signal = works.begin('a'.repeat(32));
    await gate.lock('suspend');
    expect(signal.aborted).toBe(true);
    expect(tokens.path(token)).toBeUndefined();
  });

  it('ends the process even when closing fails', async () => {
    const { gate, did } = await unlocked((name) =>
      name === 'vault.lock'
        ? { ok: false, failure: { code: 'office-stopped', message: 'late' } }
        : { ok: true, value: OPENED },
    );
    await gate.lock('suspend');
    expect(did.at(-1)).toBe('stop');
  });

  it('once is enough', async () => {
    const { gate, did } = await unlocked();
    await Promise.all([gate.lock('suspend'), gate.lock('screen')]);
    expect(did.filter((act) => act === 'vault.lock')).toHaveLength(1);
    expect(gate.isOpen).toBe(false);
  });

  it('does not wait for a vault that is only being opened', async () => {
    const { gate, handlers, did } = gateWith(() => new Promise(() => undefined), {
      folder: '/home/amina/vault',
    });
    void handlers.unlock({ passphrase: 'x' }, ASKING);
    await wait(1);
    await gate.lock('suspend');
    expect(did).toEqual(['vault.unlock', 'stop']);
  });

  it('lets it be opened again afterwards', async () => {
    const { gate, handlers } = await unlocked();
    const locked = gate.lock('asked');
    const again = handlers.unlock({ passphrase: 'x' }, ASKING);
    await locked;
    await again;
    expect(gate.isOpen).toBe(true);
  });
});

describe('an office that stopped by itself', () => {
  it('leaves a locked vault behind, and says so', async () => {
    const { gate, handlers, did } = gateWith(opens, { folder: '/home/amina/vault' });
    await handlers.unlock({ passphrase: 'x' }, ASKING);
    gate.officeStopped();
    expect(gate.state()).toMatchObject({ state: 'locked', reason: 'crashed' });
    expect(did).toContain('vault.changed locked');
  });
});

describe('another vault', () => {
  it('is turned to by a token, and the open one is locked first', async () => {
    const { gate, handlers, did, tokens, folder } = gateWith(opens, {
      folder: '/home/amina/vault',
    });
    await handlers.unlock({ passphrase: 'x' }, ASKING);
    did.length = 0;
    const other = { ...tokens.make('/media/usb/other', 'vault'), use: 'vault' as const };
    expect(await handlers.choose({ folder: other }, ASKING)).toMatchObject({ folder: 'other' });
    expect(did).toEqual(['vault.changed locked', 'glass cleared', 'vault.lock', 'stop']);
    expect(gate.isOpen).toBe(false);
    expect(folder()).toBe('/media/usb/other');
  });

  it('is made where nobody says otherwise in the usual place', async () => {
    let asked: unknown;
    const { handlers, folder } = gateWith((_name, input) => {
      asked = input;
      return { ok: true, value: { opened: OPENED, recoveryCode: 'CODE' } };
    });
    const { name, email, organisation, country } = MEMBER;
    const given = { name, email, organisation, country, passphrase: 'a long passphrase' };
    await handlers.create(given, ASKING);
    expect(asked).toEqual({ ...given, folder: '/home/amina/.config/valise/vault' });
    expect(folder()).toBe('/home/amina/.config/valise/vault');
  });
});
