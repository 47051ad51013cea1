import channels from 'node:diagnostics_channel';

/**
 * The library for IMAP traces its log through a part of Node that the oldest runtime in use
 * (Electron 25, Node 18.15) lacks. We keep no such log, so one that nobody listens to will do. It has
 * to be imported before the library.
 */
if (!('tracingChannel' in channels))
  Object.assign(channels, { tracingChannel: () => ({ hasSubscribers: false }) });
