import { isDomainError } from '../../domain/errors/index.ts';
import type { Files } from '../../domain/files.ts';

/** Takes what a file holds from a place on, in order. */
export type Take = (at: number, slice: Uint8Array) => Promise<void>;

/**
 * Writes a file from elsewhere into a partial one. `read` may begin where an earlier try ended, or
 * at the beginning: what is there already is not written again. What has come is kept when the way
 * is lost, and removed when anything else fails.
 * @throws DomainError of `read`, `disk-full`, `not-writable`, `disk-failed`
 */
export async function intoPartial(
  files: Files,
  path: string,
  read: (begun: number, take: Take) => Promise<void>,
): Promise<void> {
  const file = await files.continued(path);
  let there = file.begun;
  try {
    await read(file.begun, async (at, slice) => {
      const rest = slice.subarray(Math.min(Math.max(there - at, 0), slice.length));
      if (rest.length === 0) return;
      await file.write(rest);
      there += rest.length;
    });
    await file.finish();
  } catch (error) {
    if (isDomainError(error, 'carrier-unreachable')) await file.keep();
    else await file.discard();
    throw error;
  }
}
