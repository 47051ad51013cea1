import type { Command } from 'commander';
import { action, withVault } from '../context.ts';
import { readJson } from '../files.ts';

/** channel · queue · exchange */
export function exchangeCommands(program: Command): void {
  program
    .command('exchange')
    .description('Send what waits and fetch what has come')
    .option('--channel <name>', 'only this channel')
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const channel = typeof options['channel'] === 'string' ? options['channel'] : undefined;
          const done = await open.exchange.run(channel, context.work);
          return {
            json: done,
            lines: [
              ...done.sent.map((item) => `sent ${item.what} ${item.fileName}`),
              ...done.taken.map((item) => `took in ${item.kind} ${item.id}: ${item.state}`),
              ...done.refused.map(
                (item) => `refused ${item.fileName}: ${item.message} [${item.code}]`,
              ),
              ...done.incomplete.map((name) => `still arriving: ${name}`),
            ],
            exit: done.refused.length > 0 ? 4 : 0,
          };
        }),
      ),
    );

  const channel = program.command('channel').description('Ways to move sealed files');
  channel
    .command('add')
    .description('Add a channel')
    .requiredOption('--file <channel.json>', 'the channel')
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const record = await open.channels.add(await readJson(String(options['file'])));
          return { json: record, lines: [`Channel ${record.name} added`] };
        }),
      ),
    );
  channel
    .command('test <name>')
    .description('Whether it can be read and written just now')
    .action(
      action((context, _options, name: string) =>
        withVault(context, async (open) => {
          const result = await open.channels.test(name);
          return { json: result, lines: [`${result.name}: reachable`] };
        }),
      ),
    );
  channel
    .command('list')
    .description('All channels')
    .action(
      action((context) =>
        withVault(context, (open) => {
          const items = open.channels.list();
          return Promise.resolve({
            json: { items },
            lines: items.map((item) => `${item.name}  ${item.kind}  ${item.path}`),
          });
        }),
      ),
    );
  channel
    .command('remove <name>')
    .description('Remove a channel; what waits stays in the queue')
    .action(
      action((context, _options, name: string) =>
        withVault(context, async (open) => {
          await open.channels.remove(name);
          return { json: { name, removed: true }, lines: [`Channel ${name} removed`] };
        }),
      ),
    );

  program
    .command('queue')
    .description('What waits to be sent')
    .command('list')
    .description('What waits, and what went')
    .action(
      action((context) =>
        withVault(context, (open) => {
          const items = open.exchange.queue();
          return Promise.resolve({
            json: { items },
            lines: items.map((item) => `${item.state}  ${item.what}  ${item.fileName}`),
          });
        }),
      ),
    );
}
