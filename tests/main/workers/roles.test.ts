import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeOffice } from '../../../main/compose.ts';
import { isDomainError } from '../../../main/domain/errors/index.ts';
import type { Role } from '../../../main/domain/identifiers.ts';
import { officeCalls } from '../../../main/workers/office-calls.ts';
import type { CallContext } from '../../../main/workers/rpc.ts';
import { WHO_MAY } from '../../fixtures/roles.ts';

/**
 * Every call that an open vault answers, made by each role on a real vault, below any menu: who may
 * not is told so, exit 3, and the ledger stays as it was; who may is never told so, whatever else is
 * wrong with an empty request.
 */
const folder = mkdtempSync(join(tmpdir(), 'valise-roles-'));
const vault = join(folder, 'vault');
const office = composeOffice({ program: 'test', stateFolder: join(folder, 'state') });
const passphrases: Readonly<Record<Role, string>> = {
  officer: 'the passphrase of an officer',
  approver: 'the passphrase of an approver',
  auditor: 'the passphrase of an auditor',
};

const context: CallContext = {
  signal: new AbortController().signal,
  report: () => undefined,
  work: '0'.repeat(32),
};
const calls = officeCalls(office, join(folder, 'samples'), () => undefined);

const ID = '0190a1b2-0000-7000-8000-000000000000';
/** Of somebody whom the vault knows. */
let fingerprint = '';
const place = (name: string, use: string) => ({ place: join(folder, name), use });

/** What a call is given: enough to come to the question of who asks. */
function inputFor(call: string, role: Role): object {
  const common = {
    id: ID,
    fingerprint,
    reference: 'SN-1',
    name: 'nowhere',
    reason: 'unspecified',
    note: 'x',
    limit: 10,
    filter: {},
    recipients: [fingerprint],
    direction: 'out',
  };
  switch (call) {
    case 'vault.changePassphrase':
      return { current: passphrases[role], next: passphrases[role] };
    case 'vault.renewRecovery':
      return { passphrase: passphrases[role] };
    case 'keys.rotate':
      return {};
    case 'keys.revoke':
      return { ...common, reason: 'because' };
    case 'keys.save':
      return { what: 'certificate', out: place(`keys-${role}`, 'out') };
    case 'members.add':
    case 'members.replaceKey':
      return { ...common, role: 'auditor', email: 'x', passphrase: 'short' };
    case 'contacts.find':
      return { address: 'nobody' };
    case 'contacts.look':
    case 'contacts.add':
      return { text: office.open.keys.exportCertificate() };
    case 'cases.open':
      return { reference: '', title: '', counterpart: [] };
    case 'packages.make':
    case 'packages.change':
      return { ...common, case: 'none', files: [], add: [], remove: [], release: {} };
    case 'cases.export':
      return { reference: 'none', format: 'case', out: place(`case-${role}`, 'out') };
    case 'packages.import':
      return { case: 'none', from: place('payload', 'payload') };
    case 'packages.digest':
      return { file: place('payload', 'evidence') };
    case 'packages.record':
      return { ...common, evidence: place('payload', 'payload'), outcome: 'accepted' };
    case 'inbox.take':
      return { files: [place('payload', 'sealed')] };
    case 'exchange.addChannel':
      return { name: 'x', kind: 'folder', folder: place('no such folder', 'channel') };
    case 'exchange.setPolicy':
      return { file: place('payload', 'policy') };
    case 'contacts.setRenewals':
      return { isDaily: false };
    case 'exchange.setWayOut':
      return { keepsAuthority: false };
    case 'exchange.setAirGap':
      return { isOn: false };
    case 'approvals.look':
      return { file: place('payload', 'request') };
    case 'approvals.answer':
      return {
        ...{ file: place('payload', 'request'), manifestDigest: '0'.repeat(64) },
        out: place(`answer-${role}.pgp`, 'save'),
      };
    case 'approvals.add':
      return { file: place('payload', 'sealed') };
    case 'approvals.ask':
      return { id: ID, out: place(`request-${role}.pgp`, 'save') };
    case 'packages.page':
      return { id: ID, as: 'html', out: place(`page-${role}.html`, 'save') };
    case 'packages.extract':
      return { id: ID, out: place(`extracted-${role}`, 'out') };
    case 'audit.sample':
    case 'tables.look':
      return { package: ID, path: 'data/x' };
    case 'tables.preview':
      return { package: ID, path: 'data/x', rules: { keep: ['x'] } };
    case 'tables.minimise':
      return {
        ...{ package: ID, path: 'data/x', rules: { keep: ['x'] } },
        out: place(`table-${role}.csv`, 'save'),
      };
    case 'reports.save':
      return { what: 'indicators', form: 'csv', out: place(`report-${role}.csv`, 'save') };
    case 'audit.saveSample':
      return { seed: '', count: 0, format: 'json', out: place(`sample-${role}`, 'out') };
    case 'audit.note':
      return { entry: 10_000, text: 'x' };
    case 'bundles.open':
      return { bundle: place('payload', 'bundle'), trust: [] };
    case 'ledger.entry':
      return { seq: 0 };
    case 'ledger.places':
      return { at: [] };
    case 'ledger.list':
      return { format: 'csv', out: place(`list-${role}.csv`, 'save') };
    case 'ledger.prove':
      return { seq: 0, out: place(`proof-${role}.json`, 'save') };
    case 'ledger.saveView':
      return { name: '', filter: {} };
    case 'ledger.export':
      return { out: place(`bundle-${role}`, 'out') };
    case 'ledger.exportEarlier':
      return { origin: 'valise/none', out: place(`earlier-${role}`, 'out') };
    default:
      return common;
  }
}

/** The error's code, or undefined when it went well. */
async function codeOf(call: string, role: Role): Promise<string | undefined> {
  try {
    await calls[call]?.(inputFor(call, role) as never, context);
    return undefined;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    if (error.code === 'not-allowed') expect(error.exit).toBe(3);
    return error.code;
  }
}

beforeAll(async () => {
  const who = { organisation: 'Ministry of Justice', country: 'SN' };
  const { open } = await office.create({
    ...who,
    folder: vault,
    name: 'Amina Diallo',
    email: 'amina@justice.example',
    profile: 'interop',
    passphrase: passphrases.officer,
  });
  for (const role of ['approver', 'auditor'] as const)
    await open.members.add({
      ...who,
      role,
      name: `The ${role}`,
      email: `${role}@justice.example`,
      passphrase: passphrases[role],
    });
  const contact = { name: 'Bruno Keller', email: 'bruno@keller.example' };
  const at = office.tools.clock.now();
  const key = await office.tools.engine.makeKey({ ...contact, profile: 'interop', at });
  await open.contacts.add({ certificate: key.certificate.bytes, via: 'paste' });
  ({ fingerprint } = key.secret);
  writeFileSync(join(folder, 'payload'), 'no message');
  await office.lock('quit');
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['officer', 'approver', 'auditor'] as const)('who is an %s', (role) => {
  beforeAll(async () => {
    await office.unlock({ folder: vault, passphrase: passphrases[role] });
  }, 60_000);
  afterAll(() => office.lock('quit'));

  it.each(Object.entries(WHO_MAY))('%s', async (call, roles) => {
    const { ledger } = office.open.session;
    const before = ledger.size();
    const code = await codeOf(call, role);
    if (roles.includes(role)) {
      expect(code).not.toBe('not-allowed');
    } else {
      expect(code).toBe('not-allowed');
      expect(ledger.size()).toBe(before);
    }
  });
});
