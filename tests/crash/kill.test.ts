import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquainted, CliOffice, filesBelow, startCli, Workplace } from '../support/cli.ts';

/**
 * A real process is killed with SIGKILL at a random moment of an act, fifty times for each act.
 * Afterwards the vault opens and verifies, the act is there whole or not at all, what was
 * acknowledged is there, and neither half a file nor plaintext is left.
 */
const ROUNDS = 50;
const MARK = 'CRASH-PLAINTEXT-MARK';
const seed = Number(process.env['VALISE_SEED'] ?? randomInt(1, 2 ** 31));

/** A small generator (mulberry32), so that a printed seed repeats a run's moments. */
function random(state: number): () => number {
  let now = state;
  return () => {
    now = (now + 0x6d2b79f5) | 0;
    let mixed = Math.imul(now ^ (now >>> 15), 1 | now);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Killed {
  readonly acknowledged: boolean;
  readonly milliseconds: number;
}

async function kill(
  office: CliOffice,
  args: readonly string[],
  after: number | undefined,
): Promise<Killed> {
  const child = startCli(args, office.env);
  const started = Date.now();
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  child.stderr.resume();
  const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
  await new Promise((done) => child.once('close', done));
  clearTimeout(timer);
  return {
    acknowledged: out.trim() !== '' && !out.includes('"error"'),
    milliseconds: Date.now() - started,
  };
}

describe(`killed at random moments (VALISE_SEED=${String(seed)})`, () => {
  const place = new Workplace();
  const sender = new CliOffice(place, 'sender');
  const receiver = new CliOffice(place, 'receiver');
  const moment = random(seed);

  beforeAll(() => {
    console.info(`VALISE_SEED=${String(seed)}`);
    sender.init();
    receiver.init();
    acquainted(place, sender, receiver);
    place.write(
      'payload/data.bin',
      Buffer.concat([Buffer.from(MARK), randomBytes(24 << 20), Buffer.from(MARK)]),
    );
  });
  afterAll(() => {
    place.clean();
  });

  function intact(office: CliOffice): number {
    const verdict = office.ok<{ verified: boolean; entries: number; problems: unknown[] }>(
      'ledger',
      'verify',
    );
    expect(verdict).toMatchObject({ verified: true, problems: [] });
    const files = filesBelow(place.folder);
    expect(files.filter((file) => file.includes('.partial'))).toEqual([]);
    for (const file of files.filter((name) => name.startsWith('vault-')))
      expect(readFileSync(place.path(file)).includes(MARK), file).toBe(false);
    return verdict.entries;
  }

  const state = (office: CliOffice, id: string) =>
    office.ok<{ state: string }>('package', 'show', id).state;
  const draft = () => sender.draft([receiver.fingerprint], [place.path('payload')]);

  it('in a seal', { timeout: 900_000 }, async () => {
    let id = draft();
    const { milliseconds } = await kill(
      sender,
      ['package', 'seal', id, '--out', place.path('out')],
      undefined,
    );
    id = draft();
    for (let round = 0; round < ROUNDS; round += 1) {
      const out = place.path('out', String(round));
      const ran = await kill(
        sender,
        ['package', 'seal', id, '--out', out],
        milliseconds * moment(),
      );
      intact(sender);
      const now = state(sender, id);
      if (ran.acknowledged) expect(now).toBe('sealed');
      expect(['assessed', 'sealed']).toContain(now);
      const written = filesBelow(place.path('out')).filter((file) =>
        file.startsWith(`${String(round)}/`),
      );
      expect(written.length).toBe(now === 'sealed' ? 1 : 0);
      if (now === 'sealed') id = draft();
    }
  });

  it('in an extract', { timeout: 900_000 }, async () => {
    const id = draft();
    const { path } = sender.seal(id, place.path('sent'));
    receiver.ok('inbox', 'add', path);
    const args = (out: string) => ['package', 'extract', id, '--out', out];
    const { milliseconds } = await kill(receiver, args(place.path('whole')), undefined);
    for (let round = 0; round < ROUNDS; round += 1) {
      const out = place.path('extracted', String(round));
      const ran = await kill(receiver, args(out), milliseconds * moment());
      intact(receiver);
      const found = filesBelow(place.folder).filter((file) =>
        file.startsWith(`extracted/${String(round)}/`),
      );
      if (ran.acknowledged) expect(found.length).toBeGreaterThan(0);
      if (found.length > 0) {
        const data = readFileSync(
          place.path('extracted', String(round), id, 'data/payload/data.bin'),
        );
        expect(data.subarray(-MARK.length).toString()).toBe(MARK);
      }
    }
  });

  it('in an accept', { timeout: 900_000 }, async () => {
    place.write('small/a.txt', 'small');
    let milliseconds: number | undefined;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const id = sender.draft([receiver.fingerprint], [place.path('small')]);
      receiver.ok('inbox', 'add', sender.seal(id, place.path('to-accept')).path);
      const after = milliseconds === undefined ? undefined : milliseconds * moment();
      const ran = await kill(receiver, ['package', 'accept', id], after);
      milliseconds ??= ran.milliseconds;
      intact(receiver);
      const now = state(receiver, id);
      if (ran.acknowledged) expect(now).toBe('accepted');
      expect(['delivered', 'accepted']).toContain(now);
      const entries = receiver.ok<{ entries: { type: string }[] }>(
        'ledger',
        'show',
        '--package',
        id,
      ).entries;
      const types = entries.map(({ type }) => type);
      expect(types.includes('accepted')).toBe(now === 'accepted');
      expect(types.filter((type) => type === 'receipt-out').length).toBe(
        now === 'accepted' ? 2 : 1,
      );
    }
  });

  it('in a ledger append', { timeout: 900_000 }, async () => {
    let milliseconds: number | undefined;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const reference = `KILLED-${String(round)}`;
      const file = place.json('killed.json', { reference, title: 'x', counterpart: [] });
      const after = milliseconds === undefined ? undefined : milliseconds * moment();
      const before = intact(sender);
      const ran = await kill(sender, ['case', 'new', '--file', file], after);
      milliseconds ??= ran.milliseconds;
      expect(intact(sender)).toBeGreaterThanOrEqual(before);
      const { items } = sender.ok<{ items: { reference: string }[] }>('case', 'list');
      const there = items.some((item) => item.reference === reference);
      if (ran.acknowledged) expect(there).toBe(true);
    }
  });
});
