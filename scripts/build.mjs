// npm run build                 builds what is stale
// npm run build -- --force      builds everything
import { rmSync } from 'node:fs';
import { at, say } from './project.mjs';
import { ready } from './ready.mjs';

if (process.argv.includes('--force')) rmSync(at('out'), { recursive: true, force: true });
try {
  await ready('node', 'tests', 'window');
  say('Built, and up to date.');
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
