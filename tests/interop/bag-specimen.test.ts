import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Receipt } from '../../main/domain/transfers/receipt.ts';

const SPECIMENS = resolve(import.meta.dirname, '../../docs/formats/specimens');
const NAMES = ['amina-diallo', 'jonas-weber', 'ousmane-fall'];

/** Public tools alone: what anybody can do with the specimens of the formats' pages. */
let home = '';
let bag = '';
const env = () => ({ ...process.env, GNUPGHOME: home, LC_ALL: 'C.UTF-8' });
const gpg = (args: string[]) =>
  spawnSync('gpg', ['--batch', '--no-tty', '--status-fd', '1', ...args], {
    env: env(),
    encoding: 'utf8',
  });

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'vs-'));
  for (const name of NAMES)
    expect(gpg(['--import', join(SPECIMENS, 'certificates', `${name}.asc`)]).status).toBe(0);
  execFileSync('tar', ['xf', join(SPECIMENS, 'package.tar'), '-C', home]);
  const { id } = JSON.parse(readFileSync(join(SPECIMENS, 'release.json'), 'utf8')) as {
    id: string;
  };
  bag = join(home, id);
});
afterAll(() => {
  spawnSync('gpgconf', ['--kill', 'all'], { env: env() });
  rmSync(home, { recursive: true });
});

/** The fingerprint of the one good signature. */
function signerOf(signature: string, content: string): string | undefined {
  const { stdout } = gpg(['--verify', signature, content]);
  expect(stdout).toContain('GOODSIG');
  return /VALIDSIG \S+ .* ([0-9A-F]{40})\n/.exec(stdout)?.[1];
}

test('sha256sum finds every file of the specimen as its lists say', () => {
  execFileSync('sha256sum', ['--strict', '-c', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'], {
    cwd: bag,
  });
  expect(
    readFileSync(join(bag, 'release.json')).equals(readFileSync(join(SPECIMENS, 'release.json'))),
  ).toBe(true);
});

test('gpg finds the signatures in the specimen good: of the approver and of the sender', () => {
  const release = JSON.parse(readFileSync(join(bag, 'release.json'), 'utf8')) as {
    sender: { fingerprint: string };
    approval: { approvers: { fingerprint: string }[] };
  };
  const approver = release.approval.approvers[0]?.fingerprint ?? '';
  expect(signerOf(join(bag, 'approvals', `${approver}.asc`), join(bag, 'release.json'))).toBe(
    approver,
  );
  const checkpoint = join(bag, 'ledger', 'checkpoint');
  expect(signerOf(`${checkpoint}.asc`, checkpoint)).toBe(release.sender.fingerprint);
});

test("gpg finds the signature under the recipient's checkpoint good", () => {
  const receipt = JSON.parse(readFileSync(join(SPECIMENS, 'receipt.json'), 'utf8')) as Receipt;
  const path = join(home, 'checkpoint');
  writeFileSync(path, receipt.ledger?.checkpoint ?? '');
  writeFileSync(`${path}.asc`, receipt.ledger?.signature ?? '');
  expect(signerOf(`${path}.asc`, path)).toBe(receipt.by.fingerprint);
});

test('Python writes every specimen with the same bytes', () => {
  const script = [
    'import json, sys',
    'for path in sys.argv[1:]:',
    '    text = open(path, "rb").read()',
    '    again = json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))',
    '    assert again.encode("utf-8") == text, path',
  ].join('\n');
  const names = [
    'release',
    'consistency',
    'receipt',
    'receipt-destroyed',
    'notice-recall',
    'notice-delay',
    'notice-fork-complaint',
    'approval-request',
    'approval-approved',
    'approval-refused',
  ];
  execFileSync('python3', ['-c', script, ...names.map((name) => join(SPECIMENS, `${name}.json`))]);
});
