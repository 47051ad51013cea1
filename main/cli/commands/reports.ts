import type { Command } from 'commander';
import type { Indicators } from '../../domain/reports/indicators.ts';
import type { Published } from '../../domain/reports/public.ts';
import { action, withVault } from '../context.ts';
import { text } from './text.ts';

/** report: indicators and the disclosure log, from the ledger alone */
export function reportCommands(program: Command): void {
  const reports = program.command('report').description('What the ledger adds up to');

  reports
    .command('kpi')
    .description('The indicators of a period')
    .option('--since <day>', 'packages and cases that began on this day or later')
    .option('--until <day>', 'as it stood at the end of this day')
    .option('--public', 'hide counts under five')
    .option('--csv <file>', 'also write them to a new file')
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const asked = { ...periodOf(options), isPublic: options['public'] === true };
          const report = await open.reports.indicators(asked);
          const path = text(options['csv']);
          if (path !== undefined) await open.reports.writeIndicators(asked, 'csv', path);
          return { json: report, lines: linesOf(report.indicators) };
        }),
      ),
    );

  reports
    .command('disclosures')
    .description('Who saw, gave away or erased personal data: when, why, to whom')
    .option('--since <day>', 'from this day on')
    .option('--until <day>', 'until the end of this day')
    .option('--csv <file>', 'also write them to a new file')
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const asked = periodOf(options);
          const items = await open.reports.disclosures(asked);
          const path = text(options['csv']);
          if (path !== undefined) await open.reports.writeDisclosures(asked, 'csv', path);
          return {
            json: { items },
            lines: items.map(({ at, act, by, people }) =>
              [at, act, by.name ?? by.fingerprint, ...people.map((one) => one.name ?? '')].join(
                '  ',
              ),
            ),
          };
        }),
      ),
    );
}

const periodOf = (options: Readonly<Record<string, unknown>>) => ({
  since: text(options['since']),
  until: text(options['until']),
});

function linesOf(found: Published<Indicators>): string[] {
  return Object.entries(found).map(([name, value]) => {
    const said = Array.isArray(value)
      ? value.map(({ code, count }) => `${code} ${String(count)}`)
      : Object.entries(value).flatMap(([key, inner]) =>
          typeof inner === 'object' ? [] : [`${key} ${String(inner)}`],
        );
    return `${name}: ${said.length === 0 ? 'none' : said.join(', ')}`;
  });
}
