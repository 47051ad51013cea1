import type { Command } from 'commander';
import { EntryType } from '../../domain/ledger/entry-types.ts';
import { DomainError } from '../../domain/errors/index.ts';
import type { Verified } from '../../services/ledger.ts';
import { action, withVault } from '../context.ts';
import { continuityCommands } from './continuity.ts';
import { evidenceCommands } from './evidence.ts';
import { text } from './text.ts';

const EARLIER = 'an earlier ledger of this vault instead, by its origin';

/** ledger · verify · reconcile */
export function ledgerCommands(program: Command): void {
  const ledger = program.command('ledger').description('The record of every act');

  ledger
    .command('show')
    .description('Entries, newest last')
    .option('--package <id>', 'only about this package')
    .option('--type <type>', 'only of this type')
    .option('--since <date>', 'not before this day or moment')
    .option('--until <date>', 'not after this day or moment')
    .option('--text <words>', 'that contain these words')
    .option('--limit <n>', 'at most this many, the newest')
    .option('--ledger <origin>', EARLIER)
    .action(
      action((context, options) =>
        withVault(context, (open) => {
          const type = text(options['type']);
          if (type !== undefined && !EntryType.safeParse(type).success)
            throw new DomainError('input-refused', {
              what: 'ledger show',
              where: '--type',
              problem: `${type} is no entry type`,
            });
          const filter = {
            package: text(options['package']),
            type: type as EntryType | undefined,
            since: text(options['since']),
            until: text(options['until']),
            text: text(options['text']),
            limit: count(options['limit']),
          };
          const origin = text(options['ledger']);
          const entries =
            origin === undefined
              ? open.ledger.show(filter)
              : open.ledger.earlier.show(origin, filter);
          return Promise.resolve({
            json: { entries },
            lines: entries.map(
              (entry) =>
                `${String(entry.seq).padStart(7)}  ${entry.at}  ${entry.type}  ${entry.subject.package ?? ''}`,
            ),
          });
        }),
      ),
    );

  ledger
    .command('verify')
    .description(
      'Recompute everything from the stored entries, and compare with anchors and witnesses',
    )
    .option('--ledger <origin>', EARLIER)
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const origin = text(options['ledger']);
          const verdict: Verified =
            origin === undefined
              ? await open.ledger.verify(context.work)
              : await open.ledger.earlier.verify(origin, context.work);
          return {
            json: verdict,
            lines: verdict.verified
              ? [
                  `Verified: ${String(verdict.entries)} entries`,
                  `root ${verdict.root}`,
                  `head ${verdict.head}`,
                ]
              : [
                  ...(verdict.trouble ? [verdict.trouble.message] : []),
                  ...verdict.problems.map(({ seq, code }) => `entry ${String(seq)}: ${code}`),
                ],
            exit: verdict.verified ? 0 : 4,
          };
        }),
      ),
    );

  continuityCommands(ledger);

  evidenceCommands(ledger);

  program
    .command('verify <path>')
    .description('A bundle, or a sealed file’s outer form; needs no vault')
    .option('--trust <fingerprint...>', 'the signer that you know')
    .option('--previous <bundle>', 'an older bundle that this one must continue')
    .action(
      action(async (context, options, path: string) => {
        const trust = Array.isArray(options['trust']) ? (options['trust'] as string[]) : [];
        const verdict = await context.office.evidence.verify(path, {
          trust,
          ...(text(options['previous']) === undefined
            ? {}
            : { previous: String(options['previous']) }),
        });
        return { json: verdict.json, lines: verdict.lines, exit: verdict.exit };
      }),
    );

  program
    .command('reconcile <bundleA> <bundleB>')
    .description('Compare the evidence of two offices, package by package')
    .action(
      action(async (context, _options, a: string, b: string) => {
        const verdict = await context.office.evidence.reconcile(a, b);
        return {
          json: verdict,
          lines: [
            ...[...verdict.findings, ...verdict.pending].map(
              (item) => `${item.package}  ${item.recipient}  ${item.code}  ${item.text}`,
            ),
            `Signers, not confirmed here: ${verdict.signers.a} (A), ${verdict.signers.b} (B)`,
            verdict.findings.length === 0
              ? `The two ledgers agree (packages between them: ${String(verdict.equal)}).`
              : 'The two ledgers disagree.',
          ],
          exit: verdict.findings.length === 0 ? 0 : 4,
        };
      }),
    );
}

function count(value: unknown): number | undefined {
  const given = text(value);
  if (given === undefined) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(given))
    throw new DomainError('input-refused', {
      what: 'ledger show',
      where: '--limit',
      problem: 'a number',
    });
  return Number(given);
}
