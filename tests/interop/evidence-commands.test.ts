import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliOffice, Workplace } from '../support/cli.ts';

/** What an auditor asks for on the command line, and what somebody else makes of it. */
const place = new Workplace();
const office = new CliOffice(place, 'amina');
const stranger = new CliOffice(place, 'nobody');

const openCase = (reference: string, title: string) =>
  office.ok<{ id: string }>(
    ...['case', 'new', '--file'],
    place.json(`${reference}.json`, { reference, title, counterpart: ['SN'] }),
  ).id;
const entries = (bundle: string) =>
  readFileSync(join(bundle, 'entries.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq: number; type: string; subject: { case?: string } });
const everything = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => readFileSync(join(item.parentPath, item.name), 'latin1'))
    .join('\n');
const verify = (path: string, ...more: string[]) =>
  stranger.run<{ verified?: boolean; problems?: { code: string }[] }>('verify', path, ...more);

beforeAll(() => {
  office.init();
  openCase('FIRST-1', 'the first matter');
  openCase('SECOND-2', 'the second matter');
});

afterAll(() => {
  place.clean();
});

describe('ledger export', () => {
  it('of everything: good for who knows the key, and not confirmed for who does not', () => {
    const out = place.path('whole');
    office.ok('ledger', 'export', '--out', out);
    expect(verify(out).code).toBe(3);
    expect(verify(out, '--trust', office.fingerprint).code).toBe(0);
    expect(verify(out, '--trust', 'AB'.repeat(20)).code).toBe(3);
  });

  it('of one case: its entries and those that say who could make them', () => {
    const out = place.path('case');
    office.ok('ledger', 'export', '--out', out, '--case', 'FIRST-1');
    const ids = new Set(entries(out).flatMap(({ subject }) => subject.case ?? []));
    expect(ids.size).toBe(1);
    expect(entries(out).map(({ type }) => type)).toContain('genesis');
    const { code, json } = verify(out, '--trust', office.fingerprint);
    expect({ code, problems: json.problems }).toEqual({ code: 0, problems: [] });
  });

  it('of some days: nothing of the others but who could make entries', () => {
    const out = place.path('days');
    office.ok('ledger', 'export', '--out', out, '--since', '2999-01-01');
    expect(entries(out).map(({ type }) => type)).not.toContain('case-opened');
    expect(verify(out, '--trust', office.fingerprint).code).toBe(0);
  });

  it('of a case that is not there, or into a folder with something in it: refused', () => {
    const unknown = place.path('unknown');
    expect(office.run('ledger', 'export', '--out', unknown, '--case', 'NONE').code).toBe(1);
    expect(existsSync(unknown)).toBe(false);
    const full = place.path('full');
    const kept = place.write('full/kept.txt', 'kept');
    expect(office.run('ledger', 'export', '--out', full).code).toBe(1);
    expect(readdirSync(full)).toEqual(['kept.txt']);
    expect(readFileSync(kept, 'utf8')).toBe('kept');
  });

  it('redacted: no reference of a case is in any of its files', () => {
    const whole = place.path('named');
    office.ok('ledger', 'export', '--out', whole);
    expect(everything(whole)).toContain('FIRST-1');
    const out = place.path('redacted');
    office.ok('ledger', 'export', '--out', out, '--redact');
    expect(everything(out)).not.toContain('FIRST-1');
    expect(verify(out, '--trust', office.fingerprint).code).toBe(0);
  });
});

describe('ledger prove', () => {
  it('proves one entry to who knows the key, and nothing once a digit was changed', () => {
    const path = place.path('entry.proof.json');
    office.ok('ledger', 'prove', '1', '--out', path);
    expect(verify(path).code).toBe(3);
    expect(verify(path, '--trust', office.fingerprint).code).toBe(0);
    const text = readFileSync(path, 'utf8');
    const hash = /"([0-9a-f]{64})"/.exec(text.slice(text.indexOf('"hashes"')))?.[1] ?? '';
    const other = place.path('changed.proof.json');
    writeFileSync(
      other,
      text.replace(
        hash,
        hash.replace(/^./, (d) => (d === '0' ? '1' : '0')),
      ),
    );
    expect(verify(other, '--trust', office.fingerprint).code).toBe(4);
  });

  it('refuses an entry that is not there, and writes nothing', () => {
    const path = place.path('none.json');
    expect(office.run('ledger', 'prove', '999', '--out', path).code).toBe(1);
    expect(existsSync(path)).toBe(false);
  });
});
