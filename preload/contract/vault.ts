import { z } from 'zod';
import {
  Country,
  count,
  fileToken,
  Fingerprint,
  Id,
  Instant,
  Params,
  Passphrase,
  Profile,
  Role,
  text,
  words,
  nothing,
} from './fields.ts';
import { event, invoke } from './kinds.ts';

export const Member = z.object({
  id: Id,
  name: text(200),
  email: text(320),
  organisation: text(200),
  country: Country,
  role: Role,
  fingerprint: Fingerprint,
});

/** Why the vault is closed. */
export const LockReason = z.enum([
  'start',
  'asked',
  'idle',
  'suspend',
  'screen',
  'quit',
  'crashed',
]);

/** The vault on the glass. A folder is shown by its last part only. */
export const VaultState = z.discriminatedUnion('state', [
  /** No vault was ever made or opened here. */
  z.object({ state: z.literal('none') }),
  /** The vault of last time is not where it was. */
  z.object({ state: z.literal('missing'), folder: text(1024) }),
  z.object({
    state: z.literal('locked'),
    folder: text(1024),
    reason: LockReason,
  }),
  /** It cannot be opened at all: damaged, made by a newer version. The code says which. */
  z.object({
    state: z.literal('refused'),
    folder: text(1024),
    code: text(64),
    message: text(4096),
    hint: text(4096).optional(),
    params: Params.optional(),
  }),
  z.object({
    state: z.literal('open'),
    folder: text(1024),
    vaultId: Id,
    member: Member,
    since: Instant,
    /** Nothing may be appended: what is known elsewhere of this ledger contradicts it. */
    readOnly: z
      .object({
        code: z.enum([
          'rollback',
          'truncated',
          'fork',
          'replaced',
          'header-older',
          'vault-db-older',
        ]),
        size: count,
        knownSize: count,
        where: z.enum(['anchor', 'witness', 'header', 'vault.db', 'ledger.db']),
        /** First and last entry that are known of and do not stand here. */
        missing: z.object({ from: count, to: count }).optional(),
      })
      .optional(),
  }),
]);
export type VaultState = z.infer<typeof VaultState>;

const RecoveryCode = text(64);

export const vault = {
  state: invoke(nothing, VaultState),
  /** Turns to another vault; it is locked then. */
  choose: invoke(z.strictObject({ folder: fileToken('vault') }), VaultState),
  create: invoke(
    z.strictObject({
      /** Absent: the usual place of this account. */
      folder: fileToken('vault-new').optional(),
      name: words(200),
      email: words(320),
      organisation: words(200),
      country: Country,
      passphrase: Passphrase,
      profile: Profile.optional(),
    }),
    z.object({ state: VaultState, recoveryCode: RecoveryCode }),
  ),
  unlock: invoke(z.strictObject({ passphrase: Passphrase }), VaultState),
  lock: invoke(nothing, VaultState),
  /** Goes on from a vault that can only be read: a new ledger continues the one that stands here. */
  acknowledge: invoke(z.strictObject({ reason: words(2000) }), VaultState),
  changePassphrase: invoke(z.strictObject({ current: Passphrase, next: Passphrase }), z.object({})),
  /** Opens with the recovery code and sets a new passphrase; answers with the next code. */
  useRecovery: invoke(
    z.strictObject({ code: words(128), passphrase: Passphrase }),
    z.object({ state: VaultState, recoveryCode: RecoveryCode }),
  ),
  renewRecovery: invoke(
    z.strictObject({ passphrase: Passphrase }),
    z.object({ recoveryCode: RecoveryCode }),
  ),
  changed: event(VaultState),
} as const;
