import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesBelow } from '../support/cli.ts';
import { kill, moments, seed } from '../support/killing.ts';
import { KilledOffices, MARK, patience, ROUNDS } from './killed-offices.ts';

/**
 * A real process is killed with SIGKILL at a random moment of an act, fifty times for each act.
 * Afterwards the vault opens and verifies, the act is there whole or not at all, what was
 * acknowledged is there, and neither half a file nor plaintext is left.
 */
describe(`files under way, killed at random moments (VALISE_SEED=${String(seed)})`, () => {
  const offices = new KilledOffices();
  const { place, sender, receiver } = offices;
  const moment = moments();

  beforeAll(() => {
    offices.prepare();
  });
  afterAll(() => {
    place.clean();
  });

  it('in a seal', patience, async () => {
    const seal = (id: string, out: string) => ['package', 'seal', id, '--out', out];
    const { milliseconds } = await kill(
      sender.env,
      seal(await offices.draft('payload'), place.path('out')),
    );
    let id = await offices.draft('payload');
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `out-${String(round)}`;
      const ran = await kill(sender.env, seal(id, place.path(name)), milliseconds * moment());
      id = await offices.afterwards(sender, async (open) => {
        const { state } = open.packages.show(id);
        if (ran.acknowledged) expect(state).toBe('sealed');
        expect(['assessed', 'sealed']).toContain(state);
        const written = filesBelow(place.folder).filter((file) => file.startsWith(`${name}/`));
        expect(written.length).toBe(state === 'sealed' ? 1 : 0);
        return state === 'sealed' ? offices.draftIn(open, 'payload') : id;
      });
    }
  });

  it('in an extract', patience, async () => {
    const id = await offices.draft('payload');
    const { path } = sender.seal(id, place.path('sent'));
    receiver.ok('inbox', 'add', path);
    const extract = (out: string) => ['package', 'extract', id, '--out', out];
    const { milliseconds } = await kill(receiver.env, extract(place.path('whole')));
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `extracted-${String(round)}`;
      const ran = await kill(receiver.env, extract(place.path(name)), milliseconds * moment());
      await offices.afterwards(receiver, () => {
        const found = filesBelow(place.folder).filter((file) => file.startsWith(`${name}/`));
        if (ran.acknowledged) expect(found.length).toBeGreaterThan(0);
        if (found.length === 0) return;
        const data = readFileSync(place.path(name, id, 'data/payload/data.bin'));
        expect(data.subarray(-MARK.length).toString()).toBe(MARK);
      });
    }
  });
});
