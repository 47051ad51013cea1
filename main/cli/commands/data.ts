import type { Command } from 'commander';
import { lookAtTable } from '../../services/minimising.ts';
import { action, withVault } from '../context.ts';
import { readJson } from '../files.ts';

/** data: tables before they go into a package */
export function dataCommands(program: Command): void {
  const data = program.command('data').description('Tables, before they go into a package');

  data
    .command('look <file>')
    .description('Its columns, and what in them looks like personal data')
    .action(
      action((context, _options, path: string) =>
        lookAtTable(context.office.tools.tables, path).then(({ form, bytes, columns, looked }) => ({
          json: { form, bytes, columns, looked },
          lines: columns.map(({ name, filled, suspicions }) =>
            [
              name,
              `${String(filled)} of ${String(looked)} filled`,
              ...suspicions.map(({ kind, values }) =>
                values > 0 ? `${kind} (${String(values)})` : `${kind}?`,
              ),
            ].join('  '),
          ),
        })),
      ),
    );

  data
    .command('minimise <file>')
    .description('Write a smaller table: chosen columns and rows, masks, pseudonyms')
    .requiredOption('--rules <rules.json>', 'what stays, and how')
    .requiredOption('--out <file>', 'a new file')
    .action(
      action((context, options, path: string) =>
        withVault(context, async (open) => {
          const rules = await readJson(String(options['rules']));
          const made = await open.minimising.minimise(
            path,
            rules,
            String(options['out']),
            context.work,
          );
          return {
            json: made,
            lines: [
              made.path,
              `sha256 ${made.sha256}`,
              `${String(made.rowsOut)} of ${String(made.rowsIn)} rows, ${String(made.bytesOut)} of ${String(made.bytesIn)} bytes`,
            ],
          };
        }),
      ),
    );
}
