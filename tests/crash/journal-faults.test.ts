import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readApplied, readIntents } from '../../main/adapters/sqlcipher/intents.ts';
import { verifyLedger } from '../../main/domain/ledger/verify.ts';
import { script } from '../../scripts/bundles.mjs';
import { engine, Person, random, TestOffice } from '../fixtures/ledger/office.ts';
import type { ChildTask } from './journal-child.ts';

const CHILD = 'out/tests/journal-child.cjs';
const ROUNDS = 3;
const run = promisify(execFile);

let amina: Person;
let office: TestOffice;

beforeAll(async () => {
  await script('tests/crash/journal-child.ts', CHILD);
  amina = await Person.called('Amina');
});
beforeEach(async () => {
  office = await TestOffice.founded(amina);
});
afterAll(() => {
  office.dispose();
});

/** Runs a few commits while the n-th such call of the system fails: what was said, line by line. */
async function failing(calls: string, error: string, nth: number): Promise<string[]> {
  const task: ChildTask = {
    folder: office.folder,
    key: office.keyHex,
    fingerprint: amina.fingerprint,
    secret: Buffer.from(amina.key.secret.bytes).toString('base64'),
    rounds: ROUNDS,
  };
  const { stdout } = await run('strace', [
    ...['-f', '-qq', '-o', '/dev/null', '-e', `trace=${calls}`],
    ...['-e', `inject=${calls}:error=${error}:when=${String(nth)}`],
    ...[process.execPath, resolve(CHILD), JSON.stringify(task)],
  ]);
  return stdout.split('\n').slice(0, -1);
}

/** Every act whole or absent, none that was acknowledged lost. Gives how many there are. */
async function assertWhole(said: readonly string[]): Promise<number> {
  const acknowledged = said.filter((line) => !line.startsWith('!'));
  const size = office.store.size();
  const names = office.records.list('settings').map(({ value }) => value);
  const sealed = readdirSync(join(office.folder, 'sealed'));
  expect(readIntents(office.vault)).toEqual([]);
  expect(size).toBe(1 + 2 * names.length);
  expect(sealed.filter((name) => !name.endsWith('.partial')).sort()).toEqual([...names].sort());
  for (const line of acknowledged) {
    const [seq = '', name = ''] = line.split(' ');
    expect(Number(seq)).toBeLessThan(size);
    expect(readFileSync(join(office.folder, 'sealed', name), 'utf8')).toBe(name);
  }
  const verdict = await verifyLedger(office.store, {
    checkSignature: (content, signature, certificates) =>
      engine.verify(content, signature, certificates, new Date()),
    random,
    applied: { seq: readApplied(office.vault)?.seq },
  });
  expect(verdict.problems).toEqual([]);
  return acknowledged.length;
}

test.each([
  ['syncs', 'fsync,fdatasync', 'EIO', 24],
  ['writes', 'pwrite64', 'ENOSPC', 36],
  ['writes', 'pwrite64', 'EIO', 24],
  ['renames', '/rename.*', 'EIO', 3],
])('when one of its %s (%s) fails with %s: nothing is half-done', async (_, calls, error, most) => {
  const complaints = new Set<string>();
  for (let nth = 1; nth <= most; nth += Math.ceil(most / 12)) {
    if (nth > 1) {
      office.dispose();
      office = await TestOffice.founded(amina);
    }
    office.close();
    const said = await failing(calls, error, nth);
    office.reopen();
    await office.journal.recover();
    const acknowledged = await assertWhole(said);
    const complaint = said.find((line) => line.startsWith('!'));
    if (complaint === undefined) expect(acknowledged).toBe(ROUNDS);
    else complaints.add(complaint);
    // It goes on where it was.
    await office.journal.commit({ acts: [{ type: 'case-closed', detail: {} }] });
  }
  expect(complaints.size).toBeGreaterThan(0);
});
