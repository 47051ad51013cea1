import type { Position } from '../../domain/ledger/anchor.ts';
import type { BundleProblems } from '../../domain/ledger/bundle-problems.ts';
import { parseCheckpoint, type Checkpoint } from '../../domain/ledger/checkpoint.ts';
import type { EntriesFound } from './bundle-entries.ts';
import { openBundleFiles } from './bundle-tar.ts';

/** Compares what somebody saw of a ledger with what its entries give. */
export class Positions {
  readonly #problems: BundleProblems;
  readonly #found: EntriesFound;
  readonly #size: number;

  /** @param size of the whole ledger, which a part does not hold */
  constructor(problems: BundleProblems, found: EntriesFound, size: number) {
    this.#problems = problems;
    this.#found = found;
    this.#size = size;
  }

  /**
   * What was seen has to be a position that the ledger went through.
   * @returns whether it could be compared
   */
  compare(file: string, seen: Pick<Position, 'size' | 'root' | 'head'>): boolean {
    const place = this.#found.placeAt(seen.size);
    if (seen.size > this.#size) this.#problems.atFile(file, 'rollback');
    else if (place && (place.root !== seen.root || place.head !== seen.head))
      this.#problems.atFile(file, 'fork');
    else return place !== undefined;
    return true;
  }

  /** The checkpoint of an older bundle. */
  comparePrevious(previous: Checkpoint): void {
    if (previous.origin !== this.#found.origin) this.#problems.atFile('previous', 'previous-other');
    else if (!this.compare('previous', previous))
      this.#problems.atFile('previous', 'previous-unclear');
  }
}

/** The checkpoint of an older bundle. @throws DomainError `checkpoint-malformed`, `file-missing` */
export async function readPrevious(path: string | undefined): Promise<Checkpoint | undefined> {
  if (path === undefined) return undefined;
  const folder = await openBundleFiles(path);
  return parseCheckpoint(Buffer.from(await folder.read('checkpoint')).toString('utf8'));
}
