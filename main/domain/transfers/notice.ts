import { z } from 'zod';
import { sha256Hex } from '../digest.ts';
import { Digest } from '../identifiers.ts';
import { decodeDocument, encodeDocument, type DocumentKind } from '../json/document.ts';
import { PackageId, Party } from '../packages/fields.ts';
import { CalendarDate, Instant } from '../time.ts';
import { ArmoredSignature, CheckpointBody } from './ledger-part.ts';
import { Reason } from './receipt.ts';

const common = {
  format: z.literal('valise.notice/1'),
  id: PackageId,
  at: Instant,
  by: Party,
};
const about = { packageId: PackageId, manifestDigest: Digest };

const SignedCheckpoint = z.strictObject({
  checkpoint: CheckpointBody,
  signature: ArmoredSignature,
});

/**
 * What is said besides receipts; `valise.notice/1`, see docs/formats/notice.md. `recall` is by the
 * package's sender, `delay` by a recipient of a request, `fork-complaint` by the witness of a
 * ledger that shows two histories.
 */
export const Notice = z
  .discriminatedUnion('kind', [
    z.strictObject({
      ...common,
      ...about,
      kind: z.literal('recall'),
      reason: Reason.exactOptional(),
    }),
    z.strictObject({
      ...common,
      ...about,
      kind: z.literal('delay'),
      reason: Reason,
      until: CalendarDate,
    }),
    z.strictObject({
      ...common,
      kind: z.literal('fork-complaint'),
      /** Both signed by the ledger's owner; they cannot be of one history. */
      checkpoints: z.array(SignedCheckpoint).length(2),
    }),
  ])
  .meta({
    title: 'valise.notice/1',
    description: 'A recall, a delay, or a complaint about a ledger that shows two histories.',
  });
export type Notice = z.infer<typeof Notice>;

export const NOTICE = {
  format: 'valise.notice/1',
  schema: Notice,
  what: 'The notice',
  maxBytes: 1024 * 1024,
} as const satisfies DocumentKind<typeof Notice>;

/**
 * The canonical bytes of a notice.
 * @throws DomainError `document-refused` naming the field
 */
export function encodeNotice(notice: Notice): Uint8Array {
  return encodeDocument(NOTICE, notice);
}

/**
 * Reads a notice; `digest` is the SHA-256 of its bytes.
 * @throws DomainError `oversized`, `version-unknown`, `not-canonical`, `document-refused`
 */
export function decodeNotice(bytes: Uint8Array): { notice: Notice; digest: Digest } {
  return { notice: decodeDocument(NOTICE, bytes), digest: sha256Hex(bytes) };
}
