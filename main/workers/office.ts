import { composeOffice } from '../compose.ts';
import { describeFailure } from '../domain/errors/failure.ts';
import type { Office } from '../services/office.ts';
import { officeCalls } from './office-calls.ts';
import { Rounds } from './rounds.ts';
import { serve, sparingly, type CallContext, type Calls, type Port } from './rpc.ts';

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

/** Tells of what was appended to the ledger. */
const look = appendings(office);
const moving = (work: { readonly done: number; readonly total: number } | undefined) => {
  tell('exchange.moved', { work });
};
const rounds = new Rounds(
  office,
  60_000,
  () => {
    moving(undefined);
    look();
  },
  sparingly(({ done, total }) => {
    moving({ done, total });
  }),
);
tell = serve(port, announcing(calls), describeFailure);
rounds.start();

function appendings(office: Office): () => void {
  let told = -1;
  return () => {
    const size = office.isOpen ? office.open.session.ledger.size() : -1;
    if (size > told && told >= 0) tell('ledger.appended', { size });
    told = size;
  };
}

/** Looks after every call, whatever became of it; before a lock, rounds come to their end. */
function announcing(calls: Calls): Calls {
  return Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      name,
      async (input: never, context: CallContext) => {
        if (name === 'vault.lock') await rounds.interrupt();
        try {
          return await call(input, context);
        } finally {
          look();
        }
      },
    ]),
  );
}
