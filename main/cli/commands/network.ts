import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { WayOut } from '../../domain/network/way-out.ts';
import { action, withVault } from '../context.ts';
import { readWhole } from '../files.ts';
import type { Answer } from '../output.ts';

/** air-gap · network */
export function networkCommands(program: Command): void {
  const gap = program.command('air-gap').description('Whether anything may go over a network');
  for (const [name, isOn, description] of [
    ['on', true, 'Nothing goes over a network from now on'],
    ['off', false, 'Channels over a network work again'],
  ] as const)
    gap
      .command(name)
      .description(description)
      .action(
        action((context) =>
          withVault(context, async (open) => {
            await open.airGap.set(isOn);
            return { json: { airGap: isOn }, lines: [description] };
          }),
        ),
      );

  const network = program
    .command('network')
    .description('The way to where certificates and time-stamps are; channels have their own');
  network
    .command('set')
    .description('Say it anew; what is left out is no more')
    .option('--proxy <url>', 'http://host:port of the agency’s proxy')
    .option(
      '--authority <file>',
      'PEM of the agency’s own authority, trusted beside the usual ones',
    )
    .action(
      action((context, { proxy, authority }) =>
        withVault(context, async (open) => {
          const pem =
            typeof authority === 'string' ? await readWhole(resolve(authority)) : undefined;
          return wayAnswer(
            await open.network.setWayOut({
              ...(proxy === undefined ? {} : { proxy }),
              ...(pem === undefined ? {} : { authority: new TextDecoder().decode(pem) }),
            }),
          );
        }),
      ),
    );
  network
    .command('show')
    .description('What was set')
    .action(
      action((context) =>
        withVault(context, (open) => Promise.resolve(wayAnswer(open.network.wayOut))),
      ),
    );
}

function wayAnswer({ proxy, authority }: WayOut): Answer {
  return {
    json: { proxy: proxy ?? null, authority: authority ?? null },
    lines: [
      proxy === undefined ? 'No proxy' : `Through ${proxy}`,
      authority === undefined ? 'The usual authorities' : 'The usual authorities, and the agency’s',
    ],
  };
}
