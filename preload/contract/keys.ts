import { z } from 'zod';
import {
  AnyFileToken,
  CertificateFacts,
  fileToken,
  Fingerprint,
  Instant,
  list,
  nothing,
  Profile,
  text,
} from './fields.ts';
import { invoke } from './kinds.ts';

export const OwnKey = z.object({
  fingerprint: Fingerprint,
  state: z.enum(['current', 'retired', 'revoked']),
  profile: Profile,
  algorithm: text(64),
  /** When it came into this vault. */
  createdAt: Instant,
  expiresAt: Instant.optional(),
});

/** Own keys, the current one first, and the current certificate, armored: to give to others. */
const OwnKeys = z.object({
  keys: list(OwnKey, 64),
  certificate: text(512 * 1024),
  facts: CertificateFacts,
});
export type OwnKeys = z.infer<typeof OwnKeys>;

export const keys = {
  own: invoke(nothing, OwnKeys),
  /** Writes the certificate, or the key's revocation to be kept apart, as a file into a folder. */
  save: invoke(
    z.strictObject({ out: fileToken('out'), what: z.enum(['certificate', 'revocation']) }),
    z.object({ name: text(1024), written: AnyFileToken }),
  ),
  /** A new key signs from now on; the present one goes on opening what was sealed to it. */
  rotate: invoke(z.strictObject({ profile: Profile.optional() }), OwnKeys),
  /** Answers with the revoked certificate, armored: to give to everybody who has it. */
  revoke: invoke(
    z.strictObject({
      fingerprint: Fingerprint,
      reason: z.enum(['unspecified', 'superseded', 'compromised', 'retired']),
    }),
    z.object({ fingerprint: Fingerprint, certificate: text(512 * 1024) }),
  ),
} as const;
