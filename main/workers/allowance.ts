import { DomainError } from '../domain/errors/index.ts';
import type { Office } from '../services/office.ts';
import type { CallContext, Calls } from './rpc.ts';

/**
 * What an auditor may ask of the office while their vault is open. Whatever this list does not
 * name is refused before any service hears of it; a new call is, too, until it is put in here.
 * Behind it stand the keys: an auditor's office holds none to vault.db, nor to any package.
 */
export const AUDITOR_MAY: ReadonlySet<string> = new Set([
  'vault.unlock',
  'vault.lock',
  'vault.useRecovery',
  'vault.changePassphrase',
  'keys.own',
  'keys.save',
  'members.list',
  'ledger.status',
  'ledger.page',
  'ledger.count',
  'ledger.choices',
  'ledger.places',
  'ledger.entry',
  'ledger.timeline',
  'ledger.list',
  'ledger.verify',
  'ledger.anchors',
  'ledger.earlier',
  'ledger.exportEarlier',
  'ledger.export',
  'ledger.prove',
  'reports.indicators',
  'reports.disclosures',
  'reports.save',
  'audit.sample',
  'audit.saveSample',
  'audit.note',
  'audit.notes',
  'bundles.open',
  'bundles.trust',
  'bundles.page',
  'bundles.count',
  'bundles.entry',
  'bundles.compare',
  'bundles.pairs',
  'bundles.save',
  'bundles.close',
  'vocabularies.all',
]);

/** The same calls, of which an auditor is answered those above. */
export function withAllowance(office: Office, calls: Calls): Calls {
  return Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      name,
      (input: never, context: CallContext) => {
        const role = office.isOpen ? office.open.session.member.role : undefined;
        if (role === 'auditor' && !AUDITOR_MAY.has(name))
          throw new DomainError('not-allowed', { role });
        return call(input, context);
      },
    ]),
  );
}
