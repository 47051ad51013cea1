import { foldName } from './names.ts';

interface Node {
  /** As it was spelled first. */
  readonly spelled: string;
  /** A file has none. */
  readonly children: Map<string, Node> | undefined;
}

/**
 * All names of a bag, to find two that another system would take for one: equal after NFC and
 * case folding, or a file where another name needs a folder. Memory and time grow with the
 * length of the names and not with their depth, since names are hostile input.
 */
export class NameTree {
  readonly #root = new Map<string, Node>();

  /**
   * Adds one name; its folders come with it. Answers with the spelling that it clashes with. A
   * folder may be added again under the same spelling, a file may not.
   */
  add(path: string, kind: 'file' | 'folder'): string | undefined {
    const parts = path.split('/');
    let level = this.#root;
    for (const [index, part] of parts.entries()) {
      const folder = kind === 'folder' || index < parts.length - 1;
      const folded = foldName(part);
      const known = level.get(folded);
      const node = known ?? {
        spelled: part,
        children: folder ? new Map<string, Node>() : undefined,
      };
      if (known && (known.spelled !== part || !folder || known.children === undefined))
        return [...parts.slice(0, index), known.spelled].join('/');
      if (!known) level.set(folded, node);
      if (node.children === undefined) break;
      level = node.children;
    }
    return undefined;
  }
}
