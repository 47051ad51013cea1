import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Debian puts the part of onak that a web server runs. */
export const ONAK_SCRIPTS = '/usr/lib/cgi-bin/pks';

/** A real onak, a key server that speaks HKP, behind an Apache that has `folder` in XDG_CONFIG_HOME. */
export class KeyServer {
  readonly #folder: string;

  constructor(folder: string) {
    if (!existsSync(ONAK_SCRIPTS)) throw new Error('The test needs onak.');
    this.#folder = folder;
    const at = (name: string) => join(folder, name);
    mkdirSync(at('keys'), { recursive: true });
    const triplet = readdirSync('/usr/lib').find((name) =>
      existsSync(`/usr/lib/${name}/onak/backends`),
    );
    const lines = [
      '[main]',
      'backend=ours',
      `backends_dir=/usr/lib/${triplet ?? ''}/onak/backends`,
      `logfile=${at('log')}`,
      'use_keyd=false',
      'max_reply_keys=128',
      '[verification]',
      'check_sighash=true',
      '[backend:ours]',
      'type=db4',
      `location=${at('keys')}`,
    ];
    writeFileSync(at('onak.ini'), `${lines.join('\n')}\n`);
    writeFileSync(at('log'), '');
  }

  /** @param certificate binary */
  add(certificate: Uint8Array): void {
    const { status, stderr } = spawnSync('onak', ['-b', 'add'], {
      input: certificate,
      encoding: 'utf8',
      env: { ...process.env, XDG_CONFIG_HOME: this.#folder },
    });
    if (status !== 0) throw new Error(`onak: ${stderr}`);
    // It runs as a user of its own, who writes there too.
    const keys = join(this.#folder, 'keys');
    for (const path of [this.#folder, keys]) chmodSync(path, 0o777);
    for (const path of [join(this.#folder, 'log'), ...readdirSync(keys).map((n) => join(keys, n))])
      chmodSync(path, 0o666);
  }
}
