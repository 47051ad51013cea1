// npm run demo: two offices in a temporary folder go through a whole exchange, in plain Node.
import { at, isEntry, run, say } from './project.mjs';
import { ready } from './ready.mjs';

/** @returns {Promise<number>} the exit code */
export async function demo() {
  await ready('node');
  const { code } = await run(process.execPath, [at('out/node/demo.cjs')]);
  return code;
}

if (isEntry(import.meta.url)) {
  try {
    process.exitCode = await demo();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
