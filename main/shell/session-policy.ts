import { app, session, type Session, type WebContents } from 'electron';
import { NOWHERE, ORIGIN } from './scheme.ts';

/**
 * What no page may do, whatever it holds: everything is refused that was not asked for here.
 * To be called before the program is ready.
 */
export function denyByDefault(): void {
  const { commandLine } = app;
  // The window has no business on the network; neither have the browser's own services.
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  commandLine.appendSwitch('disable-background-networking');
  commandLine.appendSwitch('disable-component-update');
  commandLine.appendSwitch('disable-domain-reliability');
  commandLine.appendSwitch('disable-http-cache');
  commandLine.appendSwitch('no-pings');
  app.on('session-created', closeSession);
  app.on('web-contents-created', (_event, contents) => {
    closeContents(contents);
  });
}

/** The session of the window: in memory only, closed before anything is loaded into it. */
export function windowSession(): Session {
  const own = session.fromPartition('valise', { cache: false });
  closeSession(own);
  return own;
}

const closed = new WeakSet<Session>();

function closeSession(own: Session): void {
  if (closed.has(own)) return;
  closed.add(own);
  own.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  own.setDisplayMediaRequestHandler((_request, grant) => {
    grant({});
  });
  own.setSpellCheckerEnabled(false);
  own.on('will-download', (event) => {
    event.preventDefault();
  });
  own.webRequest.onBeforeRequest((request, decide) => {
    decide({ cancel: !request.url.startsWith(`${ORIGIN}/`) && request.url !== NOWHERE });
  });
  void own.setProxy({ mode: 'direct' });
}

function closeContents(contents: WebContents): void {
  const refuse = (event: { preventDefault(): void }) => {
    event.preventDefault();
  };
  contents.on('will-navigate', refuse);
  contents.on('will-frame-navigate', refuse);
  contents.on('will-redirect', refuse);
  contents.on('will-attach-webview', refuse);
  contents.on('login', refuse);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
