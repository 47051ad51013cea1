import { describe, expect, it } from 'vitest';
import {
  policyBlockers,
  type UnderPolicy,
} from '../../../../main/domain/policy/policy-blockers.ts';
import { Policy } from '../../../../main/domain/policy/policy.ts';

const BRUNO = 'A'.repeat(40);
const CARLA = 'B'.repeat(40);
const policy = (more: object): Policy =>
  Policy.parse({
    format: 'valise.policy/1',
    name: 'Rules',
    at: '2026-01-01T00:00:00Z',
    ...more,
  });
const draft: UnderPolicy = {
  draft: {
    retention: { deleteBy: '2026-07-01', action: 'destroy' },
    approvers: [CARLA],
  },
  recipients: [
    { name: 'Bruno', fingerprint: BRUNO, country: 'FR' },
    { name: 'Carla', fingerprint: CARLA },
  ],
  profile: 'rfc4880',
  today: '2026-06-01',
};
const codes = (more: object, given: Partial<UnderPolicy> = {}) =>
  policyBlockers(policy(more), { ...draft, ...given }).map(({ code, params }) => [code, params]);

describe('what a policy says against a seal', () => {
  it.each([
    ['nothing is limited', {}],
    ['its last day', { validUntil: '2026-06-01' }],
    ['kept to the last day', { retentionDays: 30 }],
    ['as many approve', { approvers: 1 }],
    ['this form', { profiles: ['rfc9580', 'rfc4880'] }],
    ['by country and by key', { recipients: { countries: ['FR'], fingerprints: [CARLA] } }],
  ])('nothing: %s', (_name, rules) => {
    expect(codes(rules)).toEqual([]);
  });

  it.each([
    ['policy-ended', { validUntil: '2026-05-31' }, { until: '2026-05-31' }],
    ['policy-retention', { retentionDays: 29 }, { latest: '2026-06-30' }],
    ['policy-approvers', { approvers: 2 }, { required: '2', listed: '1' }],
    ['policy-profile', { profiles: ['rfc9580'] }, { profile: 'rfc4880' }],
    ['policy-recipient', { recipients: { fingerprints: [BRUNO] } }, { name: 'Carla' }],
    ['policy-recipient', { recipients: { countries: ['FR'] } }, { name: 'Carla' }],
  ])('%s', (code, rules, params) => {
    expect(codes(rules)).toEqual([[code, params]]);
  });

  it('of a form that nobody knows yet nothing', () => {
    expect(codes({ profiles: ['rfc9580'] }, { profile: undefined })).toEqual([]);
  });
});

describe('the file', () => {
  it.each([
    ['another format', { format: 'valise.policy/2' }],
    ['an unknown member', { colour: 'blue' }],
    ['no time', { at: 'yesterday' }],
    ['an empty list', { channels: [] }],
    ['a country that is none', { recipients: { countries: ['XX1'] } }],
  ])('is refused: %s', (_name, more) => {
    expect(() => policy(more)).toThrow();
  });
});
