// npm test: every suite, one after the other, and at the end one line: `N passed, N failed`.
import { say } from './project.mjs';
import { runSuite, suites } from './suites.mjs';
import { prepareSystem } from './system.mjs';

if (!(await prepareSystem())) process.exit(1);

const lines = [];
let passed = 0;
let failed = 0;
for (const name of Object.keys(suites)) {
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
