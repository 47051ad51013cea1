import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { protocol, type Session } from 'electron';

/** The window's own address. Nothing else is ever loaded. */
export const ORIGIN = 'app://bundle';
export const PAGE = `${ORIGIN}/index.html`;
/** An empty page on a site of its own: going through it ends the process of the page before. */
export const NOWHERE = 'app://nowhere/';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const FIXED_HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

/** To be called before the program is ready: makes the scheme one with an origin of its own. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true } },
  ]);
}

/**
 * Serves the bundled files of `folder` to this session, and nothing else: an address is looked up
 * among the files that were there at the start, so there is no path to climb out by.
 */
export function serveBundle(session: Session, folder: string): void {
  const files = bundledFiles(folder);
  session.protocol.handle('app', async (request) => {
    if (request.url === NOWHERE) return answer(200, '', 'text/html');
    const url = new URL(request.url);
    const file = url.host === 'bundle' ? files.get(url.pathname) : undefined;
    if (file === undefined || request.method !== 'GET') return answer(404, '', 'text/plain');
    const bytes = await readFile(file);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    if (!type.startsWith('text/html')) return answer(200, bytes, type);
    const nonce = randomBytes(16).toString('base64');
    return answer(200, withNonce(bytes.toString('utf8'), nonce), type, nonce);
  });
}

/** Paths of addresses and the files behind them. Source maps and folders are not served. */
function bundledFiles(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const look = (inside: string) => {
    for (const entry of readdirSync(inside, { withFileTypes: true })) {
      const path = join(inside, entry.name);
      if (entry.isDirectory()) look(path);
      else if (entry.isFile() && TYPES[extname(path)] !== undefined)
        found.set(`/${relative(folder, path).split(sep).join('/')}`, path);
    }
  };
  look(folder);
  return found;
}

function answer(status: number, body: string | Uint8Array, type: string, nonce?: string): Response {
  return new Response(body, {
    status,
    headers: {
      ...FIXED_HEADERS,
      'content-type': type,
      'content-security-policy': contentPolicy(nonce),
    },
  });
}

/**
 * Scripts, styles, images and fonts of the bundle; no connection to anywhere; no text that turns
 * into markup or script (the page's one policy lets only the empty text through). The nonce is for the one style element that the controls make.
 */
function contentPolicy(nonce: string | undefined): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${nonce === undefined ? '' : ` 'nonce-${nonce}'`}`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

/** Tells the page its nonce, where the controls look for it. */
function withNonce(html: string, nonce: string): string {
  return html.replace('<head>', `<head><meta property="csp-nonce" nonce="${nonce}">`);
}
