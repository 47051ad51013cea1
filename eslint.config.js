import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import node from 'eslint-plugin-n';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * Packages with one home each. The editor shows these at once; `tests/house/imports.test.ts`
 * checks the whole table of rooms.
 */
const HOMES = {
  openpgp: 'OpenPGP is spoken in main/domain/pgp only: everything else asks its Engine.',
  'electron-store':
    'electron-store is kept to main/shell/preferences.ts: it is no place for anything but taste.',
  electron: 'Electron is known to main/shell, main/ipc, main/index.ts and preload only.',
  '@signalapp/sqlcipher': 'SQL lives in main/adapters/sqlcipher: everything else asks a store.',
};

/**
 * @param {(keyof typeof HOMES)[]} allowed packages that have their home in these files
 * @returns {import('eslint').Linter.RulesRecord}
 */
const homes = (...allowed) => ({
  '@typescript-eslint/no-restricted-imports': [
    'error',
    {
      paths: Object.entries(HOMES)
        .filter(([name]) => !allowed.some((home) => home === name))
        .map(([name, message]) => ({ name, message })),
    },
  ],
});

const OPEN_EXTERNAL = {
  selector: 'MemberExpression[property.name="openExternal"]',
  message: 'Nothing is opened outside: a link in a package is data, never a place to go.',
};
const OPEN_PATH = {
  selector: 'MemberExpression[property.name="openPath"]',
  message: 'Files of others are shown in their folder, never opened.',
};
const WEB_CONTENTS_SEND = {
  selector:
    'CallExpression[callee.object.property.name="webContents"][callee.property.name="send"]',
  message: 'Events to the window go through main/ipc/publish.ts, typed from the contract.',
};
const DATABASE_EXEC = {
  selector:
    'CallExpression[callee.property.name="exec"]:matches([callee.object.name=/^(db|database)$/i], [callee.object.property.name=/^(db|database)$/i])',
  message: 'SQL text runs in main/adapters/sqlcipher only.',
};
const LITERAL_TEXT = {
  selector: 'JSXText[value=/\\p{L}/u]',
  message: 'Words on the glass come from the catalogue of translations.',
};
const LITERAL_ATTRIBUTE = {
  selector:
    'JSXAttribute[name.name=/^(aria-label|aria-description|alt|title|label|placeholder|description)$/] > Literal[value=/\\p{L}/u]',
  message: 'Words on the glass come from the catalogue of translations.',
};
const BANNED = [OPEN_EXTERNAL, OPEN_PATH, WEB_CONTENTS_SEND, DATABASE_EXEC];

/**
 * @param {...{selector: string, message: string}} bans
 * @returns {import('eslint').Linter.RulesRecord}
 */
const ban = (...bans) => ({ 'no-restricted-syntax': ['error', ...bans] });

/** What Electron's Node 18 lacks as a global, although the types know it. */
const MISSING_GLOBALS = ['crypto', 'CustomEvent', 'File', 'WebSocket', 'navigator'].map((name) => ({
  name,
  message:
    name === 'crypto'
      ? "Import webcrypto from 'node:crypto': the global is missing in the oldest runtime."
      : 'The oldest runtime (Node 18.15) has no such global.',
}));

export default defineConfig(
  { ignores: ['out/', 'dist/', 'test-results/', 'node_modules/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Numbers read well in sentences; anything else has to be turned into text on purpose.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => stop()` is how a short callback is written here, whatever stop returns.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `while (true)` with a way out inside is the honest form of a read loop.
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // A port returns promises because its real adapter waits; one that need not still keeps the
      // shape, and `async` turns what it throws into a rejection.
      '@typescript-eslint/require-await': 'off',
      // A type parameter may say once what comes back.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // File names from outside are searched for control characters on purpose.
      'no-control-regex': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      ...homes(),
      ...ban(...BANNED),
    },
  },
  {
    files: ['main/**/*.ts', 'preload/**/*.ts'],
    plugins: { n: node },
    languageOptions: { globals: globals.node },
    settings: { node: { version: '^18.15.0 || >=20.19.0' } },
    rules: {
      // The floor is the Node inside the oldest Electron that development runs on. `fetch` and
      // its kin are marked experimental there and work.
      'n/no-unsupported-features/node-builtins': [
        'error',
        // The ledger asks whether `crypto.hash` is there before it uses it.
        { allowExperimental: true, ignores: ['crypto.hash'] },
      ],
      'n/no-unsupported-features/es-builtins': 'error',
      'no-restricted-globals': ['error', ...MISSING_GLOBALS],
      'no-restricted-properties': [
        'error',
        ...MISSING_GLOBALS.map(({ name, message }) => ({
          object: 'globalThis',
          property: name,
          message,
        })),
      ],
    },
  },
  { files: ['main/domain/pgp/**/*.ts'], rules: homes('openpgp') },
  { files: ['main/adapters/sqlcipher/**/*.ts'], rules: homes('@signalapp/sqlcipher') },
  {
    files: ['main/adapters/sqlcipher/**/*.ts'],
    rules: ban(OPEN_EXTERNAL, OPEN_PATH, WEB_CONTENTS_SEND),
  },
  {
    files: ['main/shell/**/*.ts', 'main/ipc/**/*.ts', 'main/index.ts', 'preload/*.ts'],
    rules: homes('electron'),
  },
  { files: ['main/shell/preferences.ts'], rules: homes('electron', 'electron-store') },
  {
    files: ['main/ipc/publish.ts'],
    rules: ban(OPEN_EXTERNAL, OPEN_PATH, DATABASE_EXEC),
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    languageOptions: { globals: globals.browser },
    rules: {
      // An event handler may be asynchronous: its failures are shown by the call it makes.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      // The bridge and the store are made of plain functions: none has a `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      ...ban(...BANNED, LITERAL_TEXT, LITERAL_ATTRIBUTE),
    },
  },
  {
    // Tests look at anything from anywhere: they check peers, raw databases and broken input.
    files: ['tests/**/*.{ts,tsx}'],
    rules: {
      ...homes('openpgp', '@signalapp/sqlcipher', 'electron'),
      'no-restricted-syntax': 'off',
      'no-console': 'off',
      // Playwright reads which fixtures one asks for from the pattern, also when it is none.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Attacks on the page are written as an attacker would write them.
    files: ['tests/e2e/**/*.ts'],
    rules: {
      '@typescript-eslint/no-implied-eval': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
  },
  prettier,
);
