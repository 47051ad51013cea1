import { randomBytes } from 'node:crypto';
import { startCli, type CliOffice } from './cli.ts';

/** What tests of channels do: packages from one office to another, by the command line. */
export class ChannelWork {
  readonly sender: CliOffice;
  readonly receiver: CliOffice;

  constructor(sender: CliOffice, receiver: CliOffice) {
    this.sender = sender;
    this.receiver = receiver;
  }

  /** A sealed package of so many random bytes: nothing makes it shorter. */
  readonly sealed = (bytes: number): { id: string; fileName: string } => {
    const { sender, receiver } = this;
    const path = sender.place.write('payload.bin', randomBytes(bytes));
    const id = sender.draft([receiver.fingerprint], [path]);
    const made = sender.seal(id, sender.place.path(`out-${id}`));
    return { id, fileName: made.path.split('/').at(-1) ?? '' };
  };

  /** The sender's entries that say that a package was dispatched. */
  readonly dispatched = (id: string): object[] =>
    this.sender.ok<{ entries: object[] }>('ledger', 'show', '--package', id, '--type', 'dispatched')
      .entries;

  /** Runs a command of the sender's while this process goes on: what stands before the server lives in it. */
  readonly beside = (...args: string[]): Promise<number | null> => besideOf(this.sender, ...args);
}

/** The same for either office: the exit code. */
export function besideOf(office: CliOffice, ...args: string[]): Promise<number | null> {
  const running = startCli(args, office.env);
  return new Promise((done) => running.once('exit', done));
}
