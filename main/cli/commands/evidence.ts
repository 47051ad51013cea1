import type { Command } from 'commander';
import { action, withVault } from '../context.ts';

/** ledger export · ledger prove */
export function evidenceCommands(ledger: Command): void {
  ledger
    .command('export')
    .description('Evidence for somebody who does not trust this program')
    .requiredOption('--out <dir>', 'a folder that does not exist, or is empty')
    .option('--case <reference>', 'only what belongs to this case, with its packages')
    .option('--package <id>', 'only what is about this package')
    .option('--since <date>', 'not before this day or moment')
    .option('--until <date>', 'not after this day or moment')
    .option('--ledger <origin>', 'an earlier ledger of this vault instead, by its origin')
    .option('--redact', 'without texts, receipts, approvals and recorded documents')
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const out = String(options['out']);
          const filter = {
            case: text(options['case']),
            package: text(options['package']),
            since: text(options['since']),
            until: text(options['until']),
            redacted: options['redact'] === true,
          };
          const origin = text(options['ledger']);
          const exported = await (origin === undefined
            ? open.evidence.export(out, filter, context.work)
            : open.ledger.earlier.export(origin, out, filter, context.work));
          const { entries, matched, path, scope } = exported;
          return {
            json: exported,
            lines: [
              `${String(entries)} entries in ${path}`,
              ...(scope === 'whole'
                ? []
                : [
                    `${String(matched)} of them were asked for; the others prove who could make them.`,
                    'It proves that these entries are in the ledger, not that there are no others.',
                  ]),
              ...(options['redact'] === true
                ? ['A certificate shows its owner’s name, also in a redacted bundle.']
                : []),
              'Check it anywhere: python3 verify.py --trust <your fingerprint>',
            ],
          };
        }),
      ),
    );
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
