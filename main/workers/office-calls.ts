import type { Office } from '../services/office.ts';
import { withAllowance } from './allowance.ts';
import { approvalCalls } from './calls/approvals.ts';
import { auditCalls } from './calls/audit.ts';
import { bundleCalls } from './calls/bundles.ts';
import { caseCalls } from './calls/cases.ts';
import { contactCalls } from './calls/contacts.ts';
import { exchangeCalls } from './calls/exchange.ts';
import { inboxCalls } from './calls/inbox.ts';
import { keyCalls } from './calls/keys.ts';
import { ledgerCalls } from './calls/ledger.ts';
import { memberCalls } from './calls/members.ts';
import { overviewCalls, vocabularyCalls } from './calls/overview.ts';
import { packageCalls } from './calls/packages.ts';
import { printCalls } from './calls/print.ts';
import { reportCalls } from './calls/reports.ts';
import { sampleCalls } from './calls/samples.ts';
import { tableCalls } from './calls/tables.ts';
import { vaultCalls } from './calls/vault.ts';
import type { Calls } from './rpc.ts';

/**
 * Everything that the office answers, by `area.name`, each call for whom it is meant.
 * @param samples folder for the vaults of sample offices
 */
export function officeCalls(
  office: Office,
  samples: string,
  tell: (name: string, payload: unknown) => void,
): Calls {
  const pages: Readonly<Record<string, object>> = {
    vault: vaultCalls(office),
    keys: keyCalls(office),
    members: memberCalls(office),
    contacts: contactCalls(office),
    cases: caseCalls(office),
    packages: packageCalls(office),
    pages: printCalls(office),
    approvals: approvalCalls(office),
    inbox: inboxCalls(office),
    exchange: exchangeCalls(office),
    ledger: ledgerCalls(office),
    audit: auditCalls(office),
    bundles: bundleCalls(office),
    overview: overviewCalls(office),
    reports: reportCalls(office),
    tables: tableCalls(office),
    samples: sampleCalls(office, samples, tell),
    vocabularies: vocabularyCalls(),
  };
  const calls = Object.entries(pages).flatMap(([area, page]) =>
    Object.entries(page as Calls).map(([name, call]) => [`${area}.${name}`, call] as const),
  );
  return withAllowance(office, Object.fromEntries(calls));
}
