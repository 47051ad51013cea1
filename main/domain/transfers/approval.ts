import { z } from 'zod';
import { sha256Hex } from '../digest.ts';
import { DomainError } from '../errors/index.ts';
import { Digest } from '../identifiers.ts';
import { decodeDocument, encodeDocument, type DocumentKind } from '../json/document.ts';
import { PackageId, Party } from '../packages/fields.ts';
import { decodeManifest, MAX_MANIFEST_BYTES, type Manifest } from '../packages/manifest.ts';
import { Instant } from '../time.ts';
import { ArmoredSignature } from './ledger-part.ts';
import { Reason } from './receipt.ts';

/** A person in another vault is asked to agree; `valise.approval-request/1`, by the sender. */
export const ApprovalRequest = z
  .strictObject({
    format: z.literal('valise.approval-request/1'),
    id: PackageId,
    at: Instant,
    by: Party,
    /** `release.json`, byte for byte. */
    release: z.base64({ error: 'must be base64' }).min(4),
  })
  .meta({
    title: 'valise.approval-request/1',
    description: 'The sender asks somebody in another vault to approve a release.',
  });
export type ApprovalRequest = z.infer<typeof ApprovalRequest>;

/** The answer; `valise.approval/1`, by the approver. */
export const ApprovalAnswer = z
  .discriminatedUnion('decision', [
    z.strictObject({
      ...answered(),
      decision: z.literal('approved'),
      reason: Reason.exactOptional(),
      /** Detached, over the bytes of `release.json`. */
      signature: ArmoredSignature,
    }),
    z.strictObject({ ...answered(), decision: z.literal('refused'), reason: Reason }),
  ])
  .meta({
    title: 'valise.approval/1',
    description: 'The answer of an approver in another vault.',
  });
export type ApprovalAnswer = z.infer<typeof ApprovalAnswer>;

function answered() {
  return {
    format: z.literal('valise.approval/1'),
    id: PackageId,
    packageId: PackageId,
    manifestDigest: Digest,
    at: Instant,
    by: Party,
  };
}

export const APPROVAL_REQUEST = {
  format: 'valise.approval-request/1',
  schema: ApprovalRequest,
  what: 'The request for approval',
  maxBytes: Math.ceil(MAX_MANIFEST_BYTES / 3) * 4 + 4096,
} as const satisfies DocumentKind<typeof ApprovalRequest>;

export const APPROVAL_ANSWER = {
  format: 'valise.approval/1',
  schema: ApprovalAnswer,
  what: 'The answer to the request for approval',
  maxBytes: 128 * 1024,
} as const satisfies DocumentKind<typeof ApprovalAnswer>;

/**
 * The canonical bytes of a request around the stored bytes of `release.json`.
 * @throws DomainError `document-refused` naming the field
 */
export function encodeApprovalRequest(
  request: Omit<ApprovalRequest, 'format' | 'release'> & { readonly releaseBytes: Uint8Array },
): Uint8Array {
  const { releaseBytes, ...rest } = request;
  return encodeDocument(APPROVAL_REQUEST, {
    ...rest,
    format: 'valise.approval-request/1',
    release: Buffer.from(releaseBytes).toString('base64'),
  });
}

export interface RequestedApproval {
  readonly request: ApprovalRequest;
  /** What the approver signs. */
  readonly releaseBytes: Uint8Array;
  readonly manifest: Manifest;
  readonly manifestDigest: Digest;
  /** SHA-256 of the request's own bytes. */
  readonly digest: Digest;
}

/**
 * Reads a request and the manifest inside it.
 * @throws DomainError `oversized`, `version-unknown`, `not-canonical`, `document-refused`: also
 * when somebody else than the manifest's sender asks
 */
export function decodeApprovalRequest(bytes: Uint8Array): RequestedApproval {
  const request = decodeDocument(APPROVAL_REQUEST, bytes);
  const releaseBytes = Buffer.from(request.release, 'base64');
  const refuse = (field: string, problem: string) =>
    new DomainError('document-refused', { what: APPROVAL_REQUEST.what, field, problem });
  if (releaseBytes.toString('base64') !== request.release)
    throw refuse('release', 'is not the one form of base64');
  const { manifest, digest: manifestDigest } = decodeManifest(releaseBytes);
  if (manifest.sender.fingerprint !== request.by.fingerprint)
    throw refuse('by.fingerprint', 'is not that of the sender of the release');
  return { request, releaseBytes, manifest, manifestDigest, digest: sha256Hex(bytes) };
}

/**
 * The canonical bytes of an answer.
 * @throws DomainError `document-refused` naming the field
 */
export function encodeApprovalAnswer(answer: ApprovalAnswer): Uint8Array {
  return encodeDocument(APPROVAL_ANSWER, answer);
}

/**
 * Reads an answer; the caller checks the signature, the digest, and that the approver is listed.
 * @throws DomainError `oversized`, `version-unknown`, `not-canonical`, `document-refused`
 */
export function decodeApprovalAnswer(bytes: Uint8Array): {
  answer: ApprovalAnswer;
  digest: Digest;
} {
  return { answer: decodeDocument(APPROVAL_ANSWER, bytes), digest: sha256Hex(bytes) };
}
