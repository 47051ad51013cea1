// npm test                  every suite, one after the other; the last line is `N passed, N failed`
// npm test -- NAME…         only these suites, in the same way
import { say } from './project.mjs';
import { runSuite, suites } from './suites.mjs';
import { prepareSystem } from './system.mjs';

if (!(await prepareSystem())) process.exit(1);

const lines = [];
let passed = 0;
let failed = 0;
const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(suites)) {
  say(`\n── ${name} ──`);
  const began = Date.now();
  const counts = await runSuite(name);
  passed += counts.passed;
  failed += counts.failed;
  const seconds = Math.round((Date.now() - began) / 1000);
  lines.push(`${name}: ${counts.passed} passed, ${counts.failed} failed (${seconds} s)`);
  process.stdout.write(`${lines.at(-1)}\n`);
}
process.stdout.write(`\n${lines.join('\n')}\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
