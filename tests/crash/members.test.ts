import { cpSync, readdirSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeOffice } from '../../main/compose.ts';
import { isDomainError } from '../../main/domain/errors/index.ts';
import type { OpenOffice } from '../../main/services/office.ts';
import { CliOffice, Workplace } from '../support/cli.ts';
import { kill, moments, seed } from '../support/killing.ts';

/**
 * A real process is killed with SIGKILL at a random moment while it takes somebody's keys away.
 * Afterwards the vault opens for who stayed and verifies; the act is there whole or not at all, and
 * the member's old way in says the same as the ledger.
 */
const ROUNDS = 25;
const MINUTES = 60_000;
const PASSPHRASES = {
  approver: 'an approver who remembers this',
  auditor: 'an auditor who remembers this',
} as const;

describe(`killed at random moments (VALISE_SEED=${String(seed)})`, () => {
  const place = new Workplace();
  const office = new CliOffice(place, 'office');
  const moment = moments();
  const ids: Record<string, string> = {};

  beforeAll(() => {
    console.info(`VALISE_SEED=${String(seed)}`);
    office.init();
    office.openCase();
    for (const [role, passphrase] of Object.entries(PASSPHRASES)) {
      const file = place.write(`passphrase-${role}`, passphrase);
      const who = ['--name', role, '--email', `${role}@office.example`];
      const given = ['--role', role, '--new-passphrase-file', file];
      ids[role] = office.ok<{ id: string }>('member', 'add', ...who, ...given).id;
    }
  });
  afterAll(() => {
    place.clean();
  });

  /** The vault and what this computer remembers of it, as they were, in a place of this round. */
  const copied = (round: number) => {
    const vault = place.path(`round-${String(round)}`);
    const state = place.path(`state-${String(round)}`);
    cpSync(office.vault, vault, { recursive: true });
    cpSync(place.path('state'), state, { recursive: true });
    const env = { ...office.env, VALISE_VAULT: vault, XDG_STATE_HOME: state };
    const clear = () => {
      for (const folder of [vault, state]) rmSync(folder, { recursive: true });
    };
    return { vault, state, env, clear };
  };

  /** Opens as this person would; undefined when the passphrase opens nothing. */
  async function openedBy<T>(
    { vault, state }: { vault: string; state: string },
    passphrase: string,
    look: (open: OpenOffice) => Promise<T>,
  ): Promise<T | undefined> {
    const inside = composeOffice({ stateFolder: state, program: 'test' });
    try {
      return await look(await inside.unlock({ folder: vault, passphrase }));
    } catch (error) {
      if (isDomainError(error, 'wrong-passphrase')) return undefined;
      throw error;
    } finally {
      await inside.lock('quit');
    }
  }

  const roleNow = (open: OpenOffice) =>
    open.members.list().find(({ id }) => id === ids['approver'])?.role;

  it.each([
    ['a removal', (id: string) => ['member', 'remove', id], undefined],
    ['a lesser role', (id: string) => ['member', 'role', id, '--role', 'auditor'], 'auditor'],
  ] as const)('in %s', { timeout: 15 * MINUTES }, async (_act, args, after) => {
    const command = args(ids['approver'] ?? '');
    const whole = copied(-1);
    const { milliseconds, acknowledged } = await kill(whole.env, command);
    expect(acknowledged).toBe(true);
    whole.clear();
    const seen = { whole: 0, absent: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      const now = copied(round);
      // The first third is the start of a program, which has touched nothing yet.
      const ran = await kill(now.env, command, milliseconds * (0.3 + 0.7 * moment()));
      const role = await openedBy(now, office.passphrase, async (open) => {
        const verdict = await open.ledger.verify();
        expect(verdict.problems).toEqual([]);
        expect(open.session.readOnly).toBeUndefined();
        expect(open.cases.list()).toHaveLength(1);
        const types = open.ledger.show({}).map(({ type }) => type);
        const decided = types.includes(after === undefined ? 'member-removed' : 'member-role');
        expect(roleNow(open)).toBe(decided ? after : 'approver');
        if (ran.acknowledged) expect(decided).toBe(true);
        seen[decided ? 'whole' : 'absent'] += 1;
        return roleNow(open) ?? 'removed';
      });
      expect(readdirSync(now.vault).filter((name) => /partial|next/.test(name))).toEqual([]);
      const opened = await openedBy(now, PASSPHRASES.approver, async ({ session }) =>
        Promise.resolve({ role: session.member.role, keys: session.keyring.keys.v.length }),
      );
      if (role === 'removed') expect(opened).toBeUndefined();
      else expect(opened).toEqual({ role, keys: role === 'auditor' ? 0 : 1 });
      const looked = await openedBy(
        now,
        PASSPHRASES.auditor,
        async (open) => (await open.ledger.verify()).problems.length,
      );
      expect(looked).toBe(0);
      now.clear();
    }
    console.info(seen);
  });
});
