// Loaded into Electron before an app (`electron -r`): says when the app's first window shows what
// BENCH_WANTED selects, as milliseconds since 1970, and ends the app.
import { app } from 'electron';

const wanted = process.env['BENCH_WANTED'] ?? 'body';

/** Two frames after it is there, it has been drawn. */
const drawn = `new Promise((answer) => {
  const look = () => {
    if (!document.querySelector(${JSON.stringify(wanted)})) setTimeout(look, 2);
    else requestAnimationFrame(() => requestAnimationFrame(() => answer(Date.now())));
  };
  look();
})`;

app.once('browser-window-created', (_event, { webContents }) => {
  webContents.once('dom-ready', () => {
    void webContents.executeJavaScript(drawn).then((at: number) => {
      process.stdout.write(`drawn ${at}\n`, () => {
        app.exit(0);
      });
    });
  });
});
