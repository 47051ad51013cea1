import type { Contract } from '../../../preload/contract/index.ts';
import type { Office } from '../../services/office.ts';
import type { Answers } from '../office-api.ts';

/** The people with a slot in the vault, for the window. */
export function memberCalls(office: Office): Answers<Contract['members']> {
  return {
    list: () => office.open.members.list(),
    add: ({ organisation, country, profile, ...member }) =>
      office.open.members.add({
        ...member,
        ...(organisation === undefined ? {} : { organisation }),
        ...(country === undefined ? {} : { country }),
        ...(profile === undefined ? {} : { profile }),
      }),
    setRole: ({ id, role }) => office.open.members.setRole(id, role),
    opensAlone: async ({ id }) => [...(await office.open.members.opensAlone(id))],
    remove: async ({ id, losing = false }) => {
      await office.open.members.remove(id, { losing });
      return {};
    },
    replaceKey: ({ id, passphrase, losing = false, profile }) =>
      office.open.members.replaceKey(id, {
        passphrase,
        losing,
        ...(profile === undefined ? {} : { profile }),
      }),
  };
}
