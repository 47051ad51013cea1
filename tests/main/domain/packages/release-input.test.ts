import { expect, test } from 'vitest';
import { parseInput } from '../../../../main/domain/json/parse-input.ts';
import { decodeManifest, encodeManifest } from '../../../../main/domain/packages/manifest.ts';
import {
  buildManifest,
  ReleaseDraft,
  ReleaseInput,
  type ReleaseFrame,
} from '../../../../main/domain/packages/release-input.ts';
import { failureOf } from '../../../fixtures/failure.ts';
import {
  APPROVER,
  fileEntries,
  PACKAGE_ID,
  PAYLOAD,
  RECIPIENT,
  SENDER,
} from '../../../fixtures/release.ts';

const answer = { answer: 'met', evidence: 'Controller record no. 17' };

/** What an officer writes; `change` replaces members, `undefined` takes one out. */
function written(change: Record<string, unknown> = {}): Record<string, unknown> {
  const all: Record<string, unknown> = {
    purpose: 'Return of the list to the company that it was taken from.',
    instrument: 'COE-185',
    legalBasis: ['LED-8'],
    offences: ['09031'],
    dataCategories: ['Name', 'EmailAddress'],
    affectedIndividuals: { count: 1240, method: 'exact' },
    origin: { how: 'Seized with a server' },
    assessment: {
      ownership: answer,
      consentOrInterest: answer,
      recipientIdentity: answer,
      minimisation: answer,
      necessity: answer,
      harmToIndividuals: answer,
      onwardTransfer: { answer: 'not-applicable', evidence: '' },
      risk: 'low',
    },
    handling: { tlp: 'AMBER', caveats: ['H2', 'Not to be printed'] },
    retention: { deleteBy: '2026-11-30', action: 'destroy' },
    recipients: [{ fingerprint: RECIPIENT }],
    ...change,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

const parse = (value: unknown) => parseInput(ReleaseInput, value, 'release.json');
const refusal = (change: Record<string, unknown>) => failureOf(() => parse(written(change)));

const frame: ReleaseFrame = {
  id: PACKAGE_ID,
  createdAt: '2026-05-03T12:00:00Z',
  sender: { name: 'Amina Diallo', organisation: 'Ministry of Justice', fingerprint: SENDER },
  recipients: [{ name: 'Jonas Weber', fingerprint: RECIPIENT }],
  case: { reference: 'SN-2026-0042' },
  files: fileEntries(PAYLOAD).reverse(),
  assessedBy: SENDER,
  assessedAt: '2026-05-02T09:30:00Z',
};

test('reads a complete form', () => {
  expect(parse(written())).toEqual(written());
});

test.each([
  'purpose',
  'instrument',
  'legalBasis',
  'offences',
  'dataCategories',
  'affectedIndividuals',
  'origin',
  'assessment',
  'handling',
  'retention',
  'recipients',
])('asks for %s by name', (field) => {
  const failure = refusal({ [field]: undefined });
  expect(failure.code).toBe('input-refused');
  expect(failure.params).toMatchObject({
    what: 'release.json',
    where: field,
    problem: 'is missing',
  });
});

test('names every member that it does not know', () => {
  const failure = refusal({ colour: 'red', size: 7, purpose: undefined });
  expect(failure.message).toContain('colour');
  expect(failure.message).toContain('size is not a known member');
  expect(failure.message).toContain('purpose is missing');
});

test.each([
  ['instrument', 'COE-999', 'instrument', 'COE-999'],
  ['legalBasis', ['LED-8', 'LED-99'], 'legalBasis[1]', 'LED-99'],
  ['transferBasis', ['A45'], 'transferBasis[0]', 'A45'],
  ['offences', ['9999'], 'offences[0]', '9999'],
  ['dataCategories', ['Aura'], 'dataCategories[0]', 'Aura'],
  ['purposeCodes', ['Fun'], 'purposeCodes[0]', 'Fun'],
  ['handling', { tlp: 'AMBER', caveats: ['H9'] }, 'handling.caveats[0]', 'H9'],
])('refuses a code in %s that no list knows, with field and code', (member, value, field, code) => {
  const failure = refusal({ [member]: value });
  expect(failure.params['where']).toBe(field);
  expect(failure.params['problem']).toContain(`"${code}"`);
});

test('takes fingerprints in groups and in lower case', () => {
  const grouped = RECIPIENT.toLowerCase()
    .replace(/(.{4})/g, '$1 ')
    .trim();
  const input = parse(written({ recipients: [{ fingerprint: grouped }], approvers: [grouped] }));
  expect(input.recipients).toEqual([{ fingerprint: RECIPIENT }]);
  expect(input.approvers).toEqual([RECIPIENT]);
  expect(refusal({ recipients: [{ fingerprint: '1234' }] }).params['where']).toBe(
    'recipients[0].fingerprint',
  );
});

test('a draft may lack anything, and what is there has its form', () => {
  const draft = (value: unknown) => parseInput(ReleaseDraft, value, 'release.json');
  expect(draft({})).toEqual({});
  const half = { assessment: { ownership: answer }, recipients: [] };
  expect(draft(half)).toEqual(half);
  expect(draft(written())).toEqual(written());
  expect(failureOf(() => draft({ purpose: '' })).params['where']).toBe('purpose');
  expect(failureOf(() => draft({ colour: 1 })).params['where']).toBe('colour');
});

test('builds a manifest that a reader takes', () => {
  const made = buildManifest(parse(written()), frame);
  expect(decodeManifest(encodeManifest(made)).manifest).toEqual(made);
  expect(made).toMatchObject({
    kind: 'release',
    approval: { required: 0, approvers: [] },
    assessment: { ownership: { ...answer, by: SENDER, at: '2026-05-02T09:30:00Z' }, risk: 'low' },
  });
  expect(made.files.map(({ path }) => path)).toEqual(Object.keys(PAYLOAD));
  expect(made).not.toHaveProperty('supersedes');
});

test('carries over what is optional', () => {
  const more = {
    kind: 'request',
    purposeCodes: ['ReturnToOwner'],
    transferBasis: ['LED-36'],
    supersedes: '0198f2a0-7c1e-7000-8000-000000000001',
    inReplyTo: '0198f2a0-7c1e-7000-8000-000000000002',
  };
  const approval = { required: 1, approvers: [{ name: 'Ousmane Fall', fingerprint: APPROVER }] };
  expect(buildManifest(parse(written(more)), { ...frame, approval })).toMatchObject({
    ...more,
    approval,
  });
});

test('puts descriptions where they belong, by path or by the name that a file had', () => {
  const files = frame.files.map((file) => ({
    ...file,
    originalName: `was ${file.path}`,
    source: '/home/x',
  }));
  const descriptions = {
    'customers.csv': 'The list',
    'was data/notes/read me.txt': 'The note',
  };
  const made = buildManifest(parse(written({ descriptions })), { ...frame, files });
  expect(made.files.map(({ description }) => description)).toEqual(['The list', 'The note']);
  expect(made.files[0]).not.toHaveProperty('source');
  const lost = parse(written({ descriptions: { 'gone.csv': 'x' } }));
  const failure = failureOf(() => buildManifest(lost, frame));
  expect(failure.code).toBe('description-without-file');
  expect(failure.params).toEqual({ path: 'gone.csv' });
});

test('refuses to build what a reader would refuse, with the field', () => {
  const self = { ...frame, recipients: [{ name: 'Me', fingerprint: SENDER }] };
  const failure = failureOf(() => buildManifest(parse(written()), self));
  expect(failure.params['field']).toBe('recipients[0].fingerprint');
});
