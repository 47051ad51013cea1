import type { z } from 'zod';
import { DomainError } from '../errors/index.ts';
import { decodeCanonical, encodeCanonical } from './canonical.ts';
import { firstProblem } from './problems.ts';

/** One kind of signed document: its version, its schema and how people call it. */
export interface DocumentKind<S extends z.ZodType> {
  readonly format: string;
  readonly schema: S;
  /** Begins a sentence: `The receipt`. */
  readonly what: string;
  readonly maxBytes: number;
}

/**
 * Reads one document: size, version, canonical form, then every member.
 * @throws DomainError `oversized`, `version-unknown`, `not-canonical`, or
 * `document-refused` naming the member
 */
export function decodeDocument<S extends z.ZodType>(
  kind: DocumentKind<S>,
  bytes: Uint8Array,
): z.output<S> {
  const { format, maxBytes, what } = kind;
  return checkDocument(kind, decodeCanonical(bytes, what, { format, maxBytes }));
}

/**
 * The canonical bytes of one document, checked as a reader would check it.
 * @throws DomainError `document-refused` naming the member
 */
export function encodeDocument<S extends z.ZodType>(
  kind: DocumentKind<S>,
  value: z.output<S>,
): Uint8Array {
  const bytes = encodeCanonical(checkDocument(kind, value));
  if (bytes.length > kind.maxBytes)
    throw new DomainError('oversized', { what: kind.what, limit: kind.maxBytes });
  return bytes;
}

/**
 * The members of one document against its schema.
 * @throws DomainError `document-refused` naming the member
 */
export function checkDocument<S extends z.ZodType>(
  kind: Pick<DocumentKind<S>, 'schema' | 'what'>,
  value: unknown,
): z.output<S> {
  const result = kind.schema.safeParse(value);
  if (result.success) return result.data;
  throw new DomainError('document-refused', {
    what: kind.what,
    ...firstProblem(result.error, value),
  });
}
