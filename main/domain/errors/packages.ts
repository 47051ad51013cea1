import type { ErrorText } from './index.ts';

/** Manifests, bags, drafts and packages. */
export const packageErrors = {
  'package-unknown': { exit: 1, message: 'There is no package {id} in this vault.' },
} as const satisfies Record<string, ErrorText>;
