import { z } from 'zod';

/**
 * Fields that several pages share. They bound what may cross; what is right is judged inside.
 */

/** The input of a call that asks for nothing in particular. */
export const nothing = z.undefined();

export const text = (max: number) => z.string().max(max);
export const words = (max: number) => z.string().min(1).max(max);
export const list = <T extends z.ZodType>(item: T, max: number) => z.array(item).max(max);
export const count = z.int().min(0);

/** Full fingerprint of a primary key, upper-case hex. */
export const Fingerprint = z.string().regex(/^(?:[0-9A-F]{40}|[0-9A-F]{64})$/);
/** Lower-case hex SHA-256. */
export const Digest = z.string().regex(/^[0-9a-f]{64}$/);
export const Id = z.uuid();
export const Country = z.string().regex(/^[A-Z]{2}$/);
export const Code = z.string().min(1).max(64);
/** `YYYY-MM-DDTHH:MM:SSZ` */
export const Instant = z.string().min(20).max(32);
/** `YYYY-MM-DD` */
export const Day = z.string().min(10).max(10);
export const Role = z.enum(['officer', 'approver', 'auditor']);
export const Profile = z.enum(['interop', 'rfc9580']);
export const MessageProfile = z.enum(['rfc4880', 'rfc9580']);
export const Passphrase = z.string().min(1).max(4096);
/** Values for the window's own wording of a code. */
export const Params = z.record(z.string().max(64), z.union([z.string().max(4096), z.number()]));

/** The random id under which the window follows and cancels a long work. */
export const WorkId = z.string().regex(/^[0-9a-f]{32}$/);

/** What a file or folder was chosen for. A token serves nothing else. */
export const FILE_USES = [
  /** A folder that is to hold a new vault. */
  'vault-new',
  /** A folder that holds a vault. */
  'vault',
  /** Files and folders to put into a package. */
  'payload',
  /** Sealed files to take in. */
  'sealed',
  /** Somebody's request to agree to a release. */
  'request',
  'certificate',
  /** A mandate, or proof of what a recipient let us know. */
  'evidence',
  /** A bundle of evidence: its folder, or a tar of it. */
  'bundle',
  /** The folder of a channel. */
  'channel',
  /** The private key that a channel signs in with. */
  'private-key',
  /** The certificate of an agency's own authority. */
  'authority',
  /** The policy of an agency; its signature lies beside it. */
  'policy',
  /** A folder that gets what is written out. */
  'out',
  /** A new file that gets what is written out: the person named it. */
  'save',
  /** Something that was written, to be shown in its folder. */
  'written',
] as const;
export const FileUse = z.enum(FILE_USES);
export type FileUse = z.infer<typeof FileUse>;

/**
 * A file or folder that the person chose, or that was written for them. The path stays in main.
 * Tokens of a file that is read or written once are used up by the call that takes them.
 */
export function fileToken<U extends FileUse>(use: U) {
  return z.strictObject({ id: z.string().regex(/^[0-9a-f]{32}$/), use: z.literal(use) });
}
export const AnyFileToken = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  use: FileUse,
});
export type FileToken = z.infer<typeof AnyFileToken>;

/** Why something is held up, with the step of the composition that mends it. */
export const Blocker = z.object({
  code: Code,
  step: z.enum(['what', 'why', 'who', 'check']),
  message: text(4096),
  params: z.record(z.string().max(64), text(4096)),
});

const Key = z.object({
  fingerprint: Fingerprint,
  keyId: text(16),
  algorithm: text(64),
  createdAt: Instant,
  expiresAt: Instant.optional(),
  can: list(z.enum(['certify', 'sign', 'encrypt', 'authenticate']), 4),
  revoked: z.boolean(),
});

/** What can be said of a certificate, at the moment it was asked. */
export const CertificateFacts = z.object({
  fingerprint: Fingerprint,
  version: z.union([z.literal(4), z.literal(6)]),
  userIds: list(z.object({ text: text(4096), name: text(4096), email: text(1024).optional() }), 64),
  createdAt: Instant,
  expiresAt: Instant.optional(),
  revokedAt: Instant.optional(),
  primary: Key,
  subkeys: list(Key, 64),
  /** It advertises the newer message form. */
  modern: z.boolean(),
  /** Empty when it is fit to be sealed to; else the most important reason first. */
  refusals: list(Code, 16),
  warnings: list(Code, 64),
});
