import type { ContactRecord } from '../certificates/contact.ts';
import type { Country } from '../identifiers.ts';
import type { ReleaseDraft } from './release-input.ts';
import { lookUp } from './vocabularies.ts';
import type { Question } from './questions.ts';

type Given = 'met' | 'not-met' | 'not-applicable' | 'open';

/** A release as the rules see it: facts with few values each, told by the draft and its people. */
export interface Situation extends Readonly<Record<Question, Given>> {
  readonly kind: 'release' | 'request';
  /** The furthest recipient, seen from the sender; `third-country`: out of the EEA, from within. */
  readonly transfer: 'within' | 'abroad' | 'third-country';
  readonly countries: 'known' | 'unknown';
  /** `derogation`: nothing but exceptions for single cases. */
  readonly transferBasis: 'none' | 'derogation' | 'given';
  readonly instrument: 'none' | 'in-force' | 'not-in-force';
  readonly interest: 'legitimate' | 'none';
  /** Special categories, or data on crimes of people. */
  readonly special: 'yes' | 'no';
  readonly specialBasis: 'none' | 'given';
  /** Passwords, accounts, means of payment. */
  readonly sensitive: 'yes' | 'no';
  readonly affected: 'few' | 'many' | 'very-many' | 'unknown' | 'open';
  /** Of the recipient who is worst off. */
  readonly mandate: 'current' | 'missing' | 'expired';
  readonly trust: 'compared' | 'exception';
  readonly tlp: string;
  readonly retention: 'open' | 'past' | 'short' | 'long';
  readonly risk: 'low' | 'medium' | 'high' | 'open';
}

/** European Union, Iceland, Liechtenstein, Norway: one area for the GDPR and Directive 2016/680. */
const EEA: ReadonlySet<Country> = new Set(
  (
    'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE ' + 'IS LI NO'
  ).split(' '),
);
const DEROGATION = /^(?:A49-|LED-38-|LED-39$)/;
const OF_SPECIAL = /^(?:A9-2-|LED-10$|GDPR-10$)/;
const OF_INTEREST = /^A6-1-f/;
const SENSITIVE_GROUPS: ReadonlySet<string> = new Set(['Finance', 'Accounts and access']);
const MANY = 1000;
const VERY_MANY = 100_000;
const LONG_YEARS = 2;

/**
 * What the rules need to know of a draft.
 * @param from the sender's country
 * @param today calendar day
 */
export function situationOf(
  draft: ReleaseDraft,
  recipients: readonly ContactRecord[],
  from: Country,
  today: string,
): Situation {
  const { assessment, affectedIndividuals, dataCategories = [], legalBasis = [] } = draft;
  const items = dataCategories.flatMap((code) => lookUp('data-category', code) ?? []);
  const has = (found: boolean) => (found ? 'yes' : 'no');
  const given = (question: Question): Given => assessment?.[question]?.answer ?? 'open';
  return {
    ownership: given('ownership'),
    consentOrInterest: given('consentOrInterest'),
    recipientIdentity: given('recipientIdentity'),
    minimisation: given('minimisation'),
    necessity: given('necessity'),
    harmToIndividuals: given('harmToIndividuals'),
    onwardTransfer: given('onwardTransfer'),
    kind: draft.kind ?? 'release',
    transfer: transferTo(recipients, from),
    countries: recipients.some(({ country }) => country === undefined) ? 'unknown' : 'known',
    transferBasis: basisOf(draft.transferBasis ?? []),
    instrument: instrumentOf(draft.instrument),
    interest: legalBasis.some((code) => OF_INTEREST.test(code)) ? 'legitimate' : 'none',
    special: has(items.some(({ special }) => special === true)),
    specialBasis: legalBasis.some((code) => OF_SPECIAL.test(code)) ? 'given' : 'none',
    sensitive: has(items.some(({ group }) => SENSITIVE_GROUPS.has(group ?? ''))),
    affected: affectedBy(affectedIndividuals),
    mandate: mandateOf(recipients, today),
    trust: recipients.some(({ verification, exception }) => !verification && exception)
      ? 'exception'
      : 'compared',
    tlp: draft.handling?.tlp ?? 'open',
    retention: retentionOf(draft.retention?.deleteBy, today),
    risk: assessment?.risk ?? 'open',
  };
}

function transferTo(recipients: readonly ContactRecord[], from: Country): Situation['transfer'] {
  const abroad = recipients.flatMap(({ country }) =>
    country === undefined || country === from ? [] : [country],
  );
  if (!EEA.has(from)) return abroad.length > 0 ? 'abroad' : 'within';
  return abroad.some((country) => !EEA.has(country)) ? 'third-country' : 'within';
}

function basisOf(codes: readonly string[]): Situation['transferBasis'] {
  if (codes.length === 0) return 'none';
  return codes.every((code) => DEROGATION.test(code)) ? 'derogation' : 'given';
}

function instrumentOf(code: string | undefined): Situation['instrument'] {
  if (code === undefined) return 'none';
  return lookUp('instrument', code)?.inForce === false ? 'not-in-force' : 'in-force';
}

function affectedBy(affected: ReleaseDraft['affectedIndividuals']): Situation['affected'] {
  if (affected === undefined) return 'open';
  if (affected.count >= VERY_MANY) return 'very-many';
  if (affected.count >= MANY) return 'many';
  return affected.method === 'unknown' ? 'unknown' : 'few';
}

function mandateOf(recipients: readonly ContactRecord[], today: string): Situation['mandate'] {
  const mandates = recipients.map(({ mandate }) => mandate);
  if (mandates.some((mandate) => mandate?.until !== undefined && mandate.until < today))
    return 'expired';
  return mandates.includes(undefined) ? 'missing' : 'current';
}

function retentionOf(deleteBy: string | undefined, today: string): Situation['retention'] {
  if (deleteBy === undefined) return 'open';
  if (deleteBy < today) return 'past';
  const limit = `${String(Number(today.slice(0, 4)) + LONG_YEARS)}${today.slice(4)}`;
  return deleteBy > limit ? 'long' : 'short';
}
