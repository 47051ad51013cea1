// Where the project is, and the few ways in which scripts start other programs.
// Like every script that may run before `npm ci`, this one imports only what Node brings.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * A path inside the project.
 * @param {...string} parts
 */
export const at = (...parts) => resolve(root, ...parts);

/**
 * @type {{
 *   name: string,
 *   version: string,
 *   dependencies: Record<string, string>,
 *   devDependencies: Record<string, string>,
 * }}
 */
export const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8'));

/**
 * Whether a module is the one that Node was asked to run.
 * @param {string} url its `import.meta.url`
 */
export const isEntry = (url) =>
  process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(url);

/** Tells a person something, without touching what a command prints as its result. */
export const say = (/** @type {string} */ text) => void process.stderr.write(`${text}\n`);

/** @returns {boolean} whether a window could be shown here */
export const hasDisplay = () =>
  process.platform !== 'linux' ||
  Boolean(process.env['DISPLAY']) ||
  Boolean(process.env['WAYLAND_DISPLAY']);

export const isRoot = () => process.platform === 'linux' && process.getuid?.() === 0;

/**
 * @typedef {object} Ended
 * @property {number} code exit code; 128 + signal number is not attempted: a signal gives 1
 * @property {string} stdout only when it was piped
 */

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options] default: everything inherited
 * @returns {Promise<Ended>}
 */
export function run(command, args, options = {}) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.once('error', failed);
    child.once('close', (code, signal) => done({ code: signal ? 1 : (code ?? 1), stdout }));
  });
}

/**
 * Runs a program that shows windows, on a screen of its own where xvfb-run is had, so that tests
 * neither need nor disturb a person's desktop.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export const onScreen = (command, args, options) =>
  process.platform === 'linux' && existsSync('/usr/bin/xvfb-run')
    ? run('xvfb-run', ['-a', command, ...args], options)
    : run(command, args, options);

/**
 * Runs npm, the same one that runs this script when there is one.
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function npm(args, options) {
  const cli = process.env['npm_execpath'];
  return cli?.endsWith('.js')
    ? run(process.execPath, [cli, ...args], options)
    : run('npm', args, { shell: process.platform === 'win32', ...options });
}

/**
 * Runs the script that a package of node_modules offers as its command.
 * @param {string} path its file inside node_modules
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export const tool = (path, args, options) =>
  run(process.execPath, [at('node_modules', path), ...args], options);
