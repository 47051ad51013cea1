import { composeOffice } from '../compose.ts';
import { describeFailure } from '../domain/errors/failure.ts';
import type { Office } from '../services/office.ts';
import { officeCalls } from './office-calls.ts';
import { serve, type CallContext, type Calls, type Port } from './rpc.ts';

/**
 * The office in its own process: everything that holds keys or content. It answers main's calls
 * and nobody else's; it ends when main ends it.
 *
 *   office.cjs SAMPLES      folder for the vaults of sample offices
 */
const [, , samples = ''] = process.argv;

const port: Port = {
  send: (message) => {
    process.parentPort.postMessage(message);
  },
  listen: (listener) => {
    process.parentPort.on('message', ({ data }) => {
      listener(data);
    });
  },
};

const office = composeOffice({ program: 'window' });
let tell: (name: string, payload: unknown) => void = () => undefined;

const calls = officeCalls(office, samples, (name, payload) => {
  tell(name, payload);
});

tell = serve(port, announcing(office, calls), describeFailure);

/** Tells of what a call appended to the ledger, whatever became of the call. */
function announcing(office: Office, calls: Calls): Calls {
  let told = -1;
  const look = () => {
    const size = office.isOpen ? office.open.session.ledger.size() : -1;
    if (size > told && told >= 0) tell('ledger.appended', { size });
    told = size;
  };
  return Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      name,
      async (input: never, context: CallContext) => {
        try {
          return await call(input, context);
        } finally {
          look();
        }
      },
    ]),
  );
}
