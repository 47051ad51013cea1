import type { ContactRecord, LedgerAlarm } from '../domain/certificates/contact.ts';
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
  readonly ledgerAlarm?: LedgerAlarmView;
  readonly mandate?: ContactRecord['mandate'];
  readonly addedAt: string;
  readonly state: 'verified' | 'unverified' | 'conflict' | 'blocked' | 'unusable';
  readonly facts: CertificateFacts;
  readonly blockers: readonly Blocker[];
  readonly warnings: readonly string[];
}

/** What is wrong with a contact's ledger, until an officer has acknowledged it. */
export interface LedgerAlarmView {
  readonly kind: LedgerAlarm['kind'];
  readonly at: string;
  readonly known: { readonly size: number; readonly at: string };
  readonly seen: { readonly size: number; readonly at: string };
  /** Both checkpoints are kept with their signatures, and they do not go together. */
  readonly canComplain: boolean;
  readonly complainedAt?: string;
}

/** The alarm as people see it. */
export function alarmView({ ledgerAlarm }: ContactRecord): LedgerAlarmView | undefined {
  if (ledgerAlarm === undefined) return undefined;
  const { kind, at, known, seen, complainedAt } = ledgerAlarm;
  const isSigned = known.signed !== undefined && seen.signed !== undefined;
  return {
    kind,
    at,
    known: { size: known.size, at: known.at },
    seen: { size: seen.size, at: seen.at },
    canComplain: kind !== 'restarted' && isSigned,
    ...(complainedAt === undefined ? {} : { complainedAt }),
  };
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
