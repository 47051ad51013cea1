// npm start
//   With a display: builds the window and opens it in Electron.
//   Without one: builds the command line alone and runs the demonstration in plain Node; no
//   Electron is fetched, no window is built, nothing is installed on the system.
import { electronRuntime, runtimeEnvironment } from './electron-runtime.mjs';
import { missingLibraries } from './system.mjs';
import { at, hasDisplay, isRoot, run, say } from './project.mjs';
import { demo } from './demo.mjs';
import { ready } from './ready.mjs';

/** @returns {Promise<number>} the exit code */
async function openWindow() {
  await ready('node', 'window');
  const runtime = await electronRuntime();
  const missing = await missingLibraries(runtime.executable);
  if (missing.length > 0) {
    say(`Electron needs libraries that this system lacks (${missing.join(', ')}). On Debian:`);
    say('  sudo apt-get install libgtk-3-0 libnss3 libasound2 libgbm1');
    return 1;
  }
  if (runtime.carried) {
    say(`This window runs on Electron ${runtime.version}, a stand-in for development only.`);
  }
  const args = [at('.'), ...process.argv.slice(2)];
  if (isRoot()) {
    say("Started as root: Chromium's sandbox is off in this development window.");
    args.unshift('--no-sandbox');
  }
  const { code } = await run(runtime.executable, args, {
    env: { ...process.env, ...runtimeEnvironment(runtime) },
  });
  return code;
}

try {
  if (hasDisplay()) {
    process.exitCode = await openWindow();
  } else {
    say('No display here, so this is the demonstration in the terminal: two offices, one package.');
    process.exitCode = await demo();
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
