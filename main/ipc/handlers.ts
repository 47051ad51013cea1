import type { Handlers, Page } from '../../preload/contract/kinds.ts';
import type { Asking, Handler } from './counter.ts';

type Answer = (input: never, asking: Asking) => unknown;

/** A page's handlers as the counter takes them, by `area.name`. */
export function answering<P extends Page>(
  area: string,
  handlers: Handlers<P, Asking>,
): [string, Handler][] {
  return Object.entries<Answer>(handlers).map(([name, answer]) => [
    `${area}.${name}`,
    async (input, asking) => ({ ok: true, value: await answer(input as never, asking) }),
  ]);
}
