import type { Command } from 'commander';
import type { Taken } from '../../services/inbox.ts';
import { action, withVault } from '../context.ts';
import type { Answer } from '../output.ts';
import { text } from './text.ts';

/** inbox: take in what was sealed for this vault */
export function inboxCommands(program: Command): void {
  const inbox = program.command('inbox').description('What comes in');

  inbox
    .command('add <file>')
    .description('Take in a sealed package, receipt or notice; verifies all of it')
    .option('--out <dir>', 'folder that gets the receipt')
    .action(
      action((context, options, file: string) =>
        withVault(context, async (open) =>
          answer(await open.inbox.take(file, { out: text(options['out']) }, context.work)),
        ),
      ),
    );

  inbox
    .command('list')
    .description('What came in, and what waits in quarantine with its reason')
    .action(
      action((context) =>
        withVault(context, (open) => {
          const items = open.inbox.list();
          return Promise.resolve({
            json: { items },
            lines: items.map(
              (item) => `${item.id}  ${item.state}  ${item.message ?? item.title ?? ''}`,
            ),
          });
        }),
      ),
    );

  inbox
    .command('retry <id>')
    .description('Verify a quarantined file again')
    .option('--out <dir>', 'folder that gets the receipt')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) =>
          answer(await open.inbox.retry(id, { out: text(options['out']) }, context.work)),
        ),
      ),
    );
}

function answer(taken: Taken): Answer {
  return {
    json: taken,
    lines: [
      taken.repeated
        ? `Already taken in (${taken.kind} ${taken.id}, entry ${String(taken.entry)}).`
        : `Verified and taken in: ${taken.kind} ${taken.id}, ${taken.state}.`,
      ...taken.warnings.map((code) => `warning: ${code}`),
    ],
  };
}
