import { DomainError } from '../../domain/errors/index.ts';
import { passphraseBytes } from '../../domain/vault/passphrase.ts';
import { instant } from '../../domain/time.ts';
import type { Office, OpenOffice } from '../../services/office.ts';
import type { VaultCalls, VaultOpened } from '../office-api.ts';

/** The vault itself: main drives these, since it knows the folder. */
export function vaultCalls(office: Office): VaultCalls {
  const opened = ({ session }: OpenOffice): VaultOpened => ({
    vaultId: session.vaultId,
    member: session.member,
    since: instant(office.tools.clock.now()),
    ...(session.readOnly === undefined ? {} : { readOnly: session.readOnly }),
  });

  /** Whoever finds an open window must not be able to change its locks. */
  const confirm = async (passphrase: string): Promise<void> => {
    const secret = passphraseBytes(passphrase);
    try {
      const opens = await office.open.session.keyring.opens(secret);
      if (!opens) throw new DomainError('wrong-passphrase');
    } finally {
      secret.fill(0);
    }
  };

  return {
    create: async ({ profile = 'interop', ...request }) => {
      const { open, recoveryCode } = await office.create({ ...request, profile });
      return { opened: opened(open), recoveryCode };
    },
    unlock: async (request) => opened(await office.unlock(request)),
    useRecovery: async ({ folder, code, passphrase }) => {
      const { open, recoveryCode } = await office.recover({
        folder,
        code,
        newPassphrase: passphrase,
      });
      return { opened: opened(open), recoveryCode };
    },
    acknowledge: async ({ reason }) => opened((await office.acknowledge(reason)).open),
    lock: async ({ reason }) => {
      await office.lock(reason);
      return {};
    },
    changePassphrase: async ({ current, next }) => {
      await confirm(current);
      await office.vault.changePassphrase(office.open.session, next);
      return {};
    },
    renewRecovery: async ({ passphrase }) => {
      await confirm(passphrase);
      return { recoveryCode: await office.vault.renewRecovery(office.open.session) };
    },
  };
}
