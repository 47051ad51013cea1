// Starts the checks where the office runs: in a utility process of Electron's.
import { join } from 'node:path';
import { app, utilityProcess } from 'electron';

void app.whenReady().then(() => {
  const args = process.argv.slice(process.argv.indexOf('--') + 1);
  utilityProcess
    .fork(join(app.getAppPath(), 'checks.cjs'), args)
    .once('exit', (code) => app.exit(code));
});
