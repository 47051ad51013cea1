import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import type { PolicyView } from '../../services/agency-policy.ts';
import type { OutgoingRecord } from '../../domain/transfers/records.ts';
import { action, withVault } from '../context.ts';
import { readJson, readWhole } from '../files.ts';
import type { Answer } from '../output.ts';

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
              ...done.incomplete.map((name) => `still arriving, or taken away: ${name}`),
              ...done.failed.map((item) => `${item.channel}: ${item.message} [${item.code}]`),
            ],
            exit: done.refused.length > 0 ? 4 : done.failed.length > 0 ? 5 : 0,
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
          const record = await open.channels.add(await readChannel(String(options['file'])));
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
          const result = await open.channels.test(name, context.work);
          const key = result.hostKey === undefined ? [] : [`its key: ${result.hostKey}`];
          return { json: result, lines: [`${result.name}: reachable`, ...key] };
        }),
      ),
    );
  channel
    .command('list')
    .description('All channels')
    .action(
      action((context) =>
        withVault(context, (open) => {
          const items = open.channels.views();
          return Promise.resolve({
            json: { items },
            lines: items.map((item) => `${item.name}  ${item.kind}  ${item.place}`),
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

  const queue = program.command('queue').description('What waits to be sent');
  queue
    .command('list')
    .description('What waits, and what went')
    .action(
      action((context) =>
        withVault(context, (open) => Promise.resolve(queueAnswer(open.queue.list()))),
      ),
    );
  queue
    .command('pause [id]')
    .description('Let it wait until it is resumed; without an id, all that waits')
    .action(
      action((context, _options, id?: string) =>
        withVault(context, async (open) => queueAnswer(await open.queue.pause(id))),
      ),
    );
  queue
    .command('resume [id]')
    .description('Send it with the next exchange; without an id, all that was paused')
    .action(
      action((context, _options, id?: string) =>
        withVault(context, async (open) => queueAnswer(await open.queue.resume(id))),
      ),
    );
  queue
    .command('cancel <id>')
    .description('Take it out of the queue for good')
    .action(
      action((context, _options, id: string) =>
        withVault(context, async (open) => queueAnswer([await open.queue.cancel(id)])),
      ),
    );
}

/** policy */
export function policyCommands(program: Command): void {
  const policy = program
    .command('policy')
    .description('The rules that an agency hands out, signed');
  policy
    .command('set <file>')
    .description('Put a policy in force; its signature lies beside it, as FILE.asc')
    .action(
      action((context, _options, file: string) =>
        withVault(context, async (open) => policyAnswer(await open.policy.set(resolve(file)))),
      ),
    );
  policy
    .command('show')
    .description('The policy in force, and whether its file is still the same')
    .action(
      action((context) =>
        withVault(context, async (open) => policyAnswer(await open.policy.show())),
      ),
    );
}

function policyAnswer(view: PolicyView | undefined): Answer {
  if (!view) return { json: { policy: null }, lines: ['No policy is in force'] };
  const { policy, file, digest, signer } = view;
  const words = { same: 'as it was set', changed: 'CHANGED since', gone: 'not there just now' };
  return {
    json: view,
    lines: [
      `${policy.name}, of ${policy.at}; the file is ${words[file]}`,
      `sha256 ${digest}, signed by ${signer}`,
    ],
  };
}

function queueAnswer(items: readonly OutgoingRecord[]): Answer {
  return {
    json: { items },
    lines: items.map(({ id, state, what, fileName, problem }) =>
      [id, state, what, fileName, problem ?? ''].join('  ').trimEnd(),
    ),
  };
}

const SECRETS = {
  passwordFile: 'password',
  privateKeyFile: 'privateKey',
  authorityFile: 'authority',
} as const;

/** `channel.json`; the files that hold its secrets are read once, and their names not kept. */
async function readChannel(path: string): Promise<unknown> {
  const given = await readJson(path);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  const read: Record<string, unknown> = { ...given };
  for (const [fileMember, member] of Object.entries(SECRETS)) {
    const file = read[fileMember];
    if (typeof file !== 'string') continue;
    const text = new TextDecoder().decode(await readWhole(resolve(dirname(path), file)));
    // As a passphrase file: the first line is the password, without its end.
    read[member] = member === 'password' ? (text.split(/\r?\n/, 1)[0] ?? '') : text;
    read[fileMember] = undefined;
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}
