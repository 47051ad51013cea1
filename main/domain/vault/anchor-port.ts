import { z } from 'zod';
import { Digest, Fingerprint, Uuid } from '../identifiers.ts';
import { Instant } from '../time.ts';

/** A place of a ledger that somebody remembers: size, tree root and hash of the last entry (hex). */
export const AnchorPosition = z.strictObject({
  /** `self` is this computer after a commit; a fingerprint is a counterparty who witnessed it. */
  by: z.union([z.literal('self'), Fingerprint]),
  origin: z.string().max(80),
  size: z.int().min(1),
  root: Digest,
  head: Digest,
  at: Instant,
});
export type AnchorPosition = z.infer<typeof AnchorPosition>;

/**
 * What this user's computer remembers of a vault, outside of it: what makes a vault that was put
 * back from an old copy visible. One file a vault, in the user's state folder.
 */
export const Anchors = z.strictObject({
  format: z.literal('valise.anchors/1'),
  vaultId: Uuid,
  /** The slot that was opened last: tried first. */
  slot: Uuid.optional(),
  /** Digest of vault.json as it was last seen good. */
  header: Digest.optional(),
  positions: z.array(AnchorPosition).max(256),
});
export type Anchors = z.infer<typeof Anchors>;

export interface AnchorStore {
  /** What is remembered of this vault; undefined when nothing is, or what was cannot be read. */
  read(vaultId: Uuid): Promise<Anchors | undefined>;
  /** Replaces the file, durably. */
  write(anchors: Anchors): Promise<void>;
}
