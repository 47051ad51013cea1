import { z } from 'zod';
import { parseInput } from '../domain/json/parse-input.ts';
import type { WayOut } from '../domain/network/way-out.ts';
import type { Effect } from '../domain/vault/records.ts';
import { Authority, Proxy } from './channels.ts';
import type { Desk } from './desk.ts';

const SETTINGS = { proxy: 'network-proxy', authority: 'network-authority' } as const;
const WayOutInput = z.strictObject({
  proxy: Proxy.exactOptional(),
  authority: Authority.exactOptional(),
});

/**
 * How certificates are looked for and time-stamps asked for: through which proxy, and whom one
 * trusts there. Channels have their own.
 */
export class Network {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get wayOut(): WayOut {
    const valueOf = (name: keyof WayOut) =>
      this.#desk.session.records.get('settings', SETTINGS[name])?.value;
    const [proxy, authority] = [valueOf('proxy'), valueOf('authority')];
    return {
      ...(proxy === undefined ? {} : { proxy }),
      ...(authority === undefined ? {} : { authority }),
    };
  }

  /** What is left out is no more. @throws DomainError `input-refused`, `not-allowed`, `ledger-read-only` */
  async setWayOut(input: unknown): Promise<WayOut> {
    this.#desk.assertOfficer();
    this.#desk.assertWritable();
    const given = parseInput(WayOutInput, input, 'network');
    const effects = (['proxy', 'authority'] as const).map((name): Effect => {
      const value = given[name];
      const id = SETTINGS[name];
      return value === undefined
        ? { drop: 'settings', id }
        : { put: 'settings', id, doc: { value } };
    });
    await this.#desk.session.journal.note(effects);
    return this.wayOut;
  }
}
