import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { OpenOffice } from '../../main/services/office.ts';
import { acquainted, CliOffice, filesBelow, releaseFor, Workplace } from '../support/cli.ts';
import { within } from '../support/in-process.ts';
import { seed } from '../support/killing.ts';

/** How often each act is killed. */
export const ROUNDS = Number(process.env['VALISE_ROUNDS'] ?? 20);
/** Stands at both ends of the payload: found in a vault, plaintext was left. */
export const MARK = 'CRASH-PLAINTEXT-MARK';
const MINUTES = 60_000;
/** Ends what hangs; a slow machine fails nothing. */
export const patience = { timeout: 15 * MINUTES };

/** Two offices whose processes are killed, and what has to be true of them afterwards. */
export class KilledOffices {
  readonly place = new Workplace();
  readonly sender = new CliOffice(this.place, 'sender');
  readonly receiver = new CliOffice(this.place, 'receiver');

  /** Makes both vaults, and something large and something small to send. */
  prepare(): void {
    const { place, sender, receiver } = this;
    console.info(`VALISE_SEED=${String(seed)}`);
    sender.init();
    receiver.init();
    acquainted(place, sender, receiver);
    place.write(
      'payload/data.bin',
      Buffer.concat([Buffer.from(MARK), randomBytes(24 << 20), Buffer.from(MARK)]),
    );
    place.write('small/a.txt', 'small');
  }

  /** Opens the vault as the next person would, verifies it, and looks at what the act left. */
  async afterwards<T>(office: CliOffice, look: (open: OpenOffice) => Promise<T> | T): Promise<T> {
    const { place } = this;
    return within(office, async (open) => {
      const files = filesBelow(place.folder);
      expect(files.filter((file) => file.includes('.partial'))).toEqual([]);
      for (const file of files.filter((name) => name.startsWith('vault-')))
        expect(readFileSync(place.path(file)).includes(MARK), file).toBe(false);
      const verdict = await open.ledger.verify();
      expect(verdict.problems).toEqual([]);
      return look(open);
    });
  }

  /** A draft of the sender's for the receiver, in a vault that is open already. */
  async draftIn(open: OpenOffice, folder: string): Promise<string> {
    const release = releaseFor([this.receiver.fingerprint]);
    return (await open.drafts.make('CASE-1', release, [this.place.path(folder)])).id;
  }

  draft(folder: string): Promise<string> {
    return within(this.sender, (open) => this.draftIn(open, folder));
  }
}
