// Runs the OpenPGP checks in whatever runtime it is started with and writes one line for each.
//
//   checks.cjs REPORT PREFIX     appends `ok …`, `not ok …` and at last `end` to REPORT
import { appendFileSync } from 'node:fs';
import { checks } from '../interop/pgp-suite.ts';

const [report = '', prefix = ''] = process.argv.slice(2);
const write = (line: string) => appendFileSync(report, `${line}\n`);

const versionOf = (part: string): string | undefined => process.versions[part];

async function main(): Promise<void> {
  const electron = versionOf('electron');
  write(`# ${prefix}: Electron ${electron ?? 'none'}, Node ${versionOf('node') ?? 'none'}`);
  write(`${electron === undefined ? 'not ok' : 'ok'} ${prefix}: this is Electron`);
  for (const { name, run } of checks) {
    try {
      await run();
      write(`ok ${prefix}: ${name}`);
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      write(`not ok ${prefix}: ${name}`);
      write(reason.replaceAll(/^/gm, '#   '));
    }
  }
  write('end');
}

main().then(
  () => process.exit(0),
  () => process.exit(1),
);
