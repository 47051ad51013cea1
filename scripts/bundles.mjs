// The bundles, and how each is made.
//
//   out/node/cli.cjs        the command line, for plain Node
//   out/node/demo.cjs       the demonstration, for plain Node
//   out/tests/new-vault.cjs what tests start, for plain Node
//   out/main/index.cjs      Electron's main process: windows and a router
//   out/main/office.cjs     the office (services, SQLCipher, OpenPGP), for a utility process
//   out/preload/index.cjs   the bridge
//   out/renderer/           the window
//
// Each script is one file that needs no other: the sandboxed preload may load nothing, and a
// running program must not look for a part that a later build has replaced. Only the packages in
// "dependencies", which have native parts, stay outside.
import react from '@vitejs/plugin-react';
import { build as viteBuild } from 'vite';
import { at, manifest } from './project.mjs';

/** What Electron 25, the oldest runtime in use, understands. */
const NODE = 'node18.15';
const CHROME = 'chrome114';

/**
 * Native parts that ssh2 does without when they are not there: its `require` of them fails in a
 * running program as it would where they were never built, and nobody can put another file there.
 */
const LEFT_OUT = /(?:^cpu-features|sshcrypto\.node)$/;
const leftOut = {
  name: 'left-out',
  enforce: /** @type {const} */ ('pre'),
  /** @param {string} id */
  resolveId: (id) => (LEFT_OUT.test(id) ? '\0left-out' : undefined),
  /** @param {string} id */
  load: (id) =>
    id === '\0left-out' ? "throw new Error('left out'); module.exports = undefined;" : undefined,
};

const EXTERNAL = ['electron', ...Object.keys(manifest.dependencies)];

/** @param {import('./ready.mjs').Target} target */
export async function build(target) {
  if (target === 'node') {
    await script('main/cli.ts', 'out/node/cli.cjs');
    await script('main/demo.ts', 'out/node/demo.cjs');
  } else if (target === 'tests') {
    await script('tests/support/new-vault.ts', 'out/tests/new-vault.cjs');
  } else {
    await script('main/index.ts', 'out/main/index.cjs');
    await script('main/workers/office.ts', 'out/main/office.cjs');
    await script('preload/index.ts', 'out/preload/index.cjs');
    await page('renderer', 'out/renderer');
  }
}

/**
 * Bundles one entry into one CommonJS file for Node or Electron. An entry must not `await` at its
 * top: CommonJS cannot, and Electron 25 starts nothing else.
 * @param {string} from the entry
 * @param {string} to the file, named `….cjs`
 */
export async function script(from, to) {
  const cut = to.lastIndexOf('/');
  await bundle({
    configFile: false,
    root: at('.'),
    publicDir: false,
    logLevel: 'warn',
    plugins: [leftOut],
    define: { 'process.env.NODE_ENV': '"production"' },
    ssr: { target: 'node', noExternal: true, external: EXTERNAL },
    build: {
      ssr: true,
      target: NODE,
      outDir: at(to.slice(0, cut)),
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: at(from),
        external: EXTERNAL,
        output: {
          format: 'cjs',
          entryFileNames: to.slice(cut + 1),
          codeSplitting: false,
        },
      },
    },
  });
}

/**
 * Bundles the window's page.
 * @param {string} from the folder of its index.html
 * @param {string} to the folder to make
 */
async function page(from, to) {
  await bundle({
    configFile: false,
    root: at(from),
    publicDir: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      target: CHROME,
      outDir: at(to),
      emptyOutDir: true,
      minify: true,
      sourcemap: true,
      // The policy of the page allows no data: URLs, so nothing is inlined as one.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // It is read from the disk: a large chunk costs nothing that a small one would save.
      chunkSizeWarningLimit: 4096,
      rolldownOptions: { input: at(from, 'index.html') },
    },
  });
}

/**
 * Vite sets NODE_ENV for good, and everything that is started later would inherit it: it is put
 * back.
 * @param {import('vite').InlineConfig} config
 */
async function bundle(config) {
  const { NODE_ENV } = process.env;
  try {
    await viteBuild(config);
  } finally {
    if (NODE_ENV === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = NODE_ENV;
  }
}
