import { z } from 'zod';
import { text, list } from '../packages/fields.ts';
import { Digest } from '../identifiers.ts';
import { MAX_ENTRY_BYTES } from '../ledger/entry.ts';

/** The body of a checkpoint: its own page has the rules; here it is bounded text. */
export const CheckpointBody = text(1, 1000);

/** ASCII armor of one detached signature. */
export const ArmoredSignature = text(1, 20_000).regex(
  /^-----BEGIN PGP SIGNATURE-----\n[\s\S]*\n-----END PGP SIGNATURE-----\n?$/,
  { error: 'must be an armored OpenPGP signature' },
);

/** A tree of 2^53 leaves has proofs of at most 63 hashes; one more leaves room for rounding. */
const MAX_HASHES = 64;

const Hash = z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, {
  error: 'must be a SHA-256 in base64',
});

/** RFC 6962 consistency proof from the tree of `from` leaves to that of the checkpoint. */
export const ConsistencyProof = z.strictObject({
  from: z.int().min(1),
  proof: list(Hash, 0, MAX_HASHES),
});
export type ConsistencyProof = z.infer<typeof ConsistencyProof>;

/** `ledger/consistency.json`: one proof a size, sizes ascending. */
export const Consistency = list(ConsistencyProof, 0, 1000).meta({
  title: 'ledger/consistency.json',
  description: 'RFC 6962 consistency proofs up to the checkpoint beside it.',
});

/** Entry 0 as it stands, of a ledger that continues another: its digest is in the origin. */
export const GenesisText = text(2, MAX_ENTRY_BYTES);

/** The maker's own ledger, as it stood: what the other side witnesses. */
export const LedgerPart = z.strictObject({
  checkpoint: CheckpointBody,
  signature: ArmoredSignature,
  consistency: Consistency,
  genesis: GenesisText.exactOptional(),
});
export type LedgerPart = z.infer<typeof LedgerPart>;

/** A ledger as somebody else checked it: the cosignature, once it stands in a signed document. */
export const WitnessStatement = z.discriminatedUnion('result', [
  z.strictObject({
    /** First line of the checkpoint. */
    origin: z.string().regex(/^valise\/[0-9a-f]{64}$/, { error: 'must be valise/ and a digest' }),
    size: z.int().min(1),
    root: Digest,
    head: Digest,
    result: z.enum(['first-seen', 'consistent', 'same', 'smaller', 'inconsistent']),
  }),
  z.strictObject({ result: z.literal('none') }),
]);
export type WitnessStatement = z.infer<typeof WitnessStatement>;
