import { z } from 'zod';
import { sha256Hex } from '../digest.ts';
import { Code, Digest } from '../identifiers.ts';
import { decodeDocument, encodeDocument, type DocumentKind } from '../json/document.ts';
import { PackageId, Party, text } from '../packages/fields.ts';
import { Instant } from '../time.ts';
import { LedgerPart, WitnessStatement } from './ledger-part.ts';

/** A coded reason, and a person's words to it. */
export const Reason = z.strictObject({ code: Code, text: text(1, 2000).exactOptional() });

const NEEDS_REASON: ReadonlySet<string> = new Set(['rejected', 'destroyed', 'disputed']);

/** What a recipient says about one package; `valise.receipt/1`, see docs/formats/receipt.md. */
export const Receipt = z
  .strictObject({
    format: z.literal('valise.receipt/1'),
    id: PackageId,
    kind: z.enum(['delivered', 'accepted', 'rejected', 'destroyed', 'returned', 'disputed']),
    packageId: PackageId,
    manifestDigest: Digest,
    sealedDigest: Digest,
    at: Instant,
    by: Party,
    /** Why it was rejected or disputed; how it was destroyed, and what software cannot promise. */
    reason: Reason.exactOptional(),
    /** The recipient's own ledger. */
    ledger: LedgerPart.exactOptional(),
    /** The sender's ledger, as the recipient checked it. */
    witnessed: WitnessStatement,
  })
  .refine(({ kind, reason }) => reason !== undefined || !NEEDS_REASON.has(kind), {
    path: ['reason'],
    error: 'is missing: it says why, or how it was destroyed',
  })
  .meta({
    title: 'valise.receipt/1',
    description: 'What a recipient says about one package.',
    if: { properties: { kind: { enum: [...NEEDS_REASON] } } },
    then: { required: ['reason'] },
  });
export type Receipt = z.infer<typeof Receipt>;

export const RECEIPT = {
  format: 'valise.receipt/1',
  schema: Receipt,
  what: 'The receipt',
  maxBytes: 1024 * 1024,
} as const satisfies DocumentKind<typeof Receipt>;

/**
 * The canonical bytes of a receipt.
 * @throws DomainError `document-refused` naming the field
 */
export function encodeReceipt(receipt: Receipt): Uint8Array {
  return encodeDocument(RECEIPT, receipt);
}

/**
 * Reads a receipt; `digest` is the SHA-256 of its bytes, by which the ledger names it.
 * @throws DomainError `oversized`, `version-unknown`, `not-canonical`, `document-refused`
 */
export function decodeReceipt(bytes: Uint8Array): { receipt: Receipt; digest: Digest } {
  return { receipt: decodeDocument(RECEIPT, bytes), digest: sha256Hex(bytes) };
}
