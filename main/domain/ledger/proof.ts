import { z } from 'zod';
import { Digest, Fingerprint } from '../identifiers.ts';
import { decodeCanonical, encodeCanonical } from '../json/canonical.ts';
import { checkDocument } from '../json/document.ts';

/**
 * One document that proves one thing about a ledger, by itself: that an entry stands in it, or
 * that it continues what it was at an earlier checkpoint. See docs/formats/proof.md;
 * `assets/verify.py` checks the same format.
 */
export const PROOF_FORMAT = 'valise.proof/1';

const Hashes = z.array(Digest).max(64);
const Signed = z.strictObject({ body: z.string(), signature: z.string() });

export const Proof = z
  .strictObject({
    format: z.literal(PROOF_FORMAT),
    /** The entry that it proves. */
    seq: z.int().min(0).exactOptional(),
    /** The checkpoint that the ledger continues, and the RFC 6962 consistency of the two trees. */
    earlier: z.strictObject({ ...Signed.shape, hashes: Hashes }).exactOptional(),
    /** Whose root all hashes lead to. */
    checkpoint: Signed,
    /**
     * Entries as text, ascending, each with its RFC 6962 inclusion: genesis, every keys entry, the
     * last one of each checkpoint, and the one that is proved.
     */
    entries: z.array(z.strictObject({ text: z.string(), hashes: Hashes })).min(1),
    /** Of everybody who signed something here. */
    certificates: z.array(z.strictObject({ fingerprint: Fingerprint, armored: z.string() })),
    /** Statements by which one key took over from another, as text. */
    statements: z.array(z.string()),
  })
  .refine(
    ({ seq, earlier }) => (seq === undefined) !== (earlier === undefined),
    'proves nothing, or two things',
  );
export type Proof = z.infer<typeof Proof>;

/** The canonical bytes of a proof. */
export function encodeProof(proof: Proof): Uint8Array {
  return encodeCanonical(proof);
}

/**
 * Reads a proof. One LF after it is what a terminal leaves, and is passed over.
 * @throws DomainError `not-canonical`, `version-unknown`, `document-refused` naming the member
 */
export function decodeProof(bytes: Uint8Array): Proof {
  const what = 'The proof';
  const document = bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes;
  return checkDocument(
    { schema: Proof, what },
    decodeCanonical(document, what, { format: PROOF_FORMAT }),
  );
}
