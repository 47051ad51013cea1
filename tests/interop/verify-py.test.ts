import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { composeOffice } from '../../main/compose.ts';
import { ENTRY_DETAILS } from '../../main/domain/ledger/entry-types.ts';
import { runSampleExchange } from '../../main/services/samples/sample-exchange.ts';
import { exportBundle, VERIFY_PY } from '../fixtures/bundles.ts';
import { livedIn, type LivedIn } from '../fixtures/ledger/lived-in.ts';
import { runVerifyPy } from './verify-py.ts';

const FORMATS = resolve(import.meta.dirname, '../../docs/formats');
const root = mkdtempSync(join(tmpdir(), 'valise-py-'));
let ledger: LivedIn;
let bundle: string;

beforeAll(async () => {
  ledger = await livedIn();
  bundle = join(root, 'bundle');
  await exportBundle(ledger.office, ledger.aminaAnew, bundle);
});

afterAll(() => {
  ledger.office.dispose();
  rmSync(root, { recursive: true, force: true });
});

describe('verify.py, typed by somebody', () => {
  test('says what it checked and who signed', () => {
    const { fingerprint } = ledger.aminaAnew;
    const grouped = fingerprint.toLowerCase().replace(/(.{4})/g, '$1 ');
    for (const args of [
      [bundle, '--trust', fingerprint],
      ['--trust', fingerprint, '--', bundle],
      ['--trust', fingerprint, bundle],
      ['--trust', ledger.peer.fingerprint, grouped, bundle, '--previous', bundle],
    ]) {
      const { exit, out } = runVerifyPy(...args);
      expect({ exit, out }).toMatchObject({ exit: 0 });
      expect(out).toContain('entries 12 of 12');
      expect(out).toContain(`signed by ${fingerprint}, whom you trust`);
    }
  });

  test('checks the folder that it stands in', () => {
    const script = join(bundle, 'verify.py');
    const ran = spawnSync('python3', ['-B', script], { encoding: 'utf8' });
    expect(ran.status).toBe(3);
    expect(ran.stdout).toContain('signer NOT confirmed');
  });

  test('ends with 2 when it is asked in a wrong way', () => {
    expect(runVerifyPy(join(root, 'nowhere')).exit).toBe(2);
    expect(runVerifyPy(bundle, '--trust', 'somebody').exit).toBe(2);
    expect(runVerifyPy(bundle, '--trust', 'ABCD').exit).toBe(2);
    expect(runVerifyPy(bundle, '--previous', join(root, 'nowhere')).exit).toBe(2);
    expect(runVerifyPy(bundle, '--unknown').exit).toBe(2);
  });

  test('finds nothing good where gpg is missing', () => {
    const bin = join(root, 'bin');
    mkdirSync(bin);
    const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
      encoding: 'utf8',
    });
    const { fingerprint } = ledger.aminaAnew;
    const ran = spawnSync(python.trim(), ['-B', VERIFY_PY, bundle, '--trust', fingerprint], {
      encoding: 'utf8',
      env: { PATH: bin, HOME: root },
    });
    expect(ran.status).toBe(3);
    expect(ran.stdout).toContain('cannot be checked with this gpg');
  });

  test('needs no more than Python and gpg', () => {
    const bin = join(root, 'bare');
    mkdirSync(bin);
    const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
      encoding: 'utf8',
    }).trim();
    const gpg = execFileSync('sh', ['-c', 'command -v gpg'], { encoding: 'utf8' }).trim();
    symlinkSync(gpg, join(bin, 'gpg'));
    const { fingerprint } = ledger.aminaAnew;
    const ran = spawnSync(
      python,
      ['-I', '-S', join(bundle, 'verify.py'), bundle, '--trust', fingerprint],
      { encoding: 'utf8', env: { PATH: bin } },
    );
    expect(ran.stdout + ran.stderr).toContain(`signed by ${fingerprint}, whom you trust`);
    expect(ran.status).toBe(0);
  });

  test('leaves nothing behind', () => {
    const temporary = join(root, 'tmp');
    mkdirSync(temporary);
    const ran = spawnSync('python3', ['-B', VERIFY_PY, bundle], {
      env: { ...process.env, TMPDIR: temporary },
    });
    expect(ran.status).toBe(3);
    expect(execFileSync('ls', ['-A', temporary]).toString()).toBe('');
  });
});

