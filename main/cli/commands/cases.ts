import type { Command } from 'commander';
import { DomainError } from '../../domain/errors/index.ts';
import { CASE_FORMATS } from '../../services/case-exports.ts';
import { action, withVault } from '../context.ts';
import { readJson } from '../files.ts';

/** case: what packages belong to */
export function caseCommands(program: Command): void {
  const cases = program.command('case').description('Cases');

  cases
    .command('new')
    .description('Open a case')
    .requiredOption('--file <case.json>', 'the case')
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const input = await readJson(String(options['file']));
          const record = await open.cases.open(input);
          return { json: record, lines: [`Case ${record.reference} opened (${record.id})`] };
        }),
      ),
    );

  cases
    .command('list')
    .description('All cases')
    .action(
      action((context) =>
        withVault(context, (open) => {
          const items = open.cases.list();
          return Promise.resolve({
            json: { items },
            lines: items.map((item) => `${item.reference}  ${item.state}  ${item.title}`),
          });
        }),
      ),
    );

  cases
    .command('show <reference>')
    .description('One case')
    .action(
      action((context, _options, reference: string) =>
        withVault(context, (open) => {
          const view = open.cases.show(reference);
          return Promise.resolve({
            json: view,
            lines: [
              `${view.reference}  ${view.state}  ${view.title}`,
              ...view.packages.map((item) => `  ${item.id}  ${item.state}`),
            ],
          });
        }),
      ),
    );

  cases
    .command('export <reference>')
    .description('Describe a case for other programs: CASE/UCO, or an RO-Crate beside its bags')
    .requiredOption('--format <format>', CASE_FORMATS.join(' | '))
    .requiredOption('--out <dir>', 'folder that gets it')
    .action(
      action((context, options, reference: string) =>
        withVault(context, async (open) => {
          const format = CASE_FORMATS.find((known) => known === options['format']);
          if (!format)
            throw new DomainError('input-refused', {
              what: 'case export',
              where: '--format',
              problem: CASE_FORMATS.join(', '),
            });
          const out = String(options['out']);
          const made = await open.caseExports.write(reference, format, out, context.work);
          return {
            json: made,
            lines: [
              made.path,
              `${String(made.packages)} packages, the files of ${String(made.bags)} beside it`,
            ],
          };
        }),
      ),
    );

  cases
    .command('remedy <reference>')
    .description('Report how many people were offered a remedy, and what became of it')
    .requiredOption('--file <remedy.json>', 'the counts')
    .action(
      action((context, options, reference: string) =>
        withVault(context, async (open) => {
          const record = await open.cases.remedy(
            reference,
            await readJson(String(options['file'])),
          );
          return {
            json: record,
            lines: (record.remedies ?? []).map(
              ({ kind, offered, accepted, fulfilled }) =>
                `${kind}: ${String(offered)} offered, ${String(accepted)} accepted, ${String(fulfilled)} fulfilled`,
            ),
          };
        }),
      ),
    );

  for (const [word, state] of [
    ['close', 'closed'],
    ['reopen', 'open'],
  ] as const)
    cases
      .command(`${word} <reference>`)
      .description(word === 'close' ? 'Close a case' : 'Open it again')
      .action(
        action((context, _options, reference: string) =>
          withVault(context, async (open) => {
            const record = await open.cases.setState(reference, state);
            return { json: record, lines: [`Case ${record.reference}: ${record.state}`] };
          }),
        ),
      );
}
