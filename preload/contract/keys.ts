import { z } from 'zod';
import {
  AnyFileToken,
  CertificateFacts,
  fileToken,
  Fingerprint,
  list,
  text,
  nothing,
} from './fields.ts';
import { invoke } from './kinds.ts';

export const OwnKey = z.object({
  fingerprint: Fingerprint,
  current: z.boolean(),
  facts: CertificateFacts,
  /** ASCII armor, for handing to others. */
  certificate: text(512 * 1024),
});

export const keys = {
  /** The current key first. */
  own: invoke(nothing, list(OwnKey, 64)),
  /** Writes the certificate as a file into a folder. */
  save: invoke(
    z.strictObject({ fingerprint: Fingerprint.optional(), out: fileToken('out') }),
    z.object({ name: text(1024), written: AnyFileToken }),
  ),
  revoke: invoke(
    z.strictObject({
      fingerprint: Fingerprint,
      reason: z.enum(['unspecified', 'superseded', 'compromised', 'retired']),
    }),
    OwnKey,
  ),
} as const;
