import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenOffice } from '../../main/services/office.ts';
import { acquainted, CliOffice, filesBelow, releaseFor, Workplace } from '../support/cli.ts';
import { within } from '../support/in-process.ts';
import { kill, moments, seed } from '../support/killing.ts';

/**
 * A real process is killed with SIGKILL at a random moment of an act, fifty times for each act.
 * Afterwards the vault opens and verifies, the act is there whole or not at all, what was
 * acknowledged is there, and neither half a file nor plaintext is left.
 */
const ROUNDS = 50;
const MARK = 'CRASH-PLAINTEXT-MARK';
const MINUTES = 60_000;
describe(`killed at random moments (VALISE_SEED=${String(seed)})`, () => {
  const place = new Workplace();
  const sender = new CliOffice(place, 'sender');
  const receiver = new CliOffice(place, 'receiver');
  const moment = moments();

  beforeAll(() => {
    console.info(`VALISE_SEED=${String(seed)}`);
    sender.init();
    receiver.init();
    acquainted(place, sender, receiver);
    place.write(
      'payload/data.bin',
      Buffer.concat([Buffer.from(MARK), randomBytes(24 << 20), Buffer.from(MARK)]),
    );
    place.write('small/a.txt', 'small');
  });
  afterAll(() => {
    place.clean();
  });

  /** Opens the vault as the next person would, verifies it, and looks at what the act left. */
  async function afterwards<T>(
    office: CliOffice,
    look: (open: OpenOffice) => Promise<T> | T,
  ): Promise<T> {
    return within(office, async (open) => {
      const files = filesBelow(place.folder);
      expect(files.filter((file) => file.includes('.partial'))).toEqual([]);
      for (const file of files.filter((name) => name.startsWith('vault-')))
        expect(readFileSync(place.path(file)).includes(MARK), file).toBe(false);
      const verdict = await open.ledger.verify();
      expect(verdict.problems).toEqual([]);
      return look(open);
    });
  }

  const draftIn = async (open: OpenOffice, folder: string) =>
    (await open.drafts.make('CASE-1', releaseFor([receiver.fingerprint]), [place.path(folder)])).id;
  const draft = (folder: string) => within(sender, (open) => draftIn(open, folder));

  it('in a seal', { timeout: 15 * MINUTES }, async () => {
    const seal = (id: string, out: string) => ['package', 'seal', id, '--out', out];
    const { milliseconds } = await kill(
      sender.env,
      seal(await draft('payload'), place.path('out')),
    );
    let id = await draft('payload');
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `out-${String(round)}`;
      const ran = await kill(sender.env, seal(id, place.path(name)), milliseconds * moment());
      id = await afterwards(sender, async (open) => {
        const { state } = open.packages.show(id);
        if (ran.acknowledged) expect(state).toBe('sealed');
        expect(['assessed', 'sealed']).toContain(state);
        const written = filesBelow(place.folder).filter((file) => file.startsWith(`${name}/`));
        expect(written.length).toBe(state === 'sealed' ? 1 : 0);
        return state === 'sealed' ? draftIn(open, 'payload') : id;
      });
    }
  });

  it('in an extract', { timeout: 15 * MINUTES }, async () => {
    const id = await draft('payload');
    const { path } = sender.seal(id, place.path('sent'));
    receiver.ok('inbox', 'add', path);
    const extract = (out: string) => ['package', 'extract', id, '--out', out];
    const { milliseconds } = await kill(receiver.env, extract(place.path('whole')));
    for (let round = 0; round < ROUNDS; round += 1) {
      const name = `extracted-${String(round)}`;
      const ran = await kill(receiver.env, extract(place.path(name)), milliseconds * moment());
      await afterwards(receiver, () => {
        const found = filesBelow(place.folder).filter((file) => file.startsWith(`${name}/`));
        if (ran.acknowledged) expect(found.length).toBeGreaterThan(0);
        if (found.length === 0) return;
        const data = readFileSync(place.path(name, id, 'data/payload/data.bin'));
        expect(data.subarray(-MARK.length).toString()).toBe(MARK);
      });
    }
  });

  it('in an accept', { timeout: 15 * MINUTES }, async () => {
    let milliseconds: number | undefined;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const sealed = await within(sender, async (open) =>
        open.sealing.seal(await draftIn(open, 'small'), { out: place.path('to-accept') }),
      );
      await within(receiver, (open) => open.inbox.take(sealed.path));
      const after = milliseconds === undefined ? undefined : milliseconds * moment();
      const ran = await kill(receiver.env, ['package', 'accept', sealed.id], after);
      milliseconds ??= ran.milliseconds;
      await afterwards(receiver, (open) => {
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

  it('in a ledger append', { timeout: 15 * MINUTES }, async () => {
    let milliseconds: number | undefined;
    let entries = 0;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const reference = `KILLED-${String(round)}`;
      const file = place.json('killed.json', { reference, title: 'x', counterpart: [] });
      const after = milliseconds === undefined ? undefined : milliseconds * moment();
      const ran = await kill(sender.env, ['case', 'new', '--file', file], after);
      milliseconds ??= ran.milliseconds;
      entries = await afterwards(sender, (open) => {
        const there = open.cases.list().some((item) => item.reference === reference);
        if (ran.acknowledged) expect(there).toBe(true);
        const { size } = open.ledger.position();
        expect(size).toBeGreaterThan(entries);
        return size;
      });
    }
  });
});
