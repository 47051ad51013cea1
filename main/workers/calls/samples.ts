import type { Contract } from '../../../preload/contract/index.ts';
import { composeOffice } from '../../compose.ts';
import { newId } from '../../domain/new-id.ts';
import type { Office } from '../../services/office.ts';
import { runSampleExchange } from '../../services/samples/sample-exchange.ts';
import type { Answers } from '../office-api.ts';

/**
 * The exchange between two sample offices, each run in a folder of its own below `folder`. Their
 * anchors stay in there too.
 */
export function sampleCalls(
  office: Office,
  folder: string,
  tell: (name: string, payload: unknown) => void,
): Answers<Contract['samples']> {
  return {
    start: async (_input, context) => {
      const { files, clock, random } = office.tools;
      const run = files.join(folder, newId(clock, random));
      await files.makeFolder(run);
      const { vaults, ...result } = await runSampleExchange(
        {
          folder: run,
          makeOffice: () => composeOffice({ stateFolder: files.join(run, 'state') }),
          files,
          clock,
          random,
          step: (step) => {
            tell('samples.step', { work: context.work, step });
          },
        },
        context,
      );
      return {
        package: result.package,
        passphrase: result.passphrase,
        vaults: {
          sender: { place: vaults.sender, use: 'vault' },
          receiver: { place: vaults.receiver, use: 'vault' },
        },
      };
    },
  };
}
