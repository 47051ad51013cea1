import { webcrypto } from 'node:crypto';
import channels from 'node:diagnostics_channel';

/**
 * What the library for IMAP takes for granted and the oldest runtime in use (Electron 25, Node 18.15)
 * lacks: a part that its log is traced through (nobody listens: we keep no such log), and the global
 * `crypto`. It has to be imported before the library.
 */
if (!('tracingChannel' in channels))
  Object.assign(channels, { tracingChannel: () => ({ hasSubscribers: false }) });
if (!('crypto' in globalThis)) Object.assign(globalThis, { crypto: webcrypto });
