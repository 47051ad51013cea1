import { app } from 'electron';
import { isAlone } from './shell/lifecycle.ts';
import { desktop } from './shell/desktop.ts';
import { registerScheme } from './shell/scheme.ts';
import { denyByDefault } from './shell/session-policy.ts';
import { forbiddenSwitch } from './shell/switches.ts';
import { forbidCoreDumps } from './shell/core-dumps.ts';

/** Boot order, nothing else: first what can never be taken back, then the window. */
function boot(): void {
  const forbidden = app.isPackaged ? forbiddenSwitch(process.argv.slice(1)) : undefined;
  if (forbidden !== undefined) {
    process.stderr.write(`valise: it does not run with ${forbidden}\n`);
    app.exit(2);
    return;
  }
  // A development window of root's has no sandbox to enable; the released program was ended above.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  registerScheme();
  denyByDefault();
  forbidCoreDumps(process.pid);
  const { window, open } = desktop();
  if (!isAlone(window)) {
    app.quit();
    return;
  }
  void app.whenReady().then(open);
}

boot();
