import type { Command } from 'commander';
import { DomainError } from '../../domain/errors/index.ts';
import { EntryType } from '../../domain/ledger/entry-types.ts';
import type { Sample, SampleFilter } from '../../services/audit.ts';
import { firstMoment, lastMoment } from '../../domain/time.ts';
import { action, withVault } from '../context.ts';

/** audit: what an auditor draws and writes down */
export function auditCommands(program: Command): void {
  const audit = program
    .command('audit')
    .description('Draw a sample that others can draw again, and note findings');

  audit
    .command('sample')
    .description('Entries that a stated seed chooses; nothing is appended for it')
    .requiredOption('--seed <text>', 'said after the size and the root are known')
    .requiredOption('--count <n>', 'how many entries')
    .option('--size <n>', 'from the ledger as it was after so many entries')
    .option('--package <id>', 'only about this package')
    .option('--type <type>', 'only of this type')
    .option('--since <date>', 'not before this day or moment')
    .option('--until <date>', 'not after this day or moment')
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const { size } = options;
          const sample = await open.audit.sample(
            {
              seed: String(options['seed']),
              count: whole(options['count'], '--count'),
              ...(size === undefined ? {} : { size: whole(size, '--size') }),
              filter: filterOf(options),
            },
            context.work,
          );
          return { json: sample, lines: sampleLines(sample) };
        }),
      ),
    );

  audit
    .command('note')
    .description('A finding about one entry, signed with your own key')
    .requiredOption('--entry <n>', 'the entry that it is about')
    .requiredOption('--text <text>', 'the finding, in your own words')
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const entry = whole(options['entry'], '--entry');
          const finding = await open.audit.note({ entry, text: String(options['text']) });
          return {
            json: finding,
            lines: [`Noted as entry ${String(finding.seq)}, about entry ${String(entry)}.`],
          };
        }),
      ),
    );

  audit
    .command('notes')
    .description('Every finding, oldest first')
    .action(
      action((context) =>
        withVault(context, (open) => {
          const items = open.audit.notes();
          return Promise.resolve({
            json: { items },
            lines: items.map(
              ({ seq, at, entry, text, by }) =>
                `${String(seq).padStart(7)}  ${at}  about entry ${String(entry)}  ${by.name ?? by.fingerprint} (${by.role}): ${text ?? 'the text is not kept here'}`,
            ),
          });
        }),
      ),
    );
}

function sampleLines({ seed, count, size, root, among, items }: Sample): string[] {
  return [
    `seed ${seed}`,
    `size ${String(size)}`,
    `root ${root}`,
    `drawn ${String(items.length)} of ${String(among)} (asked for ${String(count)})`,
    ...items.map(
      ({ draw, seq, at, type, rank }) =>
        `${String(draw).padStart(5)}. entry ${String(seq)}  ${at}  ${type}  ${rank.slice(0, 16)}`,
    ),
  ];
}

function filterOf(options: Record<string, unknown>): SampleFilter {
  const { package: id, type, since, until } = options;
  return {
    ...(typeof id === 'string' ? { package: id } : {}),
    ...(typeof type === 'string' ? { types: [typeOf(type)] } : {}),
    ...(typeof since === 'string' ? { since: firstMoment(since) } : {}),
    ...(typeof until === 'string' ? { until: lastMoment(until) } : {}),
  };
}

function typeOf(given: string): EntryType {
  const type = EntryType.safeParse(given);
  if (type.success) return type.data;
  throw refusal('--type', `${given} is no entry type`);
}

function whole(given: unknown, where: string): number {
  const text = String(given);
  if (/^(?:0|[1-9]\d{0,9})$/.test(text)) return Number(text);
  throw refusal(where, 'a whole number');
}

function refusal(where: string, problem: string): DomainError {
  return new DomainError('input-refused', { what: 'audit', where, problem });
}
