import { runDemo, verifyInFreshProcess } from './cli/demo.ts';

const [mode, ...rest] = process.argv.slice(2);
const work = mode === '--verify' ? verifyInFreshProcess(rest) : runDemo();
void work.then((code) => {
  process.exitCode = code;
});
