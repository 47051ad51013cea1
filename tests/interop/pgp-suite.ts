import { certificateChecks } from './pgp-suite/certificates.ts';
import { libraryChecks } from './pgp-suite/library.ts';
import { messageChecks } from './pgp-suite/messages.ts';
import { refusalChecks } from './pgp-suite/refusals.ts';
import type { Check } from './pgp-suite/support.ts';

/**
 * What the OpenPGP engine has to do in every runtime that it runs in: plain Node and Electron's,
 * whose crypto library is another one. No network, no files, no other program; nothing but
 * `node:` modules, the engine and the openpgp package, so that it can be bundled.
 */
export const checks: readonly Check[] = [
  ...certificateChecks,
  ...messageChecks,
  ...libraryChecks,
  ...refusalChecks,
];
