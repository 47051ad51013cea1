import { describe, expect, it } from 'vitest';
import catalogue from '../../../../renderer/locales/en/compose.json';
import type { ContactRecord } from '../../../../main/domain/certificates/contact.ts';
import type { ReleaseDraft } from '../../../../main/domain/packages/release-input.ts';
import { judge, RELEASE_RULES } from '../../../../main/domain/packages/release-rules.ts';
import { situationOf, type Situation } from '../../../../main/domain/packages/situation.ts';

const TODAY = '2026-11-26';

/** A release that no rule has anything to say about. */
const QUIET: Situation = {
  ownership: 'met',
  consentOrInterest: 'met',
  recipientIdentity: 'met',
  minimisation: 'met',
  necessity: 'met',
  harmToIndividuals: 'met',
  onwardTransfer: 'met',
  kind: 'release',
  transfer: 'within',
  countries: 'known',
  transferBasis: 'none',
  instrument: 'in-force',
  interest: 'none',
  special: 'no',
  specialBasis: 'none',
  sensitive: 'no',
  affected: 'few',
  mandate: 'current',
  trust: 'compared',
  tlp: 'AMBER',
  retention: 'short',
  risk: 'low',
};

interface Effects {
  readonly blocks?: true;
  readonly warns?: true;
  readonly approvals?: number;
  readonly risk?: 'medium' | 'high';
}

/** Every rule once: what makes it apply, and what it does; written down a second time, by hand. */
const CASES: readonly (readonly [code: string, when: Partial<Situation>, does: Effects])[] = [
  ['third-country-no-basis', { transfer: 'third-country' }, { blocks: true }],
  [
    'interest-not-met',
    { interest: 'legitimate', consentOrInterest: 'not-applicable' },
    { blocks: true },
  ],
  ['harm-not-weighed', { special: 'yes', harmToIndividuals: 'not-applicable' }, { blocks: true }],
  ['retention-past', { retention: 'past' }, { blocks: true }],
  ['special-categories', { special: 'yes' }, { approvals: 1, risk: 'high' }],
  ['special-no-basis', { special: 'yes', specialBasis: 'none' }, { warns: true }],
  ['very-many-people', { affected: 'very-many' }, { approvals: 1, risk: 'high' }],
  ['many-people', { affected: 'many' }, { risk: 'medium' }],
  ['people-not-counted', { affected: 'unknown' }, { warns: true }],
  ['credentials-or-money', { sensitive: 'yes' }, { risk: 'medium' }],
  [
    'derogation',
    { transfer: 'third-country', transferBasis: 'derogation' },
    { warns: true, approvals: 1, risk: 'medium' },
  ],
  ['abroad-no-basis', { transfer: 'abroad' }, { warns: true }],
  ['country-unknown', { countries: 'unknown' }, { warns: true }],
  ['mandate-missing', { mandate: 'missing' }, { warns: true }],
  ['mandate-expired', { mandate: 'expired' }, { warns: true, approvals: 1, risk: 'medium' }],
  ['key-by-exception', { trust: 'exception' }, { warns: true, approvals: 1, risk: 'medium' }],
  ['not-in-force', { instrument: 'not-in-force' }, { warns: true, approvals: 1 }],
  ['tlp-clear', { tlp: 'CLEAR' }, { warns: true }],
  ['onward-not-weighed', { transfer: 'abroad', onwardTransfer: 'not-applicable' }, { warns: true }],
  ['all-of-many', { affected: 'many', minimisation: 'not-applicable' }, { warns: true }],
  ['retention-long', { retention: 'long' }, { warns: true }],
  ['risk-high', { risk: 'high' }, { approvals: 1 }],
];

describe('the table of rules', () => {
  it('is all tested here', () => {
    expect(CASES.map(([code]) => code)).toEqual(RELEASE_RULES.map(({ code }) => code));
  });

  it('has words in the window, each of them', () => {
    for (const { code, text } of RELEASE_RULES)
      expect((catalogue.block as Readonly<Record<string, string>>)[code]).toBe(text);
  });

  it('has nothing to say about a release that needs nothing', () => {
    expect(judge(QUIET)).toEqual({
      blocks: [],
      warns: [],
      approvals: { required: 0, because: [] },
      risk: { least: 'low', because: [] },
    });
  });

  it.each(CASES)('%s', (code, when, does) => {
    const rules = RELEASE_RULES.filter((rule) => rule.code === code);
    const judged = judge({ ...QUIET, ...when }, rules);
    expect(judged.blocks.length > 0).toBe(does.blocks === true);
    expect(judged.warns.length > 0).toBe(does.warns === true);
    expect(judged.approvals.required).toBe(does.approvals ?? 0);
    expect(judged.risk.least).toBe(does.risk ?? 'low');
    // Each fact counts: without any one of them the rule has nothing to say.
    for (const fact of Object.keys(when)) {
      const without = { ...QUIET, ...when, [fact]: QUIET[fact as keyof Situation] };
      const names = rules[0]?.when[fact]?.includes(QUIET[fact as keyof Situation]) === true;
      const said = judge(without, rules);
      const nothing =
        said.blocks.length + said.warns.length + said.approvals.required === 0 &&
        said.risk.least === 'low';
      expect(nothing, fact).toBe(!names);
    }
  });

  it('takes the highest risk and the largest number of people', () => {
    const { approvals, risk } = judge({ ...QUIET, special: 'yes', affected: 'many' });
    expect(risk).toMatchObject({ least: 'high', because: [{ code: 'special-categories' }] });
    expect(approvals.required).toBe(1);
  });
});

