import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeOffice } from '../../../main/compose.ts';
import { withTokens } from '../../../main/ipc/places.ts';
import { runSampleExchange, type Side } from '../../../main/services/samples/sample-exchange.ts';
import { FileTokens } from '../../../main/shell/file-tokens.ts';
import { officeCalls } from '../../../main/workers/office-calls.ts';
import type { CallContext } from '../../../main/workers/rpc.ts';
import { contract, type Contract } from '../../../preload/contract/index.ts';
import type { Page, ValueOf } from '../../../preload/contract/kinds.ts';

/** Bundles of a whole exchange, looked at without any vault; then an officer's own sample. */

const folder = mkdtempSync(join(tmpdir(), 'valise-audit-calls-'));
const office = composeOffice({ program: 'test', stateFolder: join(folder, 'state') });
const calls = officeCalls(office, join(folder, 'samples'), () => undefined);
const tokens = new FileTokens();
const context: CallContext = {
  signal: new AbortController().signal,
  report: () => undefined,
  work: '0'.repeat(32),
};
type Pages = Pick<Contract, 'audit' | 'bundles'>;
let bundles: Readonly<Record<Side, string>>;
let vaults: Readonly<Record<Side, string>>;
let passphrase = '';

/** Asks as main does, and cuts the answer as the counter does: it has to fit the contract. */
async function ask<Area extends keyof Pages, Name extends keyof Pages[Area] & string>(
  area: Area,
  name: Name,
  input: unknown,
): Promise<ValueOf<Pages[Area][Name]>> {
  const entry = (contract[area] as Page)[name];
  if (entry === undefined || entry.kind === 'event') throw new Error(`no call ${area}.${name}`);
  const answer: unknown = await calls[`${area}.${name}`]?.(input as never, context);
  const shown = entry.output.safeParse(withTokens(answer, tokens));
  expect(shown.error?.issues ?? []).toEqual([]);
  expect(JSON.stringify(shown.data)).not.toContain(folder);
  return shown.data as ValueOf<Pages[Area][Name]>;
}

const open = (side: Side) =>
  ask('bundles', 'open', { bundle: { place: bundles[side], use: 'bundle' } });

beforeAll(async () => {
  const { files, clock, random } = office.tools;
  const run = join(folder, 'run');
  await files.makeFolder(run);
  ({ bundles, vaults, passphrase } = await runSampleExchange(
    {
      folder: run,
      makeOffice: () => composeOffice({ stateFolder: join(run, 'state') }),
      files,
      clock,
      random,
      step: () => undefined,
    },
    context,
  ));
}, 120_000);

afterAll(async () => {
  await office.lock('quit');
  rmSync(folder, { recursive: true, force: true });
});

describe('without a vault', () => {
  it('a bundle opens, and its entries read as a history', async () => {
    const bundle = await open('sender');
    expect(bundle).toMatchObject({ state: 'sound', confirmed: 0, scope: 'whole' });
    expect(bundle.signer?.name).toContain('Amina');
    const { id, entries } = bundle;
    expect(await ask('bundles', 'count', { id })).toEqual({ count: entries });
    const { rows } = await ask('bundles', 'page', { id, limit: 200 });
    expect(rows).toHaveLength(entries);
    const sealed = await ask('bundles', 'page', { id, limit: 9, filter: { types: ['sealed'] } });
    expect(sealed.rows).toHaveLength(1);
    const seq = sealed.rows[0]?.seq ?? 0;
    const entry = await ask('bundles', 'entry', { id, seq });
    expect(entry.verified).toEqual({ chain: true, inclusion: true, checkpoint: true });
    const trusted = await ask('bundles', 'trust', {
      id,
      fingerprint: bundle.signer?.fingerprint,
    });
    expect(trusted.confirmed).toBe(bundle.size);
    expect(await ask('bundles', 'close', { id })).toEqual({});
  });

  it('two bundles meet, package by package', async () => {
    const a = await open('sender');
    const b = await open('receiver');
    const both = { a: a.id, b: b.id };
    const { totals } = await ask('bundles', 'compare', both);
    expect(totals).toEqual({ equal: 1, pending: 0, 'only-in-a': 0, 'only-in-b': 0, differs: 0 });
    const { pairs } = await ask('bundles', 'pairs', { ...both, skip: 0, limit: 100 });
    expect(pairs).toMatchObject([{ state: 'equal', sender: 'a', differences: [] }]);
    expect(pairs[0]?.a?.manifest).toBe(pairs[0]?.b?.manifest);
    expect(pairs[0]?.b?.outcomes.map(({ kind }) => kind)).toContain('destroyed');
    const none = await ask('bundles', 'pairs', {
      ...both,
      states: ['differs'],
      skip: 0,
      limit: 100,
    });
    expect(none).toEqual({ count: 0, pairs: [] });
    for (const format of ['csv', 'json']) {
      const out = join(folder, `out-${format}`);
      mkdirSync(out);
      const saved = await ask('bundles', 'save', {
        ...both,
        out: { place: out, use: 'out' },
        format,
      });
      const text = readFileSync(join(out, saved.name), 'utf8');
      expect(text).toContain(pairs[0]?.package);
      if (format === 'json') expect(JSON.parse(text)).toMatchObject({ totals, pairs: [{}] });
      else expect(text.split('\r\n')).toHaveLength(3);
    }
  });
});

describe('with a vault', () => {
  beforeAll(async () => {
    await calls['vault.unlock']?.({ folder: vaults.sender, passphrase } as never, context);
  }, 60_000);

  it('a sample is drawn and written down, and a finding is noted', async () => {
    const asked = { seed: 'dice 3', count: 4, filter: { types: ['unlocked', 'locked'] } };
    const sample = await ask('audit', 'sample', asked);
    expect(sample.items.length).toBeGreaterThan(0);
    expect(sample.items.every(({ type }) => asked.filter.types.includes(type))).toBe(true);
    for (const format of ['csv', 'json']) {
      const out = join(folder, `sample-${format}`);
      mkdirSync(out);
      const asked = { seed: '=1+1', count: 3, size: 5, out: { place: out, use: 'out' }, format };
      const { name } = await ask('audit', 'saveSample', asked);
      const text = readFileSync(join(out, name), 'utf8');
      if (format === 'json') expect(JSON.parse(text)).toMatchObject({ seed: '=1+1', size: 5 });
      else expect(text.split('\r\n')[1]).toMatch(/^'=1\+1,5,[0-9a-f]{64},1,\d,/);
    }
    const finding = await ask('audit', 'note', { entry: 1, text: 'Seen.' });
    expect(await ask('audit', 'notes', undefined)).toEqual([finding]);
  });
});
