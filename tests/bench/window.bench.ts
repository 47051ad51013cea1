// The window with a long ledger: from unlock to the first rows, to the middle, to the end, a filter,
// a search, the verification, a list saved; and how long the page ever stood still meanwhile.
//
//   BENCH_ENTRIES   how many entries, 1000000 unless told
//   BENCH_VAULT     a folder that keeps the vaults, as for the bench of the ledger
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { longLedger, PASSPHRASE } from './long-ledger.ts';

const ENTRIES = Number(process.env['BENCH_ENTRIES'] ?? 1_000_000);
const ROOT = resolve(import.meta.dirname, '../..');

async function main(): Promise<void> {
  const given = process.env['BENCH_VAULT'];
  const root = given ?? mkdtempSync(join(tmpdir(), 'valise-window-bench-'));
  try {
    const { folder } = await longLedger(join(root, String(ENTRIES)), ENTRIES);
    const runner = join(ROOT, 'node_modules/@playwright/test/cli.js');
    const config = join(ROOT, 'tests/bench/window/playwright.config.ts');
    const { status } = spawnSync(process.execPath, [runner, 'test', `--config=${config}`], {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, BENCH_FOLDER: folder, BENCH_PASSPHRASE: PASSPHRASE },
    });
    process.exitCode = status ?? 1;
  } finally {
    if (given === undefined) rmSync(root, { recursive: true, force: true });
  }
}

void main();
