import type { Command } from 'commander';
import { DomainError } from '../../domain/errors/index.ts';
import { PACKAGE_STATES, type PackageState } from '../../domain/packages/states.ts';
import type { PackageRecord } from '../../domain/packages/package.ts';
import { action, withVault } from '../context.ts';
import { readJson } from '../files.ts';
import type { Answer } from '../output.ts';
import { deciding } from './deciding.ts';
import { text } from './text.ts';

/** package: composed, checked, sealed, sent, received, decided */
export function packageCommands(program: Command): void {
  const packages = program.command('package').description('Packages');
  composing(packages);
  agreeing(packages);
  sending(packages);
  reading(packages);
  deciding(packages);
}

function composing(packages: Command): void {
  packages
    .command('new [paths...]')
    .description('A draft, from release.json and files or folders')
    .requiredOption('--case <reference>', 'the case it belongs to')
    .requiredOption('--file <release.json>', 'why, to whom, under which rules')
    .action(
      action((context, options, paths: string[]) =>
        withVault(context, async (open) => {
          const release = await readJson(String(options['file']));
          const made = await open.drafts.make(
            String(options['case']),
            release,
            paths,
            context.work,
          );
          return {
            json: {
              id: made.id,
              state: made.state,
              files: made.files,
              bytes: made.bytes,
              renamed: made.survey.renamed,
              leftOut: made.survey.leftOut,
            },
            lines: [
              `Draft ${made.id}: ${String(made.files)} files, ${String(made.bytes)} bytes`,
              ...made.survey.renamed.map(({ from, to }) => `renamed: ${from} → ${to}`),
              ...made.survey.leftOut.map(({ path, why }) => `left out (${why}): ${path}`),
            ],
          };
        }),
      ),
    );

  packages
    .command('import <path>')
    .description('A draft from a plain bag, or from a CASE bundle with its files beside it')
    .requiredOption('--case <reference>', 'the case it belongs to')
    .action(
      action((context, options, path: string) =>
        withVault(context, async (open) => {
          const made = await open.caseImports.take(path, String(options['case']), {}, context.work);
          const { id, state, files, bytes, absent } = made;
          return {
            json: { id, state, files, bytes, absent, renamed: made.survey.renamed },
            lines: [
              `Draft ${id}: ${String(files)} files, ${String(bytes)} bytes, every digest as packed`,
              ...absent.map((name) => `not there: ${name}`),
            ],
          };
        }),
      ),
    );

  packages
    .command('edit <id>')
    .description('Replace what the draft says')
    .requiredOption('--file <release.json>', 'the new text')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) => {
          const release = await readJson(String(options['file']));
          const made = await open.drafts.change(id, { release }, context.work);
          return {
            json: { id: made.id, state: made.state },
            lines: [`Draft ${made.id}: ${made.state}`],
          };
        }),
      ),
    );

  packages
    .command('discard <id>')
    .description('Remove a draft; the files that were added stay where they are')
    .action(
      action((context, _options, id: string) =>
        withVault(context, async (open) => {
          await open.drafts.discard(id);
          return { json: { id, state: 'discarded' }, lines: [`Draft ${id} discarded`] };
        }),
      ),
    );

  packages
    .command('check <id>')
    .description('What still blocks the seal; exit 1 when anything does')
    .action(
      action((context, _options, id: string) =>
        withVault(context, async (open) => {
          const items = await open.draftCheck.check(id);
          const warnings = open.draftCheck.warnings(id);
          return {
            json: { id, ready: items.length === 0, items, warnings },
            lines: [
              ...(items.length === 0 ? ['Ready to seal.'] : items.map((item) => item.message)),
              ...warnings.map((item) => `look at: ${item.message}`),
            ],
            exit: items.length === 0 ? 0 : 1,
          };
        }),
      ),
    );
}

function agreeing(packages: Command): void {
  packages
    .command('approve <id>')
    .description('Sign it as the second person, which fixes its form')
    .action(
      action((context, _options, id: string) =>
        withVault(context, async (open) => approvalAnswer(await open.approvals.approve(id))),
      ),
    );
  packages
    .command('refuse <id>')
    .description('Say no as the second person, with a reason')
    .requiredOption('--reason <code>', 'a code from the list of reasons')
    .option('--note <text>', 'in your own words')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) =>
          approvalAnswer(
            await open.approvals.refuse(id, String(options['reason']), text(options['note'])),
          ),
        ),
      ),
    );
}

