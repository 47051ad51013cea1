import { contract } from '../../preload/contract/index.ts';
import type { Page } from '../../preload/contract/kinds.ts';
import { DomainError } from '../domain/errors/index.ts';
import type { FileTokens } from '../shell/file-tokens.ts';
import type { OfficeHost } from '../shell/office-host.ts';
import type { OfficeArea } from '../workers/office-api.ts';
import type { Handler } from './counter.ts';
import { withPlaces, withTokens } from './places.ts';
import type { Publish } from './publish.ts';

/** Areas that the office answers. */
const AREAS = [
  'keys',
  'members',
  'contacts',
  'cases',
  'packages',
  'approvals',
  'inbox',
  'exchange',
  'ledger',
  'audit',
  'bundles',
  'overview',
  'reports',
  'tables',
  'samples',
  'vocabularies',
] as const satisfies readonly OfficeArea[];

/** What the office answers whether a vault is open or not. */
const WITHOUT_VAULT: readonly OfficeArea[] = ['bundles', 'samples', 'vocabularies'];

/** Events that the office tells of. */
const EVENTS = ['ledger.appended', 'exchange.moved', 'samples.step'] as const;

interface Parts {
  readonly host: Pick<OfficeHost, 'call'>;
  readonly tokens: FileTokens;
  readonly isOpen: () => boolean;
}

/**
 * Passes calls on to the office: with paths instead of tokens on the way there, with tokens
 * instead of paths on the way back. Tokens are used up by what worked.
 */
export function officeHandlers({ host, tokens, isOpen }: Parts): [string, Handler][] {
  const passOn =
    (area: OfficeArea, name: string): Handler =>
    async (given, asking) => {
      if (!isOpen() && !WITHOUT_VAULT.includes(area)) throw new DomainError('vault-locked');
      const { input, used } = withPlaces(given, tokens);
      const reply = await host.call(`${area}.${name}`, input, asking);
      if (!reply.ok) return reply;
      tokens.spend(used);
      return { ok: true, value: withTokens(reply.value, tokens) };
    };
  return AREAS.flatMap((area) =>
    Object.entries(contract[area] as Page)
      .filter(([, { kind }]) => kind !== 'event')
      .map(([name]): [string, Handler] => [`${area}.${name}`, passOn(area, name)]),
  );
}

/** Passes the office's own events on to the window. Those that the contract lacks are dropped. */
export function officeEvents(publish: Publish): (name: string, payload: unknown) => void {
  return (name, payload) => {
    const event = EVENTS.find((known) => known === name);
    if (event) publish(event, payload as never);
  };
}
