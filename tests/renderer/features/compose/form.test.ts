import { expect, test } from 'vitest';
import { formOf, isReferenceHash, releaseOf } from '../../../../renderer/features/compose/form.ts';
import { RELEASE } from '../packages/office.ts';

test('what the vault has comes back unchanged from the form', () => {
  expect(releaseOf(formOf(RELEASE))).toEqual(RELEASE);
  const kept = { kind: 'request', supersedes: '0192aa4e-7b1c-7d2e-8f3a-1b2c3d4e5f61' } as const;
  expect(releaseOf(formOf({ ...RELEASE, ...kept }))).toMatchObject(kept);
});

test('a form that nobody has begun says nothing', () => {
  expect(releaseOf(formOf({}))).toEqual({ assessment: {}, recipients: [] });
});

test('what is half done stays on the glass', () => {
  const form = formOf({});
  const half = releaseOf({
    ...form,
    affectedMethod: 'estimated',
    custodian: 'Police of Dakar',
    caveats: ['H2'],
    purpose: '   ',
    retentionAction: 'return',
    answers: { ...form.answers, ownership: { answer: null, evidence: 'a register' } },
  });
  expect(half).toEqual({ assessment: {}, recipients: [] });
});

test('nobody knows how many is an answer of its own, and so is none', () => {
  const form = { ...formOf({}), affectedMethod: 'unknown' as const, offences: [] };
  expect(releaseOf(form)).toMatchObject({
    affectedIndividuals: { count: 0, method: 'unknown' },
    offences: [],
  });
});

test('a reference digest that is none is not kept', () => {
  const form = { ...formOf({}), originHow: 'Seized', referenceHash: 'soon' };
  expect(isReferenceHash('soon')).toBe(false);
  expect(isReferenceHash(`sha256:${'0a'.repeat(32)}`)).toBe(true);
  expect(releaseOf(form).origin).toEqual({ how: 'Seized' });
});
