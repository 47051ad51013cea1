import type { Command } from 'commander';
import { DomainError } from '../../domain/errors/index.ts';
import { told } from '../../services/ledger.ts';
import { action, vaultFolder, waitSeconds, withVault } from '../context.ts';

const GO_ON = 'Look for the newer copy. When it is lost: valise ledger acknowledge --reason "…"';

interface InitOptions {
  readonly name: string;
  readonly email: string;
  readonly organisation: string;
  readonly country: string;
  readonly profile: string;
}

/** init · status · passphrase · recovery */
export function vaultCommands(program: Command): void {
  program
    .command('init')
    .description('Make a vault with its officer, key and ledger; prints the recovery code once')
    .requiredOption('--name <name>', 'the officer’s name')
    .requiredOption('--email <address>', 'the officer’s e-mail address')
    .requiredOption('--organisation <name>', 'the office')
    .requiredOption('--country <code>', 'ISO 3166-1 alpha-2')
    .option('--profile <profile>', 'interop (GnuPG 2.2 reads it) or rfc9580', 'interop')
    .action(
      action(async (context, options) => {
        const { name, email, organisation, country, profile } = options as unknown as InitOptions;
        if (profile !== 'interop' && profile !== 'rfc9580')
          throw new DomainError('input-refused', {
            what: 'init',
            where: '--profile',
            problem: 'interop or rfc9580',
          });
        const folder = vaultFolder(context.options);
        const passphrase = await context.secrets.passphrase(context.options.passphraseFile);
        const { fingerprint, recoveryCode, open } = await context.office.create({
          folder,
          name,
          email,
          organisation,
          country,
          passphrase,
          profile,
        });
        const member = open.session.member.id;
        await context.office.lock('quit');
        return {
          json: { vault: folder, member, fingerprint, recoveryCode },
          lines: [
            `Vault made in ${folder}`,
            `Fingerprint: ${fingerprint}`,
            `Recovery code, shown only now: ${recoveryCode}`,
          ],
        };
      }),
    );

  program
    .command('status')
    .description('The vault, who you are, the ledger, and what waits for attention')
    .action(
      action((context) =>
        withVault(context, async (open) => {
          const { member, vaultId, readOnly, anchorProblem } = open.session;
          const ledger = open.ledger.position();
          const attention = await open.overview.attention();
          return {
            json: {
              vault: vaultId,
              member,
              ledger,
              attention,
              ...(readOnly ? { readOnly: told(readOnly) } : {}),
              ...(anchorProblem === undefined ? {} : { anchorProblem }),
            },
            lines: [
              `${member.name}, ${member.organisation} (${member.role})`,
              `Ledger: ${String(ledger.size)} entries, root ${ledger.root}`,
              ...(readOnly ? [`Read-only: ${told(readOnly).message}`, GO_ON] : []),
              ...(anchorProblem === undefined
                ? []
                : [`This computer cannot remember the ledger: ${anchorProblem}`]),
              ...attention.map((item) => `- ${item.message}`),
            ],
          };
        }),
      ),
    );

  program
    .command('passphrase')
    .description('The passphrase of your slot')
    .command('change')
    .description('Change it; the old one still opens old copies of the vault')
    .requiredOption('--new-passphrase-file <file>', 'file whose first line is the new passphrase')
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const next = await context.secrets.fromFile(String(options['newPassphraseFile']));
          await context.office.vault.changePassphrase(open.session, next);
          return { json: { changed: true }, lines: ['Passphrase changed.'] };
        }),
      ),
    );

  const recovery = program.command('recovery').description('The recovery code');
  recovery
    .command('use')
    .description('Open with the recovery code; sets a new passphrase and prints a new code')
    .requiredOption('--code-file <file>', 'file whose first line is the recovery code')
    .requiredOption('--new-passphrase-file <file>', 'file whose first line is the new passphrase')
    .action(
      action(async (context, options) => {
        const code = await context.secrets.fromFile(String(options['codeFile']));
        const passphrase = await context.secrets.fromFile(String(options['newPassphraseFile']));
        const { recoveryCode } = await context.office.recover({
          folder: vaultFolder(context.options),
          code,
          newPassphrase: passphrase,
          waitSeconds: waitSeconds(context.options),
        });
        await context.office.lock('quit');
        return {
          json: { recoveryCode },
          lines: [`New recovery code, shown only now: ${recoveryCode}`],
        };
      }),
    );
  recovery
    .command('renew')
    .description('Replace the recovery code; the old one opens nothing any more')
    .action(
      action((context) =>
        withVault(context, async (open) => {
          const recoveryCode = await context.office.vault.renewRecovery(open.session);
          return {
            json: { recoveryCode },
            lines: [`New recovery code, shown only now: ${recoveryCode}`],
          };
        }),
      ),
    );
}
