import type { Command } from 'commander';
import { DomainError } from '../../domain/errors/index.ts';
import { OUTCOMES } from '../../domain/packages/states.ts';
import type { Decision } from '../../services/decisions.ts';
import type { OpenOffice } from '../../services/office.ts';
import type { NoticesGiven } from '../../services/package-notices.ts';
import { action, withVault } from '../context.ts';
import type { Answer } from '../output.ts';
import { text } from './text.ts';

/** What is decided about a package once it was received, or sent; each is signed for the other side. */
export function deciding(packages: Command): void {
  const decision = (decided: Decision): Answer => ({
    json: decided,
    lines: [`${decided.id}: ${decided.state}`, `receipt ${decided.path ?? decided.receipt}`],
  });
  const plain = (
    word: string,
    description: string,
    run: (open: OpenOffice, id: string, out: string | undefined) => Promise<Decision>,
  ) =>
    packages
      .command(`${word} <id>`)
      .description(description)
      .option('--out <dir>', 'folder that gets the receipt')
      .action(
        action((context, options, id: string) =>
          withVault(context, async (open) => decision(await run(open, id, text(options['out'])))),
        ),
      );

  plain('accept', 'Accept it, with a signed receipt', (open, id, out) =>
    open.decisions.accept(id, out),
  );
  plain('destroy', 'Destroy its content, with a signed certificate', (open, id, out) =>
    open.decisions.destroy(id, out),
  );

  plain('return', 'Say that the data went back to its sender', (open, id, out) =>
    open.decisions.giveBack(id, out),
  );

  packages
    .command('dispute <id>')
    .description('Dispute it, with a reason and a signed receipt')
    .requiredOption('--reason <code>', 'a code from the list of reasons')
    .option('--note <text>', 'in your own words')
    .option('--out <dir>', 'folder that gets the receipt')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) =>
          decision(
            await open.decisions.dispute(
              id,
              String(options['reason']),
              text(options['note']),
              text(options['out']),
            ),
          ),
        ),
      ),
    );

  packages
    .command('hold <id>')
    .description('Keep it beyond its date, or release it')
    .option('--reason <code>', 'a code from the list of reasons')
    .option('--release', 'the hold has ended')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) => {
          const reason = options['release'] === true ? undefined : text(options['reason']);
          if (options['release'] !== true && reason === undefined)
            throw new DomainError('input-refused', {
              what: 'package hold',
              where: '--reason',
              problem: 'name a reason, or --release',
            });
          const { state, hold } = await open.decisions.hold(id, reason);
          return {
            json: { id, state, ...(hold === undefined ? {} : { hold }) },
            lines: [`${id}: ${hold === undefined ? 'released' : `held (${hold.reason})`}`],
          };
        }),
      ),
    );

  packages
    .command('reject <id>')
    .description('Reject it, with a reason and a signed receipt')
    .requiredOption('--reason <code>', 'a code from the list of reasons')
    .option('--note <text>', 'in your own words')
    .option('--out <dir>', 'folder that gets the receipt')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) =>
          decision(
            await open.decisions.reject(
              id,
              String(options['reason']),
              text(options['note']),
              text(options['out']),
            ),
          ),
        ),
      ),
    );

  packages
    .command('recall <id>')
    .description('Take it back, and tell every recipient, signed')
    .requiredOption('--reason <code>', 'a code from the list of reasons')
    .option('--out <dir>', 'folder that gets the notices')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) =>
          noticesAnswer(
            await open.packageNotices.recall(id, String(options['reason']), text(options['out'])),
          ),
        ),
      ),
    );

  packages
    .command('delay <id>')
    .description('Tell who asked that the answer comes later, signed')
    .requiredOption('--reason <code>', 'a code from the list of reasons')
    .requiredOption('--until <day>', 'YYYY-MM-DD')
    .option('--out <dir>', 'folder that gets the notice')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) =>
          noticesAnswer(
            await open.packageNotices.delay(
              id,
              String(options['reason']),
              String(options['until']),
              text(options['out']),
            ),
          ),
        ),
      ),
    );

  packages
    .command('record <id>')
    .description('Record what a recipient without Valise let you know')
    .requiredOption('--outcome <outcome>', OUTCOMES.join(' | '))
    .requiredOption('--evidence <file>', 'the letter, mail or form that says so')
    .requiredOption('--note <text>', 'in your own words')
    .option('--recipient <fingerprint>', 'whose outcome, when there are several recipients')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) => {
          const outcome = OUTCOMES.find((known) => known === options['outcome']);
          if (!outcome)
            throw new DomainError('input-refused', {
              what: 'package record',
              where: '--outcome',
              problem: OUTCOMES.join(', '),
            });
          const record = await open.decisions.record(
            id,
            outcome,
            String(options['evidence']),
            String(options['note']),
            text(options['recipient']),
          );
          return { json: { id, state: record.state }, lines: [`${id}: ${record.state}`] };
        }),
      ),
    );
}

function noticesAnswer(given: NoticesGiven): Answer {
  return {
    json: given,
    lines: [
      `${given.id}: ${given.state}`,
      ...given.notices.map(({ file }) => `notice ${file}`),
      ...given.notTold.map((name) => `tell ${name} in another way: their key cannot be used`),
    ],
  };
}
