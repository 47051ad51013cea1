import type { Command } from 'commander';
import { describeTrouble } from '../../domain/vault/trouble.ts';
import { DomainError } from '../../domain/errors/index.ts';
import { action, withVault } from '../context.ts';
import type { Answer } from '../output.ts';

/** ledger anchors · earlier · acknowledge · timestamp: where a ledger is remembered, and what when it is not. */
export function continuityCommands(ledger: Command): void {
  ledger
    .command('anchors')
    .description('Where this ledger is remembered outside itself')
    .action(
      action((context) =>
        withVault(context, (open) => {
          const items = open.ledger.anchors();
          const problem = open.session.anchorProblem;
          return Promise.resolve({
            json: { items, ...(problem === undefined ? {} : { problem }) },
            lines: [
              ...items.map((item) => `${item.where}  size ${String(item.size)}  ${item.verdict}`),
              ...(problem === undefined ? [] : [`This computer cannot remember it: ${problem}`]),
            ],
          });
        }),
      ),
    );

  ledger
    .command('earlier')
    .description('The ledgers that the present one continues; read them with --ledger')
    .action(
      action((context) =>
        withVault(context, (open) => {
          const items = open.ledger.earlier.list();
          return Promise.resolve({
            json: { items },
            lines: items.map(
              ({ origin, size, lostTo }) =>
                `${origin}  ${String(size)} entries  ${
                  lostTo === size - 1 ? 'nothing lost' : `lost up to entry ${String(lostTo)}`
                }`,
            ),
          });
        }),
      ),
    );

  ledger
    .command('acknowledge')
    .description('Go on from a vault that can only be read: a new ledger continues the old one')
    .requiredOption('--reason <text>', 'what happened, as far as it is known')
    .action(
      action((context, options) =>
        withVault(context, async () => {
          const { open, wentOn } = await context.office.acknowledge(String(options['reason']));
          const { trouble, continues, withoutSlot } = wentOn;
          const position = open.ledger.position();
          return {
            json: {
              acknowledged: trouble.code,
              ...(trouble.missing === undefined ? {} : { missing: trouble.missing }),
              continues,
              withoutSlot,
              ledger: position,
            },
            lines: [
              describeTrouble(trouble),
              `Acknowledged. A new ledger continues it: ${position.origin}`,
              `The old one is kept: valise ledger show --ledger ${continues.origin}`,
              ...(withoutSlot.length === 0
                ? []
                : [`The old ledger knows nothing of these members: ${withoutSlot.join(', ')}`]),
            ],
          };
        }),
      ),
    );

  ledger
    .command('timestamp')
    .description('Have a time-stamp authority (RFC 3161) sign that the ledger has come this far')
    .option('--request <file>', 'write a request for the present checkpoint')
    .option('--response <file>', 'take in the answer')
    .option('--url <url>', 'ask an authority on the network, http or https')
    .action(
      action((context, options) => {
        const given = ['request', 'response', 'url'].filter((name) => options[name] !== undefined);
        if (given.length !== 1)
          throw new DomainError('input-refused', {
            what: 'ledger timestamp',
            where: 'the options',
            problem: 'one of --request, --response and --url',
          });
        const value = String(options[given[0] ?? '']);
        return withVault(context, async ({ timeStamps }): Promise<Answer> => {
          if (given[0] === 'request') {
            const { size } = await timeStamps.requestTo(value);
            return {
              json: { path: value, size },
              lines: [`Request for the checkpoint over ${String(size)} entries: ${value}`],
            };
          }
          const stamped =
            given[0] === 'url'
              ? await timeStamps.ask(value, context.work.signal)
              : await timeStamps.takeFrom(value);
          return {
            json: stamped,
            lines: [
              `The checkpoint over ${String(stamped.size)} entries was there at ${stamped.at}.`,
              `Signed by ${stamped.authority}: whether you trust that is for openssl ts -verify.`,
            ],
          };
        });
      }),
    );
}
