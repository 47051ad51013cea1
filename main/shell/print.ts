import { BrowserWindow, session } from 'electron';
import { PAGE } from './scheme.ts';

/** How long a page may take to be laid out, in milliseconds. */
const PATIENCE = 60_000;

let turn: Promise<unknown> = Promise.resolve();

/**
 * Lays an HTML document out on A4 paper, one after another. It is shown to nobody: a hidden window
 * in a session of its own, in memory, without scripts, that can load this document and nothing else.
 * @returns the bytes of a PDF
 */
export function printToPdf(html: string): Promise<Uint8Array> {
  const mine = turn.then(() => layOut(html));
  turn = mine.catch(() => undefined);
  return mine;
}

async function layOut(html: string): Promise<Uint8Array> {
  const own = session.fromPartition('valise-print', { cache: false });
  own.protocol.handle('app', ({ url }) =>
    url === PAGE
      ? new Response(html, {
          headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
        })
      : new Response(null, { status: 404 }),
  );
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      webSecurity: true,
      plugins: false,
      webviewTag: false,
      devTools: false,
      spellcheck: false,
    },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error('The page could not be laid out in time.'));
      }, PATIENCE);
    });
    const laidOut = window
      .loadURL(PAGE)
      .then(() => window.webContents.printToPDF({ pageSize: 'A4', printBackground: true }));
    return await Promise.race([laidOut, late]);
  } finally {
    clearTimeout(timer);
    window.destroy();
    own.protocol.unhandle('app');
  }
}
