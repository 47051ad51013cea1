import type { z } from 'zod';
import { isDomainError } from '../../domain/errors/index.ts';
import { decodeCanonical } from '../../domain/json/canonical.ts';
import { readLimited } from '../files/read.ts';

/** No document beside vault.json is larger. */
const LIMIT = 256 * 1024;

/**
 * A small document that only helps: what is absent, damaged or of another version counts as not
 * there, because nothing rests on it.
 * @throws DomainError `not-readable`, `disk-failed`
 */
export async function readSmallDocument<S extends z.ZodType>(
  path: string,
  schema: S,
): Promise<z.output<S> | undefined> {
  try {
    const parsed = schema.safeParse(decodeCanonical(await readLimited(path, LIMIT), path));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    const useless = ['file-missing', 'file-too-large', 'not-canonical'] as const;
    if (useless.some((code) => isDomainError(error, code))) return undefined;
    throw error;
  }
}
