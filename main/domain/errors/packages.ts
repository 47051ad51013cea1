import type { ErrorText } from './index.ts';

/** Manifests, bags, drafts and packages. */
export const packageErrors = {
  'package-unknown': { exit: 1, message: 'There is no package {id} in this vault.' },

  oversized: {
    exit: 1,
    message: '{what} is larger than the {limit} bytes that are read of it.',
    hint: 'Ask the sender to split it.',
  },
  'version-unknown': {
    exit: 1,
    message:
      '{what} is of the version {version}, which this program does not know. Nothing was changed.',
    hint: 'A newer version of Valise may read it.',
  },
  'document-refused': {
    exit: 1,
    message: '{what} is refused: {field} {problem}.',
    hint: 'Tell the sender which field it is. Nothing was changed.',
  },
  'name-refused': {
    exit: 1,
    message: 'The name "{name}" {rule}, which no name in a package may.',
    hint: 'Ask the sender to rename the file and to send the package again. Nothing was written.',
  },
  'file-changed': {
    exit: 1,
    message: '{path} has changed since it was added. Nothing was sealed.',
    hint: 'Add the file again, then seal.',
  },
  'description-without-file': {
    exit: 1,
    message: 'release.json describes {path}, but the package has no such file.',
    hint: 'Mend the name, or leave the description out.',
  },
} as const satisfies Record<string, ErrorText>;
