import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliOffice, runCli, Workplace } from '../support/cli.ts';

/** An auditor at the command line, whose draw a few lines of Python make again from a bundle. */

interface Shown {
  seed: string;
  size: number;
  root: string;
  among: number;
  items: { seq: number; rank: string; draw: number; type: string }[];
}

const AGAIN = `
import hashlib, json, sys
seed, count, size, path = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
types = sys.argv[5:]
entries = [json.loads(line) for line in open(path, encoding="utf-8")]
rank = lambda seq: hashlib.sha256(f"{seed}:{seq}".encode()).hexdigest()
found = [e["seq"] for e in entries if e["seq"] < size and (not types or e["type"] in types)]
print(json.dumps([[seq, rank(seq)] for seq in sorted(found, key=rank)[:count]]))
`;

describe('an auditor', () => {
  const place = new Workplace();
  const office = new CliOffice(place, 'office');
  const passphrase = 'reads the ledger and no more';
  const auditor = <T>(...args: string[]) =>
    runCli<T>(args, { ...office.env, VALISE_PASSPHRASE: passphrase });
  const again = (seed: string, count: number, size: number, ...types: string[]) =>
    JSON.parse(
      execFileSync(
        'python3',
        ['-c', AGAIN, seed, `${count}`, `${size}`, place.path('bundle/entries.jsonl'), ...types],
        { encoding: 'utf8' },
      ),
    ) as [number, string][];
  const drawn = ({ items }: Shown) => items.map(({ seq, rank }) => [seq, rank]);

  beforeAll(() => {
    office.init();
    office.openCase();
    for (const act of ['close', 'reopen', 'close', 'reopen']) office.ok('case', act, 'CASE-1');
    const file = place.write('passphrase', `${passphrase}\n`);
    office.ok(
      ...['member', 'add', '--role', 'auditor', '--name', 'Jean Moreau'],
      ...['--email', 'jean@audit.example', '--new-passphrase-file', file],
    );
    expect(auditor('ledger', 'export', '--out', place.path('bundle')).code).toBe(0);
  });
  afterAll(() => {
    place.clean();
  });

  it('draws what others draw from the bundle, also with a filter and at an earlier size', () => {
    const size = readFileSync(place.path('bundle/entries.jsonl'), 'utf8').split('\n').length - 1;
    const ran = auditor<Shown>(
      'audit',
      'sample',
      '--seed',
      'dé 4',
      '--count',
      '5',
      '--size',
      `${size}`,
    );
    expect(ran.code).toBe(0);
    expect(ran.json).toMatchObject({ seed: 'dé 4', size, among: size });
    expect(drawn(ran.json)).toEqual(again('dé 4', 5, size));
    const filtered = auditor<Shown>(
      ...[
        'audit',
        'sample',
        '--seed',
        '7',
        '--count',
        '3',
        '--size',
        `${size}`,
        '--type',
        'unlocked',
      ],
    );
    expect(new Set(filtered.json.items.map(({ type }) => type))).toEqual(new Set(['unlocked']));
    expect(drawn(filtered.json)).toEqual(again('7', 3, size, 'unlocked'));
  });

  it('says size, root and seed in plain lines', () => {
    const { stdout } = auditor('audit', 'sample', '--seed', '7', '--count', '2');
    const { size, root, seed } = JSON.parse(stdout) as Shown;
    expect({ seed, root: root.length, isThere: size > 10 }).toEqual({
      seed: '7',
      root: 64,
      isThere: true,
    });
  });

  it('notes a finding, which the officer reads', () => {
    const noted = auditor<{ seq: number }>('audit', 'note', '--entry', '1', '--text', 'Why twice?');
    expect(noted.code).toBe(0);
    expect(office.ok('audit', 'notes')).toMatchObject({
      items: [
        {
          seq: noted.json.seq,
          entry: 1,
          text: 'Why twice?',
          by: { name: 'Jean Moreau', role: 'auditor' },
        },
      ],
    });
    expect(office.ok('ledger', 'show', '--type', 'finding')).toMatchObject({
      entries: [{ seq: noted.json.seq, actor: { role: 'auditor' } }],
    });
    expect(office.ok('ledger', 'verify')).toMatchObject({ verified: true });
  });

  it.each([
    [1, ['audit', 'sample', '--seed', '7', '--count', 'many']],
    [1, ['audit', 'sample', '--seed', '', '--count', '1']],
    [1, ['audit', 'sample', '--seed', '7', '--count', '1', '--size', '999999']],
    [1, ['audit', 'note', '--entry', '999999', '--text', 'x']],
    [2, ['audit', 'note', '--entry', '1']],
    [3, ['contact', 'list']],
    [3, ['case', 'list']],
    [3, ['package', 'list']],
    [3, ['key', 'rotate']],
  ])('exit %i: valise %j', (code, args) => {
    expect(auditor(...args).code).toBe(code);
  });
});
