import type { Contract } from '../../preload/contract/index.ts';
import type { InputOf } from '../../preload/contract/kinds.ts';
import type { FileTokens } from '../shell/file-tokens.ts';
import type { OfficeHost } from '../shell/office-host.ts';
import type { PageText, PrintedPage } from '../workers/office-api.ts';
import type { Handler } from './counter.ts';
import { withPlaces, withTokens } from './places.ts';

interface Parts {
  readonly host: Pick<OfficeHost, 'call'>;
  readonly tokens: FileTokens;
  /** Lays an HTML document out on paper; answers with a PDF. */
  readonly print: (html: string) => Promise<Uint8Array>;
}

/**
 * A package's page as a PDF: the office makes the text, the browser that is here anyway lays it
 * out, and the office writes it down. The window sees neither. Other forms go the usual way.
 */
export function withPrintedPages(
  handlers: readonly [string, Handler][],
  parts: Parts,
): [string, Handler][] {
  return handlers.map(([name, usual]) => [
    name,
    name === 'packages.page' ? printing(parts, usual) : usual,
  ]);
}

function printing({ host, tokens, print }: Parts, usual: Handler): Handler {
  return async (given, asking) => {
    if ((given as InputOf<Contract['packages']['page']>).as !== 'pdf') return usual(given, asking);
    const { input, used } = withPlaces(given, tokens);
    const { id, out } = input as PrintedPage;
    const text = await host.call('pages.text', { id });
    if (!text.ok) return text;
    const pdf = await print((text.value as PageText).html);
    const kept = await host.call('pages.keep', { out, pdf });
    if (!kept.ok) return kept;
    tokens.spend(used);
    return { ok: true, value: withTokens(kept.value, tokens) };
  };
}
