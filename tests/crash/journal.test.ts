import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readApplied, readIntents } from '../../main/adapters/sqlcipher/intents.ts';
import { verifyLedger } from '../../main/domain/ledger/verify.ts';
import { script } from '../../scripts/bundles.mjs';
import { engine, Person, random, TestOffice } from '../fixtures/ledger/office.ts';
import type { ChildTask } from './journal-child.ts';

const CHILD = 'out/tests/journal-child.cjs';
const KILLS = 25;

let office: TestOffice;
let task: ChildTask;

beforeAll(async () => {
  await script('tests/crash/journal-child.ts', CHILD);
  const amina = await Person.called('Amina');
  office = await TestOffice.founded(amina);
  task = {
    folder: office.folder,
    key: office.keyHex,
    fingerprint: amina.fingerprint,
    secret: Buffer.from(amina.key.secret.bytes).toString('base64'),
  };
});
afterAll(() => {
  office.dispose();
});

/** Runs the child and kills it so many milliseconds after its first commit: what it acknowledged. */
function killedAfter(milliseconds: number): Promise<string[]> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [resolve(CHILD), JSON.stringify(task)]);
    let said = '';
    let complained = '';
    child.stdout.on('data', (chunk: Buffer) => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), milliseconds);
      said += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      complained += chunk.toString();
    });
    child.on('error', fail);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') done(said.split('\n').slice(0, -1));
      else fail(new Error(`the child ended by itself (${String(code)}): ${complained}`));
    });
  });
}

test(`after ${String(KILLS)} kills every act is whole or absent, and none that was acknowledged is lost`, async () => {
  const acknowledged: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    office.close();
    acknowledged.push(...(await killedAfter(Math.floor((kill * 97) % 60))));
    office.reopen();
    await office.journal.recover();
    expect(readIntents(office.vault)).toEqual([]);
  }

  const size = office.store.size();
  const names = office.records.list('settings').map(({ value }) => value);
  const sealed = readdirSync(join(office.folder, 'sealed'));
  expect(size).toBe(1 + 2 * names.length);
  expect(sealed.filter((name) => !name.endsWith('.partial')).sort()).toEqual([...names].sort());
  expect(readApplied(office.vault)?.seq).toBe(size - 1);
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  for (const line of acknowledged) {
    const [seq = '', name = ''] = line.split(' ');
    expect(Number(seq)).toBeLessThan(size);
    expect(names).toContain(name);
    expect(readFileSync(join(office.folder, 'sealed', name), 'utf8')).toBe(name);
  }
  // A partial that no intent knew yet is the unlock's to remove; one that was known is gone.
  const partials = sealed.filter((name) => name.endsWith('.partial'));
  expect(partials.length).toBeLessThanOrEqual(KILLS);
  for (const name of partials)
    expect(existsSync(join(office.folder, 'sealed', name.replace('.partial', '')))).toBe(false);

  const verdict = await verifyLedger(office.store, {
    checkSignature: (content, signature, certificates) =>
      engine.verify(content, signature, certificates, new Date()),
    random,
    applied: { seq: readApplied(office.vault)?.seq },
  });
  expect(verdict.problems).toEqual([]);
  expect(verdict.entries).toBe(size);
});
