// Switches that are burnt into the binary of a packed program: no environment variable and no
// setting can turn them again.
import { FuseV1Options } from '@electron/fuses';

/**
 * @typedef {object} Fuse
 * @property {FuseV1Options} option
 * @property {boolean} on
 * @property {string} reason
 */

/** @type {readonly Fuse[]} */
export const FUSES = [
  {
    option: FuseV1Options.RunAsNode,
    on: false,
    reason: 'Nobody can use the signed program to run a script of theirs as Node.',
  },
  {
    option: FuseV1Options.EnableCookieEncryption,
    on: true,
    reason: 'No cookie is ever kept; if one were, it would not lie on the disk in the clear.',
  },
  {
    option: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    on: false,
    reason: 'NODE_OPTIONS could load a module before ours.',
  },
  {
    option: FuseV1Options.EnableNodeCliInspectArguments,
    on: false,
    reason: 'A debugger in the main process could read whatever passes through it.',
  },
  {
    option: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    on: true,
    reason: 'macOS and Windows refuse to start a changed app.asar. Linux does not look.',
  },
  {
    option: FuseV1Options.OnlyLoadAppFromAsar,
    on: true,
    reason: 'A folder planted beside app.asar is not taken for the program.',
  },
  {
    option: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
    on: false,
    reason: 'The program has no snapshot of its own, so none is looked for.',
  },
  {
    option: FuseV1Options.GrantFileProtocolExtraPrivileges,
    on: false,
    reason: 'The window is served from app://, so file:// needs no privilege.',
  },
];
