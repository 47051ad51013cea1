import type { ContactRecord } from '../domain/certificates/contact.ts';
import type { Blocker } from '../domain/packages/check.ts';
import type { CertificateFacts } from '../domain/pgp/engine.ts';

/** A contact as people see it: who, what the key is worth today, what stands against sealing. */
export interface ContactView {
  readonly fingerprint: string;
  readonly name: string;
  readonly email?: string;
  readonly organisation?: string;
  readonly country?: string;
  readonly verification?: ContactRecord['verification'];
  readonly exception?: ContactRecord['exception'];
  readonly blocked?: ContactRecord['blocked'];
  readonly conflictsWith?: string;
  readonly mandate?: ContactRecord['mandate'];
  readonly addedAt: string;
  readonly state: 'verified' | 'unverified' | 'conflict' | 'blocked' | 'unusable';
  readonly facts: CertificateFacts;
  readonly blockers: readonly Blocker[];
  readonly warnings: readonly string[];
}

/** What a contact is worth today, in one word. */
export function stateOf(record: ContactRecord, facts: CertificateFacts): ContactView['state'] {
  if (record.blocked) return 'blocked';
  if (record.conflictsWith !== undefined) return 'conflict';
  if (facts.refusals.length > 0) return 'unusable';
  return record.verification ? 'verified' : 'unverified';
}

/** Weaknesses that are told and block nothing. */
export function warningsOf(record: ContactRecord, facts: CertificateFacts): string[] {
  return [
    ...facts.warnings,
    ...(record.country === undefined ? ['no-country'] : []),
    ...(record.mandate === undefined ? ['no-mandate'] : []),
  ];
}
