import { DomainError, isDomainError } from '../../domain/errors/index.ts';
import type { Files } from '../../domain/files.ts';
import type { CarriedFile } from '../../domain/transfers/carrier-port.ts';

/** Takes what a file holds from a place on, in order. */
export type Take = (at: number, slice: Uint8Array) => Promise<void>;

/**
 * Writes a file from elsewhere into a partial one. `read` may begin where an earlier try ended, or
 * at the beginning: what is there already is not written again. What has come is kept when the way
 * is lost, and removed when anything else fails. No more is written than it was said to have: who
 * gives without end fills no disk.
 * @throws DomainError of `read`, `carrier-file-changed`, `disk-full`, `not-writable`, `disk-failed`
 */
export async function intoPartial(
  files: Files,
  path: string,
  { name, bytes }: CarriedFile,
  read: (begun: number, take: Take) => Promise<void>,
): Promise<void> {
  const file = await files.continued(path);
  let there = file.begun;
  try {
    await read(file.begun, async (at, slice) => {
      const rest = slice.subarray(Math.min(Math.max(there - at, 0), slice.length));
      if (there + rest.length > bytes)
        throw new DomainError('carrier-file-changed', { path: name, where: 'the other end' });
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