describe('README.txt', () => {
  /** The commands that stand in it, indented, under a step. */
  const commands = (folder: string, first: string) => {
    const lines = readFileSync(join(folder, 'README.txt'), 'utf8').split('\n');
    const start = lines.findIndex((line) => line.startsWith(`     ${first}`));
    const end = lines.findIndex((line, at) => at > start && line === '');
    return lines.slice(start, end).map((line) => line.trim());
  };
  const shell = (folder: string, lines: readonly string[]) =>
    spawnSync('sh', ['-c', lines.join('\n')], { cwd: folder, encoding: 'utf8' });

  test('follows the chain in three lines of shell', () => {
    const lines = commands(bundle, 'p=0000');
    expect(lines).toHaveLength(3);
    const { stdout } = shell(bundle, lines);
    expect(stdout).toBe('The chain ends where the checkpoint says\n');
  });

  test('sees a broken chain with them', () => {
    const folder = join(root, 'broken');
    cpSync(bundle, folder, { recursive: true });
    const path = join(folder, 'entries.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"FR"', '"DE"'));
    const { stdout } = shell(folder, commands(folder, 'p=0000'));
    expect(stdout).toContain('BROKEN at: {"actor"');
    expect(stdout).not.toContain('where the checkpoint says');
  });

  test('has the checkpoint’s signature checked by gpg alone', () => {
    const home = mkdtempSync(join(tmpdir(), 'g-'));
    const lines = commands(bundle, 'gpg --import');
    expect(lines).toHaveLength(2);
    const { status, stderr } = spawnSync('sh', ['-ec', lines.join('\n')], {
      cwd: bundle,
      encoding: 'utf8',
      env: { ...process.env, GNUPGHOME: home },
    });
    spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
    rmSync(home, { recursive: true, force: true });
    expect(status).toBe(0);
    expect(stderr.replaceAll(' ', '')).toContain(ledger.aminaAnew.fingerprint);
  });
});

test('the specimen is good, as its page says', () => {
  const page = readFileSync(join(FORMATS, 'bundle.md'), 'utf8');
  const [, command = ''] = /\n {4}(python3 assets\/verify\.py .*)\n/.exec(page) ?? [];
  const ran = spawnSync('sh', ['-c', command.replace('python3', 'python3 -B')], {
    cwd: resolve(FORMATS, '../..'),
    encoding: 'utf8',
  });
  expect({ exit: ran.status, out: ran.stdout }).toMatchObject({ exit: 0 });
  expect(ran.stdout).toContain('Verified: consistent');
});

test('verify.py knows exactly the members of every entry type', () => {
  const script = `import importlib.util, json, sys
spec = importlib.util.spec_from_file_location('verify', sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
print(json.dumps({name: sorted(key + ('?' if optional else '') for key, (_, optional) in members.items())
                  for name, members in verify.DETAILS.items()}))`;
  const table = execFileSync('python3', ['-B', '-c', script, VERIFY_PY], { encoding: 'utf8' });
  const published = Object.entries(ENTRY_DETAILS).map(([type, schema]) => {
    const { properties = {}, required = [] } = z.toJSONSchema(schema);
    const members = Object.keys(properties).map((key) =>
      required.includes(key) ? key : `${key}?`,
    );
    return [type, members.sort()];
  });
  expect(JSON.parse(table)).toEqual(Object.fromEntries(published));
});

test('two offices that exchanged a package convince a stranger', async () => {
  const folder = join(root, 'exchange');
  mkdirSync(folder);
  const state = process.env['XDG_STATE_HOME'];
  process.env['XDG_STATE_HOME'] = join(folder, 'state');
  try {
    const { tools } = composeOffice();
    const facts: Record<string, string | number>[] = [];
    const { bundles } = await runSampleExchange({
      folder,
      makeOffice: composeOffice,
      files: tools.files,
      clock: tools.clock,
      random: tools.random,
      step: (step) => facts.push({ ...step.facts, code: step.code, side: step.side }),
    });
    for (const side of ['sender', 'receiver'] as const) {
      const made = facts.find((step) => step['code'] === 'vault-made' && step['side'] === side);
      const fingerprint = String(made?.['fingerprint']);
      const { exit, out } = runVerifyPy(bundles[side], '--trust', fingerprint);
      expect({ side, exit, out }).toMatchObject({ exit: 0 });
      const other = facts.find((step) => step['code'] === 'vault-made' && step['side'] !== side);
      expect(runVerifyPy(bundles[side], '--trust', String(other?.['fingerprint'])).exit).toBe(3);
    }
    expect(facts.find(({ code }) => code === 'reconciled')).toMatchObject({
      packages: 1,
      findings: 0,
    });
  } finally {
    if (state === undefined) delete process.env['XDG_STATE_HOME'];
    else process.env['XDG_STATE_HOME'] = state;
  }
});
