import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { within } from '../support/in-process.ts';
import { kill, moments, seed } from '../support/killing.ts';
import { KilledOffices, patience, ROUNDS } from './killed-offices.ts';

/**
 * A real process is killed with SIGKILL at a random moment of an act, fifty times for each act.
 * Afterwards the vault opens and verifies, the act is there whole or not at all, what was
 * acknowledged is there, and neither half a file nor plaintext is left.
 */
describe(`entries under way, killed at random moments (VALISE_SEED=${String(seed)})`, () => {
  const offices = new KilledOffices();
  const { place, sender, receiver } = offices;
  const moment = moments();

  beforeAll(() => {
    offices.prepare();
  });
  afterAll(() => {
    place.clean();
  });

  it('in an accept', patience, async () => {
    let milliseconds: number | undefined;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const sealed = await within(sender, async (open) =>
        open.sealing.seal(await offices.draftIn(open, 'small'), { out: place.path('to-accept') }),
      );
      await within(receiver, (open) => open.inbox.take(sealed.path));
      const after = milliseconds === undefined ? undefined : milliseconds * moment();
      const ran = await kill(receiver.env, ['package', 'accept', sealed.id], after);
      milliseconds ??= ran.milliseconds;
      await offices.afterwards(receiver, (open) => {
        const { state } = open.packages.show(sealed.id);
        if (ran.acknowledged) expect(state).toBe('accepted');
        expect(['delivered', 'accepted']).toContain(state);
        const types = open.ledger.show({ package: sealed.id }).map(({ type }) => type);
        expect(types.includes('accepted')).toBe(state === 'accepted');
        expect(types.filter((type) => type === 'receipt-out').length).toBe(
          state === 'accepted' ? 2 : 1,
        );
      });
    }
  });

  it('in a ledger append', patience, async () => {
    let milliseconds: number | undefined;
    let entries = 0;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const reference = `KILLED-${String(round)}`;
      const file = place.json('killed.json', { reference, title: 'x', counterpart: [] });
      const after = milliseconds === undefined ? undefined : milliseconds * moment();
      const ran = await kill(sender.env, ['case', 'new', '--file', file], after);
      milliseconds ??= ran.milliseconds;
      entries = await offices.afterwards(sender, (open) => {
        const there = open.cases.list().some((item) => item.reference === reference);
        if (ran.acknowledged) expect(there).toBe(true);
        const { size } = open.ledger.position();
        expect(size).toBeGreaterThan(entries);
        return size;
      });
    }
  });
});
