import type { Command } from 'commander';
import { DomainError } from '../../domain/errors/index.ts';
import { Role } from '../../domain/identifiers.ts';
import type { Member } from '../../domain/vault/session.ts';
import type { PresentMember } from '../../services/members.ts';
import { action, withVault } from '../context.ts';

interface AddOptions {
  readonly role: string;
  readonly name: string;
  readonly email: string;
  readonly organisation?: string;
  readonly country?: string;
  readonly newPassphraseFile: string;
}

const OLD_COPIES = 'Old copies of the vault still open with the old passphrase.';

/** member: people with a key slot */
export function memberCommands(program: Command): void {
  const member = program.command('member').description('The people of this vault');

  member
    .command('add')
    .description('Give somebody a key and a slot of their own')
    .requiredOption('--role <role>', 'officer | approver | auditor')
    .requiredOption('--name <name>', 'who it is')
    .requiredOption('--email <address>', 'the e-mail address')
    .option('--organisation <name>', 'the office, when it is not yours')
    .option('--country <code>', 'ISO 3166-1 alpha-2, when it is not yours')
    .requiredOption('--new-passphrase-file <file>', 'file whose first line opens the new slot')
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const { newPassphraseFile, role, ...who } = options as unknown as AddOptions;
          const passphrase = await context.secrets.fromFile(newPassphraseFile);
          const added = await open.members.add({ ...who, role: parseRole(role), passphrase });
          return {
            json: { id: added.id, fingerprint: added.fingerprint, role: added.role },
            lines: [`${describe(added)} was added.`, `Fingerprint: ${added.fingerprint}`],
          };
        }),
      ),
    );

  member
    .command('list')
    .description('Everybody who has a slot')
    .action(
      action((context) =>
        withVault(context, (open) => {
          const items = open.members.list();
          return Promise.resolve({ json: { items }, lines: items.map(describePresent) });
        }),
      ),
    );

  member
    .command('role <id>')
    .description('Give a member another role')
    .requiredOption('--role <role>', 'officer | approver | auditor')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) => {
          const changed = await open.members.setRole(id, parseRole(String(options['role'])));
          return { json: { id, role: changed.role }, lines: [`${describe(changed)}.`] };
        }),
      ),
    );

  member
    .command('remove <id>')
    .description('Take a member’s slots away and encrypt the databases anew')
    .option('--losing', 'also when some packages can then be opened by nobody')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) => {
          await open.members.remove(id, { losing: options['losing'] === true });
          return { json: { id, removed: true }, lines: ['Removed.', OLD_COPIES] };
        }),
      ),
    );

  member
    .command('renew-key <id>')
    .description('Give a member who lost their key a new one, with a slot in the place of the old')
    .requiredOption('--new-passphrase-file <file>', 'file whose first line opens the new slot')
    .option('--losing', 'also when some packages can then be opened by nobody')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) => {
          const passphrase = await context.secrets.fromFile(String(options['newPassphraseFile']));
          const losing = options['losing'] === true;
          const renewed = await open.members.replaceKey(id, { passphrase, losing });
          return {
            json: { id, fingerprint: renewed.fingerprint, role: renewed.role },
            lines: [
              `${describe(renewed)} has a new key.`,
              `Fingerprint: ${renewed.fingerprint}`,
              OLD_COPIES,
            ],
          };
        }),
      ),
    );
}

function parseRole(text: string): Role {
  const role = Role.safeParse(text);
  if (role.success) return role.data;
  throw new DomainError('input-refused', {
    what: 'member',
    where: '--role',
    problem: 'officer, approver or auditor',
  });
}

function describe({ id, name, email, role }: Member): string {
  return `${name} <${email}>, ${role} (${id})`;
}

function describePresent(member: PresentMember): string {
  const { fingerprint, since, isYou } = member;
  const you = isYou ? ', you' : '';
  return `${describe(member)}${you}, since ${since}\n  ${fingerprint}`;
}
