// npm run bench [-- NAME…]   prints ours, the peer's and the machine's figures, and their ratios
//
// Nothing is judged: bars are beside the figures, and no test depends on a clock.
import { readdirSync } from 'node:fs';
import { at, run, say } from './project.mjs';
import { ready } from './ready.mjs';

const SUFFIX = '.bench.ts';

try {
  await ready('node');
  const { script } = await import('./bundles.mjs');
  const wanted = process.argv.slice(2);
  const names = readdirSync(at('tests/bench'))
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .filter((name) => wanted.length === 0 || wanted.includes(name));
  if (names.length === 0) throw new Error(`There is no bench named ${wanted.join(' or ')}.`);
  for (const name of names) {
    await script(`tests/bench/${name}${SUFFIX}`, `out/bench/${name}.cjs`);
    const { code } = await run(process.execPath, [at(`out/bench/${name}.cjs`)]);
    if (code !== 0) process.exitCode = 1;
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
