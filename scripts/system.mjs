// What the system has to have: libraries for Electron, and the programs that tests compare with.
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isRoot, run, say } from './project.mjs';

/**
 * Debian's packages that the tests need. Where releases of Debian name one differently, the first
 * name that the system knows is taken.
 */
const PACKAGES = [
  // a screen, and what Electron links with
  ['xvfb'],
  ['xauth'],
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  // peers: other people's programs that have to agree with ours
  ['gnupg'],
  ['sq'],
  ['rnp'],
  ['gosop'],
  ['python3'],
  ['openssl'],
  ['sqlcipher'],
  ['openssh-server'],
  ['proftpd-core'],
  ['proftpd-mod-crypto'],
  ['apache2-bin'],
  ['onak'],
  ['postfix'],
  ['dovecot-imapd'],
  ['dovecot-lmtpd'],
  // a look at what a program does from outside
  ['strace'],
  ['faketime'],
  ['iproute2'],
];

/**
 * Shared libraries that an executable asks for and the system lacks. Empty elsewhere than on Linux.
 * @param {string} executable
 * @returns {Promise<string[]>}
 */
export async function missingLibraries(executable) {
  if (process.platform !== 'linux') return [];
  const { stdout } = await run('ldd', [executable], { stdio: ['ignore', 'pipe', 'ignore'] });
  return stdout
    .split('\n')
    .filter((line) => line.includes('not found'))
    .map((line) => line.trim().split(' ')[0] ?? line);
}

/**
 * Installs what the tests need and the system lacks: on Debian as root. Elsewhere than on Debian
 * it is left to the person; a peer that is missing then fails the tests that need it.
 * @returns {Promise<boolean>} whether the tests can begin
 */
export async function prepareSystem() {
  if (!existsSync('/etc/debian_version')) return true;
  const missing = await missingPackages();
  if (missing.length === 0) return true;
  if (!isRoot()) {
    const names = missing.map(([name]) => name).join(' ');
    say(`The tests need: sudo apt-get install -y --no-install-recommends ${names}`);
    return false;
  }
  await apt('update');
  const names = await Promise.all(missing.map(known));
  say(`Installing ${names.join(' ')}…`);
  if ((await apt('install', '-y', '--no-install-recommends', ...names)) === 0) return true;
  say('apt-get could not install what the tests need: what it said stands above.');
  return false;
}

async function missingPackages() {
  const { stdout } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return PACKAGES.filter((names) => !names.some((name) => installed.has(name)));
}

/**
 * The name under which this release of Debian has a package.
 * @param {string[]} names
 */
async function known(names) {
  for (const name of names) {
    const { stdout } = await run('apt-cache', ['policy', name], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (/Candidate: (?!\(none\))/.test(stdout)) return name;
  }
  return names[0] ?? '';
}

/**
 * apt-get, which waits while another program holds its locks.
 * @param {string} verb
 * @param {...string} args
 */
async function apt(verb, ...args) {
  let code = 1;
  for (let attempt = 0; attempt < 3 && code !== 0; attempt += 1) {
    if (attempt > 0) await wait(10_000);
    ({ code } = await run('apt-get', [verb, '-q', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }));
  }
  return code;
}
