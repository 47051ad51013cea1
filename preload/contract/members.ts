import { z } from 'zod';
import {
  Country,
  Id,
  Instant,
  list,
  nothing,
  Passphrase,
  Profile,
  Role,
  text,
  words,
} from './fields.ts';
import { invoke } from './kinds.ts';
import { Member } from './vault.ts';

/** A member as the vault has them now. */
export const PresentMember = Member.extend({
  since: Instant,
  /** Whoever asks. */
  isYou: z.boolean(),
  hasRecovery: z.boolean(),
});

/** A sealed file that stands or falls with one member's key. */
const SealedFile = z.object({
  kind: z.enum(['package', 'quarantined']),
  id: Id,
  title: text(400),
});

/** The people with a slot in the vault, and what they may. */
export const members = {
  list: invoke(nothing, list(PresentMember, 32)),
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
  /** Sealed files that no other member's key opens: what would be lost with this one. */
  opensAlone: invoke(z.strictObject({ id: Id }), list(SealedFile, 1_000_000)),
  /** `losing`: what only this member's key opens may be lost. */
  remove: invoke(z.strictObject({ id: Id, losing: z.boolean().optional() }), z.object({})),
  /** Gives a member who lost their key a new one, and a new slot in the place of the old ones. */
  replaceKey: invoke(
    z.strictObject({
      id: Id,
      passphrase: Passphrase,
      losing: z.boolean().optional(),
      profile: Profile.optional(),
    }),
    Member,
  ),
} as const;
