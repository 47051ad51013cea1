import { mkdirSync } from 'node:fs';
import { composeOffice } from '../../main/compose.ts';
import type { Office, OpenOffice } from '../../main/services/office.ts';
import { Workplace } from './cli.ts';
import { leastCost } from './least-cost.ts';

/** A clock that tests set; both offices go by it. */
export class SetClock {
  #now = new Date();

  now(): Date {
    return this.#now;
  }

  /** @param time a moment, such as `2026-03-01T10:00:00Z` */
  set(time: string): void {
    this.#now = new Date(time);
  }

  /** Goes on by so many hours. */
  wait(hours: number): void {
    this.#now = new Date(this.#now.getTime() + hours * 3_600_000);
  }
}

/** One office, opened in this process. */
export interface OpenedOffice {
  readonly office: Office;
  readonly open: OpenOffice;
  readonly vault: string;
  readonly passphrase: string;
  readonly fingerprint: string;
}

/** Two offices that know and verified each other, and share a folder called `share`. */
export interface TwoOffices {
  readonly place: Workplace;
  readonly clock: SetClock;
  readonly sender: OpenedOffice;
  readonly receiver: OpenedOffice;
  /** Sends what waits and fetches what came, on both sides. */
  exchange(): Promise<void>;
  close(): Promise<void>;
}

/** @param start where the clock stands at first */
export async function twoOffices(start: string): Promise<TwoOffices> {
  const place = new Workplace();
  const clock = new SetClock();
  clock.set(start);
  const open = async (name: string, country: string): Promise<OpenedOffice> => {
    const office = composeOffice({
      program: 'test',
      stateFolder: place.path('state'),
      clock,
      kdf: leastCost,
    });
    const vault = place.path(`vault-${name}`);
    const passphrase = `correct horse of ${name} staple`;
    const made = await office.create({
      folder: vault,
      name: `Officer ${name}`,
      email: `${name}@office.example`,
      organisation: `Office ${name}`,
      country,
      profile: 'interop',
      passphrase,
    });
    return { office, open: made.open, vault, passphrase, fingerprint: made.fingerprint };
  };
  const sender = await open('sender', 'SN');
  const receiver = await open('receiver', 'FR');
  mkdirSync(place.path('share'));
  for (const [one, other, country] of [
    [sender, receiver, 'FR'],
    [receiver, sender, 'SN'],
  ] as const) {
    const certificate = other.open.session.certificate.bytes;
    await one.open.contacts.add({ certificate, country, via: 'file' });
    await one.open.contacts.verify(other.fingerprint, 'in-person', undefined);
    await one.open.channels.add({ name: 'share', kind: 'folder', path: place.path('share') });
  }
  return {
    place,
    clock,
    sender,
    receiver,
    exchange: async () => {
      for (const { open: office } of [sender, receiver, sender, receiver])
        await office.exchange.run('share');
    },
    close: async () => {
      await sender.office.lock('quit');
      await receiver.office.lock('quit');
      place.clean();
    },
  };
}
