import { basename } from 'node:path';
import type { Command } from 'commander';
import {
  VERIFICATION_METHODS,
  type VerificationMethod,
} from '../../domain/certificates/contact.ts';
import { DomainError } from '../../domain/errors/index.ts';
import { groups } from '../../domain/certificates/fingerprint.ts';
import type { ContactView } from '../../services/contact-view.ts';
import type { Renewals, Renewed } from '../../services/renewals.ts';
import { action, withVault } from '../context.ts';
import { readWhole } from '../files.ts';
import type { Answer } from '../output.ts';
import { sha256Hex } from '../../domain/digest.ts';
import { text } from './text.ts';

/** contact: certificates of others */
export function contactCommands(program: Command): void {
  const contact = program.command('contact').description('Certificates of others');

  contact
    .command('add <file>')
    .description('Import a certificate, armored or binary')
    .option('--name <name>', 'how to call its owner')
    .option('--organisation <name>', 'the owner’s office')
    .option('--country <code>', 'ISO 3166-1 alpha-2')
    .option('--mandate <file>', 'the document that says what its owner may receive')
    .option('--mandate-until <date>', 'the last day of that mandate')
    .action(
      action((context, options, file: string) =>
        withVault(context, async (open) => {
          const added = await open.contacts.addFile(file, {
            name: text(options['name']),
            organisation: text(options['organisation']),
            country: text(options['country']),
            mandate: await mandateOf(text(options['mandate']), text(options['mandateUntil'])),
          });
          return { json: added, lines: [`${added.outcome}: ${added.name}`, ...describe(added)] };
        }),
      ),
    );

  contact
    .command('find <email>')
    .description('Look where a certificate is published: at the address’s own domain')
    .option('--server <url>', 'ask this key server instead: vks://host or hkps://host')
    .option('--add', 'take it in, unverified')
    .action(
      action((context, options, email: string) =>
        withVault(context, async (open) => {
          const found = await open.finding.find(email, text(options['server']), context.work);
          const { facts, via, host, known } = found;
          const added = options['add'] === true ? await open.finding.take(found) : undefined;
          return {
            json: { fingerprint: facts.fingerprint, via, host, known, outcome: added?.outcome },
            lines: [
              `${host} (${via}): ${facts.userIds.map((user) => user.text).join(', ')}`,
              ...groups(facts.fingerprint),
              'unverified: compare the fingerprint with its owner, over another way',
              ...(added === undefined ? [] : [`${added.outcome}: ${added.name}`]),
            ],
          };
        }),
      ),
    );

  contact
    .command('update [file]')
    .description(
      'Merge a newer copy of a known certificate, or ask where all of them are published',
    )
    .option('--daily <on|off>', 'ask once a day while the vault is open in the window')
    .action(
      action((context, options, file: string | undefined) =>
        withVault(context, async (open) => {
          const daily = text(options['daily']);
          if (daily !== undefined) return setDaily(open.renewals, daily);
          if (file === undefined) return renewed(await open.renewals.run(context.work));
          const updated = await open.contacts.update(await readWhole(file));
          return {
            json: updated,
            lines: [`${updated.outcome}: ${updated.name}`, ...describe(updated)],
          };
        }),
      ),
    );

  contact
    .command('list')
    .description('All contacts')
    .action(
      action((context) =>
        withVault(context, async (open) => {
          const items = await open.contacts.list();
          return {
            json: { items },
            lines: items.map((item) => `${item.fingerprint}  ${item.state}  ${item.name}`),
          };
        }),
      ),
    );

  contact
    .command('show <fingerprint>')
    .description('One contact in full')
    .action(
      action((context, _options, fingerprint: string) =>
        withVault(context, async (open) => {
          const view = await open.contacts.show(fingerprint);
          return { json: view, lines: [view.name, ...describe(view)] };
        }),
      ),
    );

  contact
    .command('verify <fingerprint>')
    .description('Record that you compared the fingerprint with its owner, and how')
    .requiredOption('--method <method>', VERIFICATION_METHODS.join(' | '))
    .option('--note <text>', 'what to remember of it')
    .action(
      action((context, options, fingerprint: string) =>
        withVault(context, async (open) => {
          const view = await open.contacts.verify(
            fingerprint,
            methodOf(String(options['method'])),
            text(options['note']),
          );
          return { json: view, lines: [`Verified: ${view.name}`] };
        }),
      ),
    );

  contact
    .command('settle <fingerprint>')
    .description('Say which of two keys for one address is right; the other is blocked')
    .requiredOption('--keep <which>', 'old | new')
    .requiredOption('--note <text>', 'why')
    .action(
      action((context, options, fingerprint: string) =>
        withVault(context, async (open) => {
          const keep = String(options['keep']);
          if (keep !== 'old' && keep !== 'new')
            throw new DomainError('input-refused', {
              what: 'contact settle',
              where: '--keep',
              problem: 'old or new',
            });
          const view = await open.contacts.settle(fingerprint, keep, String(options['note']));
          return { json: view, lines: [`Kept: ${view.name} ${view.fingerprint}`] };
        }),
      ),
    );

  contact
    .command('except <fingerprint>')
    .description('Record an exception: seal to a key that nobody could compare')
    .requiredOption('--reason <text>', 'why')
    .action(
      action((context, options, fingerprint: string) =>
        withVault(context, async (open) => {
          const view = await open.contacts.except(fingerprint, String(options['reason']));
          return { json: view, lines: [`Exception recorded for ${view.name}`] };
        }),
      ),
    );

  contact
    .command('block <fingerprint>')
    .description('Seal nothing to this contact, take in nothing from them')
    .requiredOption('--reason <text>', 'why')
    .action(
      action((context, options, fingerprint: string) =>
        withVault(context, async (open) => {
          const view = await open.contacts.block(fingerprint, String(options['reason']));
          return { json: view, lines: [`Blocked: ${view.name}`] };
        }),
      ),
    );

  contact
    .command('acknowledge <fingerprint>')
    .description('Say that you know of a ledger that began anew, or is not what was seen of it')
    .requiredOption('--reason <text>', 'what the other office says about it')
    .action(
      action((context, options, fingerprint: string) =>
        withVault(context, async (open) => {
          const reason = String(options['reason']);
          const view = await open.ledgerAlarms.acknowledge(fingerprint, reason);
          return { json: view, lines: [`Acknowledged: the ledger of ${view.name}`] };
        }),
      ),
    );

  contact
    .command('complain <fingerprint>')
    .description('Complain to the other office, with both checkpoints that it signed')
    .option('--out <dir>', 'also put the sealed complaint there')
    .action(
      action((context, options, fingerprint: string) =>
        withVault(context, async (open) => {
          const out = text(options['out']);
          const { fileName } = await open.ledgerAlarms.complain(fingerprint, out);
          return { json: { fileName }, lines: [`The complaint waits to be sent: ${fileName}`] };
        }),
      ),
    );
}

