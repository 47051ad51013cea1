import type { Command } from 'commander';
import { DomainError } from '../../domain/errors/index.ts';
import { action, withVault } from '../context.ts';
import { text } from './text.ts';

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

  ledger
    .command('prove [seq]')
    .description('One document that proves one entry, or that the ledger continues an earlier one')
    .option('--from <size>', 'instead of an entry: continues the kept checkpoint of this size')
    .option('--to <size>', 'under the kept checkpoint of this size instead of the last one')
    .option('--out <file>', 'a new file; stdout when left out')
    .action(
      action((context, options, seq: string | undefined) =>
        withVault(context, async (open) => {
          const from = count(options['from'], '--from');
          const to = count(options['to'], '--to');
          const entry = count(seq, 'SEQ');
          if ((entry === undefined) === (from === undefined))
            throw refuse('SEQ', 'name one entry, or a size with --from');
          const out = text(options['out']);
          const asked = entry === undefined ? { from: from ?? 0, to } : { entry, to };
          const proved = await open.evidence.prove(asked, out);
          const document = new TextDecoder().decode(proved.document);
          if (out === undefined) return { json: JSON.parse(document) as object, lines: [document] };
          return {
            json: { path: out, sha256: proved.digest },
            lines: [
              `Written to ${out}. A certificate in it shows its owner’s name.`,
              'Check it anywhere: python3 verify.py FILE --trust <your fingerprint>',
            ],
          };
        }),
      ),
    );
}

/** A number from 0 on. @throws DomainError `input-refused` */
function count(value: unknown, where: string): number | undefined {
  const given = text(value);
  if (given === undefined) return undefined;
  if (!/^(?:0|[1-9]\d{0,14})$/.test(given)) throw refuse(where, 'a whole number');
  return Number(given);
}

function refuse(where: string, problem: string): DomainError {
  return new DomainError('input-refused', { what: 'ledger prove', where, problem });
}
