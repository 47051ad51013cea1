import { z } from 'zod';
import { Digest, Fingerprint } from '../identifiers.ts';

/**
 * What `valise verify --json` answers. Names stay; members may be added. See docs/formats/verdict.md.
 */
const Count = z.int().min(0);

const Problem = z.strictObject({
  /** As people read it: `entry 17`, `checkpoints.jsonl line 3`, `entries[2]`, `previous`. */
  place: z.string(),
  code: z.string(),
  seq: Count.exactOptional(),
  file: z.string().exactOptional(),
});

const ledger = {
  /** Exit 0: everything fits, and a key that was named signed it. */
  verified: z.boolean(),
  /** Of the whole ledger, as its checkpoint says. */
  size: Count,
  origin: z.string(),
  root: z.union([Digest, z.literal('')]),
  head: z.union([Digest, z.literal('')]),
  /** Who has to have signed the checkpoint; absent when that cannot be told. */
  signer: Fingerprint.exactOptional(),
  /** Up to which size a named key signed; 0 when none did. */
  confirmed: Count,
  problems: z.array(Problem),
  /** Signatures that could not be judged here, and what is said besides: sentences. */
  unchecked: z.array(z.string()),
  notes: z.array(z.string()),
};

export const BundleAnswer = z.strictObject({
  kind: z.literal('bundle'),
  ...ledger,
  /** Entries in the bundle. */
  entries: Count,
  /** Absent when `bundle.json` cannot be read. */
  scope: z.enum(['whole', 'part']).exactOptional(),
  redacted: z.boolean().exactOptional(),
});

export const ProofAnswer = z.strictObject({
  kind: z.literal('proof'),
  ...ledger,
  /** The entry that is proved: its seq, the SHA-256 of its bytes, and these. */
  entry: z.strictObject({ seq: Count, digest: Digest, text: z.string() }).exactOptional(),
  /** The size that the ledger is proved to continue. */
  from: Count.exactOptional(),
});

export const SealedAnswer = z.strictObject({
  kind: z.literal('sealed'),
  /** Its outer form is whole, and its name claims no other digest. */
  verified: z.boolean(),
  sealedDigest: Digest,
  bytes: Count,
  profile: z.enum(['rfc4880', 'rfc9580']),
  sessionKeys: z.array(
    z.strictObject({
      version: z.union([z.literal(3), z.literal(6)]),
      key: z.string().exactOptional(),
    }),
  ),
});

export const VerifyAnswer = z.discriminatedUnion('kind', [BundleAnswer, ProofAnswer, SealedAnswer]);
export type VerifyAnswer = z.infer<typeof VerifyAnswer>;