function describe(view: ContactView): string[] {
  return [
    ...groups(view.fingerprint),
    `state: ${view.state}`,
    ...view.blockers.map((item) => `! ${item.message}`),
    ...(view.ledgerAlarm ? [`! its ledger: ${view.ledgerAlarm.kind}`] : []),
    ...view.warnings.map((code) => `warning: ${code}`),
  ];
}

function methodOf(given: string): VerificationMethod {
  const method = VERIFICATION_METHODS.find((known) => known === given);
  if (!method)
    throw new DomainError('input-refused', {
      what: 'contact verify',
      where: '--method',
      problem: VERIFICATION_METHODS.join(', '),
    });
  return method;
}

async function setDaily(renewals: Renewals, given: string): Promise<Answer> {
  if (given !== 'on' && given !== 'off')
    throw new DomainError('input-refused', {
      ...{ what: 'contact update', where: '--daily', problem: 'on or off' },
    });
  await renewals.setDaily(given === 'on');
  return {
    json: { daily: renewals.isDaily },
    lines: [`Certificates are ${given === 'on' ? '' : 'not '}looked for once a day`],
  };
}

function renewed(items: readonly Renewed[]): Answer {
  const words = {
    updated: 'brought up to date',
    unchanged: 'as it was',
    'other-key': 'ANOTHER KEY is published for this address: nothing was taken in',
    failed: 'could not be asked',
  };
  return {
    json: { items },
    lines: items.map(
      ({ name, outcome, isRevoked, code }) =>
        `${name}: ${isRevoked ? 'REVOKED, ' : ''}${words[outcome]}${code === undefined ? '' : ` [${code}]`}`,
    ),
  };
}

async function mandateOf(file: string | undefined, until: string | undefined) {
  if (file === undefined) return undefined;
  const bytes = await readWhole(file);
  return {
    fileName: basename(file),
    sha256: sha256Hex(bytes),
    ...(until === undefined ? {} : { until }),
  };
}