const person = (more: Partial<ContactRecord> = {}): ContactRecord => ({
  fingerprint: 'AB'.repeat(20),
  name: 'Amina',
  country: 'FR',
  certificate: '',
  keyIds: [],
  addedAt: '2026-01-01T00:00:00Z',
  via: 'file',
  mandate: { fileName: 'mandate.pdf', sha256: 'ab'.repeat(32), until: '2027-01-01' },
  verification: { method: 'video', by: 'CD'.repeat(20), at: '2026-01-01T00:00:00Z' },
  ...more,
});
const seen = (draft: ReleaseDraft, people = [person()], from = 'FR') =>
  situationOf(draft, people, from, TODAY);

describe('what the rules see of a draft', () => {
  it.each<[string, Partial<Situation>, Situation]>([
    ['the same country', { transfer: 'within' }, seen({})],
    ['another one of the area', { transfer: 'within' }, seen({}, [person({ country: 'DE' })])],
    ['out of the area', { transfer: 'third-country' }, seen({}, [person({ country: 'SN' })])],
    ['from outside of it', { transfer: 'abroad' }, seen({}, [person()], 'SN')],
    [
      'a country that nobody knows',
      { countries: 'unknown' },
      seen({}, [(({ country: _country, ...rest }) => rest)(person())]),
    ],
    ['no basis', { transferBasis: 'none' }, seen({})],
    ['only exceptions', { transferBasis: 'derogation' }, seen({ transferBasis: ['A49-1-d'] })],
    [
      'an exception beside a basis',
      { transferBasis: 'given' },
      seen({ transferBasis: ['A49-1-d', 'A45-3'] }),
    ],
    ['not in force', { instrument: 'not-in-force' }, seen({ instrument: 'UN-CYBER' })],
    ['in force', { instrument: 'in-force' }, seen({ instrument: 'COE-185' })],
    [
      'legitimate interest',
      { interest: 'legitimate' },
      seen({ legalBasis: ['A6-1-f-controller'] }),
    ],
    ['health', { special: 'yes' }, seen({ dataCategories: ['HealthRecord'] })],
    ['crimes of people', { special: 'yes' }, seen({ dataCategories: ['CriminalConviction'] })],
    ['names', { special: 'no', sensitive: 'no' }, seen({ dataCategories: ['Name'] })],
    ['passwords', { sensitive: 'yes' }, seen({ dataCategories: ['Password'] })],
    ['cards', { sensitive: 'yes' }, seen({ dataCategories: ['PaymentCardNumber'] })],
    ['a basis for these', { specialBasis: 'given' }, seen({ legalBasis: ['A9-2-f'] })],
    [
      'many',
      { affected: 'many' },
      seen({ affectedIndividuals: { count: 1000, method: 'unknown' } }),
    ],
    [
      'nobody counted',
      { affected: 'unknown' },
      seen({ affectedIndividuals: { count: 0, method: 'unknown' } }),
    ],
    ['few', { affected: 'few' }, seen({ affectedIndividuals: { count: 999, method: 'exact' } })],
    [
      'a mandate that ran out',
      { mandate: 'expired' },
      seen({}, [
        person(),
        person({ mandate: { fileName: 'm', sha256: 'ab', until: '2026-11-25' } }),
      ]),
    ],
    [
      'no mandate',
      { mandate: 'missing' },
      seen({}, [(({ mandate: _mandate, ...rest }) => rest)(person())]),
    ],
    [
      'the last day',
      { retention: 'short' },
      seen({ retention: { deleteBy: TODAY, action: 'destroy' } }),
    ],
    [
      'the day before',
      { retention: 'past' },
      seen({ retention: { deleteBy: '2026-11-25', action: 'destroy' } }),
    ],
    [
      'more than two years',
      { retention: 'long' },
      seen({ retention: { deleteBy: '2028-11-27', action: 'destroy' } }),
    ],
  ])('%s', (_what, expected, situation) => {
    expect(situation).toMatchObject(expected);
  });
});
