/** Who may import whom, as data. `docs/architecture.md` says why. */

export interface Room {
  readonly name: string;
  /** Which files of the project are in this room. The first room that fits has the file. */
  readonly files: RegExp;
  /** What they may import: paths from the top of the project, or names of packages. */
  readonly may: readonly RegExp[];
  /** What they may name as a type only: nothing of it is loaded. */
  readonly mayAsType?: readonly RegExp[];
}

const DOMAIN = /^main\/domain\//;
const ADAPTERS = /^main\/adapters\//;
const SERVICES = /^main\/services\//;
const CONTRACT = /^preload\/contract\//;
const NODE = /^node:/;
const ELECTRON = /^electron$/;
/** Files that a bundle carries as text. */
const ASSETS = /^assets\/.+\?raw$/;
const VERSION = /^main\/version\.ts$/;

/** Pure rules: no files, no network, no clock, no SQL, no environment. */
const PURE = [
  DOMAIN,
  /^zod$/,
  /^canonicalize$/,
  /^uuid$/,
  /^tar-stream$/,
  /^ibantools$/,
  /^uqr$/,
  /^node:(crypto|stream)$/,
];

/** What a screen is made of. Parts of the program reach the page by the bridge, never by import. */
const GLASS = [
  /^react$/,
  /^react-dom(\/client)?$/,
  /^react-aria-components(\/.+)?$/,
  /^react-i18next$/,
  /^i18next$/,
  /^lucide-react$/,
  /^@internationalized\/date$/,
  /^@tanstack\/react-virtual$/,
  /^uqr$/,
];

export const ROOMS: readonly Room[] = [
  {
    name: 'the contract',
    files: CONTRACT,
    may: [CONTRACT, /^zod$/],
  },
  {
    name: 'the bridge in the preload',
    files: /^preload\/[^/]+\.ts$/,
    may: [ELECTRON, /^preload\/(contract\/surface|[^/]+)\.ts$/],
    mayAsType: [CONTRACT],
  },
  {
    name: "the window's primitives",
    files: /^renderer\/ui\//,
    may: [...GLASS, /^renderer\/(ui|styles|locales)\//, /^renderer\/i18n\.ts$/],
  },
  {
    name: 'a feature of the window',
    files: /^renderer\/features\//,
    may: [
      /^@zxcvbn-ts\/(core|language-(common|en))$/,
      ...GLASS,
      /^zustand(\/.+)?$/,
      /^renderer\//,
      /^preload\/contract\/errors\.ts$/,
    ],
    mayAsType: [CONTRACT],
  },
  {
    name: "the window's end of the bridge",
    files: /^renderer\/bridge\.ts$/,
    may: [/^renderer\//, /^preload\/contract\/(surface|errors)\.ts$/],
    mayAsType: [CONTRACT, /^zod$/],
  },
  {
    name: 'the rest of the window',
    files: /^renderer\//,
    may: [
      ...GLASS,
      /^zustand(\/.+)?$/,
      /^@fontsource\//,
      /^renderer\//,
      /^preload\/contract\/errors\.ts$/,
    ],
    mayAsType: [CONTRACT],
  },
  {
    name: 'OpenPGP',
    files: /^main\/domain\/pgp\//,
    may: [...PURE, /^node:zlib$/, /^openpgp$/],
  },
  {
    name: 'the rules',
    files: DOMAIN,
    may: PURE,
  },
  {
    name: 'the use cases',
    files: SERVICES,
    may: [...PURE, SERVICES],
  },
  {
    name: 'SQL',
    files: /^main\/adapters\/sqlcipher\//,
    may: [DOMAIN, ADAPTERS, NODE, /^@signalapp\/sqlcipher$/],
  },
  {
    name: 'the world in Node',
    files: ADAPTERS,
    may: [
      DOMAIN,
      ADAPTERS,
      NODE,
      ASSETS,
      /^(?!electron|openpgp$|@signalapp\/)@?[a-z0-9-]+(\/[a-z0-9-]+)*$/,
    ],
  },
  {
    name: 'the version',
    files: VERSION,
    may: [/^package\.json$/],
  },
  {
    name: 'the introductions',
    files: /^main\/compose\.ts$/,
    may: [DOMAIN, ADAPTERS, SERVICES, NODE, VERSION],
  },
  {
    name: 'the command line',
    files: /^main\/(cli\/|(cli|demo)\.ts$)/,
    may: [DOMAIN, ADAPTERS, SERVICES, NODE, VERSION, /^main\/(cli\/|compose\.ts$)/, /^commander$/],
  },
  {
    name: 'the office in its own process',
    files: /^main\/workers\//,
    may: [
      DOMAIN,
      ADAPTERS,
      SERVICES,
      CONTRACT,
      NODE,
      VERSION,
      /^main\/(workers\/|compose\.ts$)/,
      /^zod$/,
    ],
    mayAsType: [ELECTRON],
  },
  {
    name: 'the counter',
    files: /^main\/ipc\//,
    may: [ELECTRON, CONTRACT, NODE, /^main\/ipc\//, /^main\/domain\/errors\//, /^zod$/],
    mayAsType: [DOMAIN, SERVICES, /^main\/(workers|shell)\//],
  },
  {
    name: 'the preferences of the window',
    files: /^main\/shell\/preferences\.ts$/,
    may: [ELECTRON, CONTRACT, DOMAIN, NODE, /^main\/shell\//, /^electron-store$/],
  },
  {
    name: 'Electron itself',
    files: /^main\/shell\//,
    may: [
      ELECTRON,
      CONTRACT,
      DOMAIN,
      NODE,
      VERSION,
      /^main\/(shell|ipc)\//,
      /^main\/workers\/rpc\.ts$/,
    ],
  },
  {
    name: 'the start of the desktop program',
    files: /^main\/index\.ts$/,
    may: [ELECTRON, CONTRACT, DOMAIN, NODE, VERSION, /^main\/(shell|ipc|cli)\//],
  },
];
