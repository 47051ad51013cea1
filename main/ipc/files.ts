import { basename } from 'node:path';
import type { Contract } from '../../preload/contract/index.ts';
import type { FileUse } from '../../preload/contract/fields.ts';
import type { Chosen } from '../../preload/contract/files.ts';
import type { Handlers } from '../../preload/contract/kinds.ts';
import type { FileTokens } from '../shell/file-tokens.ts';
import type { Asking } from './counter.ts';
import { BorderFailure } from './failure.ts';

export interface PickHow {
  readonly multiple: boolean;
  readonly folders: boolean;
  /** A name to begin with, for a file that is to be made. */
  readonly name?: string | undefined;
}

export interface FileParts {
  readonly tokens: FileTokens;
  /** Opens the system's picker; no paths when the person changed their mind. */
  readonly pick: (use: FileUse, how: PickHow) => Promise<string[]>;
  /** Name, kind and size of what is there; undefined for what can be no payload. */
  readonly describe: (path: string) => Promise<Omit<Chosen, 'token'> | undefined>;
  readonly reveal: (path: string) => void;
}

/** Files as the window knows them: chosen by a person, named by tokens. */
export function fileHandlers(parts: FileParts): Handlers<Contract['files'], Asking> {
  const chosen = async (paths: readonly string[], use: FileUse): Promise<Chosen[]> => {
    const found: Chosen[] = [];
    for (const path of paths) {
      const described = await parts.describe(path);
      if (described) found.push({ ...described, token: parts.tokens.make(path, use) });
    }
    return found;
  };
  return {
    pick: async ({ use, multiple = false, folders = false, name }) => {
      const paths = await parts.pick(use, { multiple, folders, name });
      // What is to be made is not there yet, so there is nothing to describe.
      return use === 'save'
        ? paths.map((path) => ({
            name: basename(path),
            kind: 'file',
            token: parts.tokens.make(path, use),
          }))
        : chosen(paths, use);
    },
    dropped: ({ use, paths }) => chosen(paths, use),
    reveal: ({ file }) => {
      const path = parts.tokens.path(file);
      if (path === undefined) throw new BorderFailure('token-unknown');
      parts.reveal(path);
      return {};
    },
  };
}
