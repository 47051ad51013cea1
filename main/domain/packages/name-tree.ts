import { DomainError } from '../errors/index.ts';
import { foldName } from './names.ts';

/** Folders cost memory without costing bytes: a name of 3000 bytes can make 1500 of them. */
export const MAX_FOLDERS = 100_000;

/** The names in one folder: as they are spelled, and as a system without case sees them. */
class Level {
  readonly bySpelling = new Map<string, Node>();
  readonly byFold = new Map<string, Node>();
}

interface Node {
  readonly spelled: string;
  /** A file has none. */
  readonly level: Level | undefined;
}

/**
 * All names of a bag, to find two that another system would take for one: equal after NFC and
 * case folding, or a file where another name needs a folder. Memory and time grow with the
 * length of the names and not with their depth, since names are hostile input.
 */
export class NameTree {
  readonly #root = new Level();
  #folders = 0;

  /**
   * Adds one name; its folders come with it. Answers with the spelling that it clashes with. A
   * folder may be added again under the same spelling, a file may not.
   * @throws DomainError `bag-too-many-entries` beyond 100 000 folders
   */
  add(path: string, kind: 'file' | 'folder'): string | undefined {
    const parts = path.split('/');
    let level = this.#root;
    for (const [index, part] of parts.entries()) {
      const folder = kind === 'folder' || index < parts.length - 1;
      const same = level.bySpelling.get(part);
      const known = same ?? level.byFold.get(foldName(part));
      if (known && (!same || !folder || !known.level))
        return [...parts.slice(0, index), known.spelled].join('/');
      const next = known ? known.level : this.#plant(level, part, folder);
      if (!next) break;
      level = next;
    }
    return undefined;
  }

  /** Adds one name to a level; answers with the level below it, which a file does not have. */
  #plant(level: Level, spelled: string, folder: boolean): Level | undefined {
    if (folder) this.#folders += 1;
    if (this.#folders > MAX_FOLDERS)
      throw new DomainError('bag-too-many-entries', { limit: MAX_FOLDERS });
    const node: Node = { spelled, level: folder ? new Level() : undefined };
    level.bySpelling.set(spelled, node);
    level.byFold.set(foldName(spelled), node);
    return node.level;
  }
}