/** What is said after somebody agreed to a package, or did not. */
export function approvalAnswer(record: PackageRecord): Answer {
  const approvals = (record.approvals ?? []).map(({ fingerprint, name, decision, at }) => ({
    fingerprint,
    name,
    decision,
    at,
  }));
  const required = record.approvalsRequired ?? 0;
  const { id, state, manifestDigest } = record;
  return {
    json: { id, state, manifestDigest, required, approvals },
    lines: [
      `${id}: ${state}, manifest ${manifestDigest ?? ''}`,
      ...approvals.map(({ name, decision }) => `${decision} by ${name}`),
      `${String(required)} needed`,
    ],
  };
}

function sending(packages: Command): void {
  packages
    .command('seal <id>')
    .description('Sign and encrypt it, once')
    .option('--out <dir>', 'folder for the sealed file')
    .option('--no-self', 'do not also encrypt it to your own key')
    .option('--compress', 'compress inside the encryption')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) => {
          const sealed = await open.sealing.seal(
            id,
            {
              out: text(options['out']),
              toSelf: options['self'] !== false,
              compress: options['compress'] === true,
            },
            context.work,
          );
          return {
            json: sealed,
            lines: [
              sealed.path,
              `sha256 ${sealed.sha256}`,
              `manifest ${sealed.manifestDigest}`,
              `profile ${sealed.profile}`,
            ],
          };
        }),
      ),
    );

  packages
    .command('send <id>')
    .description('Dispatch it through a channel')
    .requiredOption('--channel <name>', 'which channel')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) => {
          const record = await open.exchange.send(id, String(options['channel']), context.work);
          return { json: { id, state: record.state }, lines: [`${id}: ${record.state}`] };
        }),
      ),
    );

  packages
    .command('sent <id>')
    .description('Record that it was carried by hand')
    .requiredOption('--by <text>', 'who carried it, or how')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) => {
          const record = await open.exchange.sentByHand(id, String(options['by']));
          return { json: { id, state: record.state }, lines: [`${id}: ${record.state}`] };
        }),
      ),
    );
}

function reading(packages: Command): void {
  packages
    .command('list')
    .description('Packages, newest first')
    .option('--state <state>', 'only in this state')
    .option('--case <reference>', 'only of this case')
    .action(
      action((context, options) =>
        withVault(context, (open) => {
          const reference = text(options['case']);
          const items = open.packages.list({
            state: stateOf(text(options['state'])),
            case: reference === undefined ? undefined : open.cases.find(reference).id,
          });
          return Promise.resolve({
            json: { items },
            lines: items.map(
              (item) => `${item.id}  ${item.direction}  ${item.state}  ${item.title}`,
            ),
          });
        }),
      ),
    );

  packages
    .command('show <id>')
    .description('All that is known of one package')
    .action(
      action((context, _options, id: string) =>
        withVault(context, (open) => {
          const view = open.packages.show(id);
          return Promise.resolve({
            json: view,
            lines: [
              `${view.id}  ${view.direction}  ${view.state}`,
              view.title,
              `${String(view.files)} files, ${String(view.bytes)} bytes`,
              ...view.recipients.map((row) => `  ${row.name}  ${row.state} (${row.by})  ${row.at}`),
              ...view.receipts.map((row) => `  receipt ${row.kind} by ${row.byName} at ${row.at}`),
            ],
          });
        }),
      ),
    );

  packages
    .command('page <id>')
    .description('One readable page: who, what, why, by whom agreed, digests, receipts')
    .requiredOption('--out <file>', 'a new HTML file')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) => {
          const path = String(options['out']);
          const sha256 = await open.pages.write(id, path);
          return { json: { id, path, sha256 }, lines: [path, `sha256 ${sha256}`] };
        }),
      ),
    );

  packages
    .command('extract <id>')
    .description('Verify it again and write it to <dir>/<package id>/')
    .requiredOption('--out <dir>', 'where the plaintext goes')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) => {
          const extracted = await open.extraction.extract(id, String(options['out']), context.work);
          return {
            json: extracted,
            lines: [`${String(extracted.files)} files in ${extracted.path}`],
          };
        }),
      ),
    );
}

function stateOf(given: string | undefined): PackageState | undefined {
  if (given === undefined) return undefined;
  const state = PACKAGE_STATES.find((known) => known === given);
  if (!state)
    throw new DomainError('input-refused', {
      what: 'package list',
      where: '--state',
      problem: PACKAGE_STATES.join(', '),
    });
  return state;
}
