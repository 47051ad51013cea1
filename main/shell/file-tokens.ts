import { randomBytes } from 'node:crypto';
import type { FileToken, FileUse } from '../../preload/contract/fields.ts';

/** Uses whose token stays good until the vault is locked: looked at, then taken; shown again. */
const KEPT: readonly FileUse[] = ['request', 'certificate', 'vault', 'written'];
const MOST = 200_000;

/**
 * What the window may name of the file system: random numbers for paths that a person chose or
 * dropped, or that were written for them. A token is good for one use only, and the path behind
 * it never goes to the window.
 */
export class FileTokens {
  private readonly paths = new Map<string, { readonly path: string; readonly use: FileUse }>();

  make(path: string, use: FileUse): FileToken {
    const id = randomBytes(16).toString('hex');
    this.paths.set(id, { path, use });
    this.dropOldest();
    return { id, use };
  }

  /** The path, or undefined when the token is unknown, used up, or meant for another use. */
  path({ id, use }: FileToken): string | undefined {
    const known = this.paths.get(id);
    return known?.use === use ? known.path : undefined;
  }

  /** What was done with these tokens worked: they are used up, unless theirs is kept. */
  spend(tokens: readonly FileToken[]): void {
    for (const { id, use } of tokens) if (!KEPT.includes(use)) this.paths.delete(id);
  }

  /** Nothing that was chosen so far can be named any more. */
  forget(): void {
    this.paths.clear();
  }

  private dropOldest(): void {
    for (const id of this.paths.keys()) {
      if (this.paths.size <= MOST) return;
      this.paths.delete(id);
    }
  }
}
