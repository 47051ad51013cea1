import { z } from 'zod';
import { Country, Id, list, nothing, Passphrase, Profile, Role, text, words } from './fields.ts';
import { invoke } from './kinds.ts';
import { Member } from './vault.ts';

/** The people with a slot in the vault, and what they may. */
export const members = {
  list: invoke(nothing, list(Member, 32)),
  /** Gives somebody a key and a slot that opens with the passphrase, which they should change. */
  add: invoke(
    z.strictObject({
      role: Role,
      name: words(200),
      email: words(320),
      /** Absent: the officer's own. */
      organisation: words(200).optional(),
      country: Country.optional(),
      passphrase: Passphrase,
      profile: Profile.optional(),
    }),
    Member,
  ),
  setRole: invoke(z.strictObject({ id: Id, role: Role }), Member),
  /** Sealed packages that no other member's key opens: what would be lost with this one. */
  opensAlone: invoke(
    z.strictObject({ id: Id }),
    list(z.object({ id: Id, title: text(400) }), 1_000_000),
  ),
  /** `losing`: what only this member's key opens may be lost. */
  remove: invoke(z.strictObject({ id: Id, losing: z.boolean().optional() }), z.object({})),
} as const;
