import type { Command } from 'commander';
import { describeTrouble } from '../../domain/vault/trouble.ts';
import { action, withVault } from '../context.ts';

/** ledger anchors · earlier · acknowledge: where a ledger is remembered, and what when it is not. */
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
}
