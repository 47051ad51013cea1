import { z } from 'zod';
import {
  AnyFileToken,
  Code,
  Digest,
  fileToken,
  Fingerprint,
  Id,
  Instant,
  list,
  text,
  words,
} from './fields.ts';
import { invoke } from './kinds.ts';
import { Package } from './packages.ts';
import { Manifest } from './release.ts';

const named = { id: Id };

/** The second signature: people beside the officer agree to a package, or do not. */
export const approvals = {
  /** Fixes the form, so that those who are named can look at it and sign it. */
  freeze: invoke(z.strictObject(named), Package),
  approve: invoke(z.strictObject(named), Package),
  refuse: invoke(z.strictObject({ ...named, reason: Code, note: words(4000).optional() }), Package),
  /** Writes a sealed request for approvers with another vault. */
  ask: invoke(
    z.strictObject({ ...named, out: fileToken('save') }),
    z.object({ name: text(1024), written: AnyFileToken, to: list(text(400), 32) }),
  ),
  /** Takes in what one of them answered. */
  add: invoke(z.strictObject({ file: fileToken('sealed') }), Package),
  /** Reads what another office asks this member to agree to. */
  look: invoke(
    z.strictObject({ file: fileToken('request') }),
    z.object({
      packageId: Id,
      manifest: Manifest,
      manifestDigest: Digest,
      askedBy: z.object({ name: text(400), fingerprint: Fingerprint }),
      at: Instant,
      warnings: list(Code, 16),
    }),
  ),
  /** Answers with this member's own key, into a sealed file; `manifestDigest` is what was read. */
  answer: invoke(
    z.strictObject({
      file: fileToken('request'),
      manifestDigest: Digest,
      out: fileToken('save'),
      refusal: z.strictObject({ reason: Code, note: words(4000).optional() }).optional(),
    }),
    z.object({ name: text(1024), written: AnyFileToken }),
  ),
} as const;
