import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NodeEvidenceFolders } from '../../../main/adapters/evidence/evidence-folders.ts';
import { NodeFiles } from '../../../main/adapters/files/node-files.ts';
import { NodeCarriers } from '../../../main/adapters/carriers/carriers.ts';
import { HttpsCertificateDirectory } from '../../../main/adapters/net/certificate-directory.ts';
import { NodeTables } from '../../../main/adapters/tables/node-tables.ts';
import { Bundles } from '../../../main/services/bundles.ts';
import { exportBundle } from '../../fixtures/bundles.ts';
import { livedIn, type LivedIn } from '../../fixtures/ledger/lived-in.ts';
import { engine, random } from '../../fixtures/ledger/office.ts';
import { refused } from '../../support/vault-bench.ts';

const root = mkdtempSync(join(tmpdir(), 'valise-bundles-'));
const files = new NodeFiles();
const clock = { now: () => new Date() };
const tools = {
  ...{ engine, files, clock, random },
  tables: new NodeTables(files, 'valise test'),
  carriers: new NodeCarriers(files),
  directory: new HttpsCertificateDirectory(),
};
const bundles = new Bundles(new NodeEvidenceFolders({ engine, files, clock }), tools);
let ledger: LivedIn;
let folder: string;

beforeAll(async () => {
  ledger = await livedIn();
  folder = join(root, 'bundle');
  await exportBundle(ledger.office, ledger.aminaAnew, folder);
});
afterAll(() => {
  ledger.office.dispose();
  rmSync(root, { recursive: true, force: true });
});

describe('a bundle that is opened', () => {
  it('is sound, and its signer is nobody’s friend until somebody says so', async () => {
    const view = await bundles.open(folder);
    expect(view).toMatchObject({ state: 'sound', confirmed: 0, confirmedBy: undefined });
    expect(view.facts).toMatchObject({ entries: 12, size: 12, problems: [] });
    expect(view.nameOf(view.facts.signer ?? '')).toContain('Amina');
    const { aminaAnew, ben, peer } = ledger;
    expect(() => bundles.trust(view.id, 'Amina')).toThrow(refused('input-refused'));
    expect(() => bundles.trust(view.id, peer.fingerprint)).toThrow(refused('signer-other'));
    expect(bundles.view(view.id).confirmed).toBe(0);
    expect(bundles.trust(view.id, ben.fingerprint)).toMatchObject({
      confirmed: 8,
      confirmedBy: ben.fingerprint,
    });
    const groups = aminaAnew.fingerprint.toLowerCase().replace(/(.{4})/g, '$1 ');
    expect(bundles.trust(view.id, groups)).toMatchObject({
      confirmed: 12,
      confirmedBy: aminaAnew.fingerprint,
    });
  });

  it('shows its entries as the ledger does, a page at a time', async () => {
    const { id } = await bundles.open(folder);
    const all = await bundles.rows(id, { order: 'ascending' }, 0, 50);
    expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, seq) => seq));
    expect(all[0]).toMatchObject({ type: 'genesis', actor: { role: 'officer' } });
    expect(all[0]?.actor.name).toContain('Amina');
    const newest = await bundles.rows(id, {}, 3, 4);
    expect(newest.map(({ seq }) => seq)).toEqual([8, 7, 6, 5]);
    expect(await bundles.rows(id, {}, 100, 4)).toEqual([]);
    const { store } = ledger.office;
    for (const query of [{ text: 'diallo' }, { types: ['unlocked'] as const }, { country: 'SN' }]) {
      expect(await bundles.count(id, query)).toBe(store.count(query));
      const found = await bundles.rows(id, query, 0, 50);
      expect(found.map(({ seq }) => seq)).toEqual(store.query(query).map(({ seq }) => seq));
    }
  });

  it('proves each entry', async () => {
    const { id } = await bundles.open(folder);
    for (let seq = 0; seq < 12; seq += 1) {
      const { verified, proof, text, row } = await bundles.entry(id, seq);
      expect(verified).toEqual({ chain: true, inclusion: true, checkpoint: true });
      expect(row.seq).toBe(seq);
      expect(text).toContain(`"seq":${String(seq)}`);
      expect(proof.hashes.length).toBeGreaterThan(1);
    }
    const finding = await bundles.entry(id, 7);
    expect(finding.openings).toHaveLength(1);
    await expect(bundles.entry(id, 12)).rejects.toEqual(refused('entry-unknown'));
  });

  it('that is not in order shows what is wrong, and no entry', async () => {
    const broken = join(root, 'broken');
    cpSync(folder, broken, { recursive: true });
    writeFileSync(join(broken, 'README.txt'), 'x');
    const view = await bundles.open(broken);
    expect(view.state).toBe('failed');
    expect(view.facts.problems).toMatchObject([{ place: 'README.txt', code: 'file-mismatch' }]);
    expect(view.facts.problems[0]?.message).not.toContain('{');
    expect(await bundles.count(view.id, {})).toBe(0);
    const good = await bundles.open(folder);
    await expect(bundles.compare(good.id, view.id)).rejects.toEqual(refused('bundle-damaged'));
  });

  it('is no longer there when it was closed, or gave way to others', async () => {
    const first = await bundles.open(folder);
    bundles.close(first.id);
    expect(() => bundles.view(first.id)).toThrow(refused('bundle-closed'));
    const oldest = await bundles.open(folder);
    for (let more = 0; more < 8; more += 1) await bundles.open(folder);
    expect(() => bundles.view(oldest.id)).toThrow(refused('bundle-closed'));
  });

  it('stops when it is told to', async () => {
    const work = { signal: AbortSignal.abort() };
    await expect(bundles.open(folder, work)).rejects.toEqual(refused('cancelled'));
  });
});
