#!/usr/bin/env node
// npx valise …   the command line in a checkout: built when stale, said on stderr, then run in
// this very process, so that its exit code, its streams and its signals are the command's own.
import { createRequire } from 'node:module';
import { at, say } from './project.mjs';
import { ready } from './ready.mjs';

try {
  await ready('node');
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(5);
}
createRequire(import.meta.url)(at('out/node/cli.cjs'));
