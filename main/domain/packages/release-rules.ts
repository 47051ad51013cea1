import { z } from 'zod';
import { Code } from '../identifiers.ts';
import { QUESTIONS } from './questions.ts';
import file from './release-rules.json';
import type { Situation } from './situation.ts';

/** What an assessment comes to: the higher of what the officer says and what the rules say. */
export const RISKS = ['low', 'medium', 'high'] as const;
export type RiskLevel = (typeof RISKS)[number];

const Rule = z.strictObject({
  code: Code,
  /** Where the officer mends it. */
  step: z.enum(['what', 'why', 'who', 'check']),
  question: z.enum(QUESTIONS).exactOptional(),
  /** Every fact named here has one of the values. */
  when: z.record(z.string(), z.array(z.string()).min(1)),
  blocks: z.literal(true).exactOptional(),
  warns: z.literal(true).exactOptional(),
  /** How many people beside the officer have to agree. */
  approvals: z.int().min(1).max(32).exactOptional(),
  /** The risk is not lower than this. */
  risk: z.enum(RISKS).exactOptional(),
  text: z.string().min(1),
});
export type Rule = Readonly<z.infer<typeof Rule>>;

const Rules = z.strictObject({
  format: z.literal('valise.rules/1'),
  version: z.string().min(1),
  rules: z.array(Rule).min(1),
});

/** The table as its file holds it; a code never changes its meaning. */
export const RELEASE_RULES: readonly Rule[] = Rules.parse(file).rules;

export interface Judgement {
  readonly blocks: readonly Rule[];
  readonly warns: readonly Rule[];
  /** How many people beside the officer have to agree, and why. */
  readonly approvals: { readonly required: number; readonly because: readonly Rule[] };
  /** The least risk that the officer may state, and why. */
  readonly risk: { readonly least: RiskLevel; readonly because: readonly Rule[] };
}

/** What the table makes of a release. */
export function judge(situation: Situation, table: readonly Rule[] = RELEASE_RULES): Judgement {
  const facts: Readonly<Record<string, string>> = { ...situation };
  const applies = table.filter(({ when }) =>
    Object.entries(when).every(([name, values]) => values.includes(facts[name] ?? '')),
  );
  const approvals = applies.filter((rule) => rule.approvals !== undefined);
  const least =
    [...RISKS].reverse().find((level) => applies.some(({ risk }) => risk === level)) ?? 'low';
  return {
    blocks: applies.filter(({ blocks }) => blocks === true),
    warns: applies.filter(({ warns }) => warns === true),
    approvals: {
      required: Math.max(0, ...approvals.map((rule) => rule.approvals ?? 0)),
      because: approvals,
    },
    risk: {
      least,
      because: least === 'low' ? [] : applies.filter(({ risk }) => risk === least),
    },
  };
}

/** Whether the first risk is lower than the second. */
export function isLower(one: RiskLevel, other: RiskLevel): boolean {
  return RISKS.indexOf(one) < RISKS.indexOf(other);
}
