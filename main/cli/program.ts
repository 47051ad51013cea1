import { Command, CommanderError } from 'commander';
import { version } from '../version.ts';
import { approvalCommands } from './commands/approvals.ts';
import { auditCommands } from './commands/audit.ts';
import { caseCommands } from './commands/cases.ts';
import { contactCommands } from './commands/contacts.ts';
import { dataCommands } from './commands/data.ts';
import { exchangeCommands, policyCommands } from './commands/exchange.ts';
import { networkCommands } from './commands/network.ts';
import { inboxCommands } from './commands/inbox.ts';
import { keyCommands } from './commands/keys.ts';
import { ledgerCommands } from './commands/ledger.ts';
import { memberCommands } from './commands/members.ts';
import { packageCommands } from './commands/packages.ts';
import { reportCommands } from './commands/reports.ts';
import { vaultCommands } from './commands/vault.ts';

const USAGE = 2;

/** Builds the whole command line: the words, their options, their help. */
export function buildProgram(): Command {
  const program = new Command('valise')
    .description('Sign, seal, exchange and log packages of repatriated data')
    .version(version)
    .option('--vault <dir>', 'the vault’s folder (or VALISE_VAULT)')
    .option(
      '--passphrase-file <file>',
      'file whose first line is the passphrase; - for stdin (or VALISE_PASSPHRASE)',
    )
    .option('--member <id>', 'whose slot to open')
    .option('--wait <seconds>', 'wait this long for a vault that is open elsewhere')
    .option('--json', 'answer with one JSON document')
    .showHelpAfterError()
    .exitOverride();
  vaultCommands(program);
  memberCommands(program);
  keyCommands(program);
  contactCommands(program);
  caseCommands(program);
  packageCommands(program);
  approvalCommands(program);
  inboxCommands(program);
  exchangeCommands(program);
  networkCommands(program);
  policyCommands(program);
  ledgerCommands(program);
  auditCommands(program);
  dataCommands(program);
  reportCommands(program);
  inheritSettings(program);
  return program;
}

/**
 * Runs one command. The exit code is left in `process.exitCode`: 0 done, 1 refused, 2 usage,
 * 3 no right or wrong passphrase, 4 verification failed, 5 an outside system failed.
 */
export async function run(argv: readonly string[]): Promise<void> {
  try {
    await buildProgram().parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  }
}

/** Subcommands throw instead of exiting, like the program itself. */
function inheritSettings(command: Command): void {
  for (const sub of command.commands) {
    sub.copyInheritedSettings(command);
    inheritSettings(sub);
  }
}
