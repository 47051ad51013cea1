import { runDemo, verifyInFreshProcess } from './cli/demo.ts';

process.exitCode =
  process.argv[2] === '--verify' ? await verifyInFreshProcess(process.argv.slice(3)) : await runDemo();
