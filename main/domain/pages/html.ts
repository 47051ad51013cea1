import { escapeForDisplay } from '../escape.ts';

/** Markup that is safe to stand in a page as it is. Only this file makes it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlPart = Html | string | number | readonly HtmlPart[] | undefined;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What a manifest may hold at most in one text, and a little more. */
const LONGEST = 16_000;

/**
 * A piece of a page. Whatever is put in is text: its markup is taken from it, and characters that
 * act instead of showing are spelled out. Lists are joined; what is undefined is left out.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(strings.reduce((page, piece, index) => page + written(parts[index - 1]) + piece));
}

function written(part: HtmlPart): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(written).join('');
  return String(part)
    .split('\n')
    .map((line) => escapeForDisplay(line, LONGEST))
    .join('\n')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
