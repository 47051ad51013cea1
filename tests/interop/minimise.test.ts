import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../../main/domain/packages/manifest.ts';
import { acquainted, CliOffice, filesBelow, Workplace, type Sealed } from '../support/cli.ts';

const MEGABYTES = 24;

/** Says what Python's own reader makes of the same table and the same rules. */
const INDEPENDENT = `import csv, hashlib, sys
rows = csv.DictReader(open(sys.argv[1], newline=''))
out = csv.writer(open(sys.argv[2], 'w', newline=''), lineterminator='\\r\\n')
out.writerow(['email', 'name', 'country'])
for row in rows:
    if row['country'] in ('SN', 'FR'): out.writerow([row['email'], '***' if row['name'] else '', row['country']])`;

describe('a table is made smaller', () => {
  const place = new Workplace();
  const office = new CliOffice(place, 'sender');
  const other = new CliOffice(place, 'receiver');
  let table = '';
  let rules = '';
  const digestOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

  beforeAll(() => {
    office.init();
    other.init();
    acquainted(place, office, other);
    table = place.path('customers.csv');
    const file = openSync(table, 'w');
    writeSync(file, 'id,name,email,card,country,note\r\n');
    const countries = ['SN', 'FR', 'DE', 'ML'];
    let id = 0;
    while (statSync(table).size < MEGABYTES * 1e6) {
      const lines = Array.from({ length: 5000 }, () => {
        id += 1;
        const name = id % 7 === 0 ? '' : `"Person, ${String(id)}"`;
        const note = randomBytes(20).toString('base64');
        return `${String(id)},${name},p${String(id)}@people.example,4111111111111111,${countries[id % 4] ?? ''},"${note}, ""quoted"""\r\n`;
      });
      writeSync(file, lines.join(''));
    }
    closeSync(file);
    rules = place.json('rules.json', {
      keep: ['email', 'name', 'country'],
      mask: ['name'],
      where: { column: 'country', in: ['SN', 'FR'] },
    });
  });
  afterAll(() => {
    place.clean();
  });

  it('is looked at without a vault, and what looks personal is pointed out', () => {
    const look = office.ok<{
      form: string;
      looked: number;
      columns: { name: string; suspicions: { kind: string; values: number }[] }[];
    }>('data', 'look', table);
    expect([look.form, look.looked]).toEqual(['csv', 1000]);
    const kinds = Object.fromEntries(
      look.columns.map(({ name, suspicions }) => [name, suspicions.map(({ kind }) => kind)]),
    );
    expect(kinds).toMatchObject({ name: ['name'], email: ['email'], card: ['payment-card'] });
    expect(kinds['country']).toEqual([]);
  });

  it('has exactly the columns and rows that another program finds, with flat memory', async () => {
    const out = place.path('smaller.csv');
    const args = ['--json', 'data', 'minimise', table, '--rules', rules, '--out', out];
    const peak = await peakOf(args, office.env);
    const expected = place.path('expected.csv');
    execFileSync('python3', ['-c', INDEPENDENT, table, expected]);
    expect(digestOf(out)).toBe(digestOf(expected));
    expect(peak).toBeLessThan(300e6);
  });

  it('goes into the package instead of the original, which the manifest says', () => {
    const out = place.path('smaller.csv');
    const id = office.draft([other.fingerprint], [out]);
    const sealed: Sealed = office.seal(id, place.path('out'));
    const { manifest } = office.ok<{ manifest: Manifest }>('package', 'show', id);
    expect(manifest.transformations).toMatchObject([
      {
        file: 'data/smaller.csv',
        kept: ['email', 'country'],
        masked: ['name'],
        pseudonymised: [],
      },
    ]);
    const both = office.draft([other.fingerprint], [out, table]);
    const { warnings } = office.run<{ warnings: { code: string }[] }>(
      'package',
      'check',
      both,
    ).json;
    expect(warnings.map(({ code }) => code)).toContain('original-added');
    office.ok('package', 'discard', both);
    const [done] = manifest.transformations ?? [];
    expect(done?.rowsOut).toBe((done?.rowsIn ?? 0) / 2);
    other.ok('inbox', 'add', sealed.path);
    expect(other.ok<{ manifest: Manifest }>('package', 'show', id).manifest).toEqual(manifest);
    const { indicators } = office.ok<{
      indicators: { minimisation: { of: number; among: number } };
    }>('report', 'kpi');
    expect(indicators.minimisation).toEqual({
      of: statSync(out).size,
      among: statSync(table).size,
    });
  });

  it('gives the same person the same pseudonym in every file, which nobody else can compute', () => {
    const lines = '{"who":"Awa","n":1}\n{"who":"Bo","n":2}\n{"who":"Awa","n":3}\n';
    const file = place.write('people.jsonl', lines);
    const by = place.json('by.json', { keep: ['who', 'n'], pseudonymise: ['who'] });
    const made = (name: string, one: CliOffice) => {
      one.ok('data', 'minimise', file, '--rules', by, '--out', place.path(name));
      return readFileSync(place.path(name), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { who: string; n: number });
    };
    const first = made('one.jsonl', office);
    const again = made('two.jsonl', office);
    const theirs = made('three.jsonl', other);
    expect(first).toEqual(again);
    expect(first.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(first[0]?.who).toBe(first[2]?.who);
    expect(first[0]?.who).not.toBe(first[1]?.who);
    expect(first[0]?.who).toMatch(/^[0-9a-f]{20}$/);
    expect(theirs[0]?.who).not.toBe(first[0]?.who);
  });

  it('leaves nothing half-written, and never writes over a file', () => {
    const damaged = place.write('damaged.csv', 'id,name\n1,a\n2\n');
    const keep = place.json('keep.json', { keep: ['id'] });
    const before = filesBelow(place.folder);
    const refused = (...args: string[]) =>
      office.run<{ error: { code: string } }>('data', 'minimise', ...args).json.error.code;
    const out = place.path('new.csv');
    expect(refused(damaged, '--rules', keep, '--out', out)).toBe('table-damaged');
    const unknown = place.json('unknown.json', { keep: ['nobody'] });
    expect(refused(table, '--rules', unknown, '--out', out)).toBe('rules-refused');
    expect(refused(table, '--rules', rules, '--out', table)).toBe('file-exists');
    const wrong = place.json('wrong.json', { keep: ['id'], drop: ['name'] });
    expect(refused(table, '--rules', wrong, '--out', out)).toBe('input-refused');
    expect(filesBelow(place.folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(filesBelow(place.folder)).toEqual([...before, 'unknown.json', 'wrong.json'].sort());
    expect(office.ok('ledger', 'verify')).toMatchObject({ verified: true });
  });
});

/** The most memory that the command ever held, in bytes, as the system counted it. */
function peakOf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const cli = resolve(import.meta.dirname, '../../out/node/cli.cjs');
  return new Promise((done, failed) => {
    let peak = 0;
    const child = spawn(process.execPath, [cli, ...args], { env, stdio: 'ignore' });
    const watch = setInterval(() => {
      try {
        const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
        peak = Math.max(peak, Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024);
      } catch {
        // It has ended.
      }
    }, 20);
    child.on('exit', (code) => {
      clearInterval(watch);
      if (code === 0) done(peak);
      else failed(new Error(`exit ${String(code)}`));
    });
  });
}
