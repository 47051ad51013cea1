import { composeOffice } from '../../main/compose.ts';
import type { OpenOffice } from '../../main/services/office.ts';
import type { CliOffice } from './cli.ts';

/**
 * The same vault that a test works on with the command line, opened in this process: for the many
 * looks between two acts, each of which would otherwise start a program of its own.
 */
export async function within<T>(
  office: CliOffice,
  work: (open: OpenOffice) => Promise<T>,
): Promise<T> {
  const inside = composeOffice({ stateFolder: office.place.path('state'), program: 'test' });
  const open = await inside.unlock({ folder: office.vault, passphrase: office.passphrase });
  try {
    return await work(open);
  } finally {
    await inside.lock('quit');
  }
}
