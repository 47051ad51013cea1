import { readFileSync, renameSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquainted, CliOffice, releaseFor, Workplace } from '../support/cli.ts';
import { Gpg } from '../support/gpg.ts';

interface Failed {
  error: { code: string; message: string };
}
interface Checked {
  items: { code: string }[];
}

/** An agency signs its rules with GnuPG; an office puts them in force, and keeps to them. */
const place = new Workplace();
const office = new CliOffice(place, 'office');
const other = new CliOffice(place, 'other');
const gpg = new Gpg();
const RULES = {
  format: 'valise.policy/1',
  name: 'Rules of the agency',
  at: '2026-01-02T00:00:00Z',
};
let agency = '';
let stranger = '';

/** Writes a policy and the agency's signature beside it. */
function signed(name: string, rules: object, by = agency): string {
  const path = place.json(name, rules);
  gpg.ok([
    ...['--yes', '--local-user', by, '--armor', '--detach-sign', '--output', `${path}.asc`, path],
  ]);
  return path;
}
const setting = (path: string) => {
  const { code, json } = office.run<Failed>('policy', 'set', path);
  return [code, json.error.code];
};
const blockersOf = (id: string) =>
  office.run<Checked>('package', 'check', id).json.items.map(({ code }) => code);
const draft = (more: object = {}) => {
  const release = { ...releaseFor([other.fingerprint]), ...more };
  const file = place.json('release.json', release);
  const payload = place.write('records.csv', 'name\nAwa Sample\n');
  return office.ok<{ id: string }>('package', 'new', '--case', 'CASE-1', '--file', file, payload)
    .id;
};

beforeAll(() => {
  office.init();
  other.init();
  acquainted(place, office, other);
  agency = gpg.makeKey('Agency');
  stranger = gpg.makeKey('Stranger');
  for (const [key, name] of [
    [agency, 'agency.asc'],
    [stranger, 'stranger.asc'],
  ] as const)
    place.write(name, gpg.ok(['--armor', '--export', key]));
  office.ok('contact', 'add', place.path('stranger.asc'));
});
afterAll(() => {
  gpg.stop();
  place.clean();
});

describe('a policy', () => {
  it('has to be signed by somebody whose fingerprint was compared', () => {
    const path = signed('policy.json', RULES);
    expect(setting(path)).toEqual([4, 'policy-unsigned']);
    expect(setting(signed('of-stranger.json', RULES, stranger))).toEqual([4, 'policy-unsigned']);
    office.trust(place.path('agency.asc'));
    expect(setting(place.json('unsigned.json', RULES))).toEqual([1, 'file-unknown']);
    renameSync(`${path}.asc`, place.path('unsigned.json.asc'));
    place.json('unsigned.json', { ...RULES, name: 'Others' });
    expect(setting(place.path('unsigned.json'))).toEqual([4, 'policy-unsigned']);
    expect(setting(signed('odd.json', { ...RULES, approvers: 0 }))).toEqual([1, 'input-refused']);
    expect(setting(signed('odd.json', { ...RULES, unknown: 1 }))).toEqual([1, 'input-refused']);
    expect(office.ok('policy', 'show')).toEqual({ policy: null });
  });

  it('is put in force, and its digest stands in the ledger', () => {
    const path = signed('policy.json', RULES);
    const { digest } = office.ok<{ digest: string }>('policy', 'set', path);
    const { entries } = office.ok<{ entries: { detail: object }[] }>(
      ...['ledger', 'show', '--type', 'policy-changed'],
    );
    expect(entries.at(-1)?.detail).toEqual({ policy: digest });
    expect(office.ok('policy', 'show')).toMatchObject({ digest, signer: agency, file: 'same' });
    expect(blockersOf(draft())).toEqual([]);
  });

  it('is followed only by a later one of the same signer', () => {
    office.ok('contact', 'verify', stranger, '--method', 'phone');
    expect(setting(signed('policy.json', RULES, stranger))).toEqual([4, 'policy-other-signer']);
    const older = { ...RULES, at: '2025-01-01T00:00:00Z' };
    expect(setting(signed('policy.json', older))).toEqual([1, 'policy-older']);
    office.ok('policy', 'set', signed('policy.json', RULES));
  });

  it('that changed stops sealing, and is named when one looks', () => {
    const id = draft();
    const path = place.path('policy.json');
    const before = readFileSync(path);
    signed('policy.json', { ...RULES, name: 'Other rules' });
    expect(blockersOf(id)).toEqual(['policy-file-changed']);
    const ran = office.run<Failed>('package', 'seal', id, '--out', place.path('out'));
    expect([ran.code, ran.json.error.code]).toEqual([1, 'package-blocked']);
    expect(ran.json.error.message).toContain('policy is another file');
    expect(office.run('status').stdout).toContain('policy-changed');
    // Gone is not changed: its rules stay in force.
    renameSync(path, place.path('away.json'));
    expect(office.ok('policy', 'show')).toMatchObject({
      file: 'gone',
      policy: { name: RULES.name },
    });
    expect(blockersOf(id)).toEqual([]);
    place.write('policy.json', before);
    expect(office.seal(id, place.path('out')).sha256).toHaveLength(64);
  });
});

it('another key of the agency’s signs once the old one is blocked', () => {
  const next = signed('policy.json', { ...RULES, name: 'Signed anew' }, stranger);
  expect(setting(next)).toEqual([4, 'policy-other-signer']);
  office.ok('contact', 'block', agency, '--reason', 'The agency has a new key.');
  expect(office.ok('policy', 'set', next)).toMatchObject({ signer: stranger });
  agency = stranger;
});

describe('what a policy does not allow', () => {
  it('is not sealed, and each reason is said', () => {
    const rules = {
      ...{ validUntil: '2026-02-01', approvers: 2, retentionDays: 30, profiles: ['rfc9580'] },
      recipients: { countries: ['SN'] },
    };
    office.ok('policy', 'set', signed('policy.json', { ...RULES, ...rules }));
    expect(blockersOf(draft())).toEqual([
      ...['policy-ended', 'policy-recipient', 'policy-retention', 'policy-approvers'],
      'policy-profile',
    ]);
  });

  it('and what it allows is', () => {
    const rules = {
      ...{ validUntil: '2099-12-31', profiles: ['rfc4880'], retentionDays: 36_500 },
      recipients: { countries: ['SN'], fingerprints: [other.fingerprint] },
    };
    office.ok('policy', 'set', signed('policy.json', { ...RULES, ...rules }));
    expect(blockersOf(draft())).toEqual([]);
  });

  it('a channel is neither added nor used', () => {
    const stick = { name: 'stick', kind: 'folder', path: place.path('share') };
    office.ok('channel', 'add', '--file', place.json('stick.json', stick));
    office.ok('policy', 'set', signed('policy.json', { ...RULES, channels: ['sftp'] }));
    for (const args of [
      ['channel', 'add', '--file', place.json('more.json', { ...stick, name: 'more' })],
      ['channel', 'test', 'stick'],
      ['exchange'],
    ]) {
      const { code, json } = office.run<Failed>(...args);
      expect([code, json.error.code], args.join(' ')).toEqual([3, 'policy-forbids-channel']);
    }
  });
});
