import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { IpcRendererEvent } from 'electron';
import { surface } from './contract/surface.ts';
import { pathOfFile } from './file-path.ts';

type Kind = 'invoke' | 'work' | 'dropped' | 'event';

/** One function of the window's API. Neither ipcRenderer nor an Electron event gets through it. */
function expose(channel: string, kind: Kind): unknown {
  switch (kind) {
    case 'invoke':
      return (input: unknown) => ipcRenderer.invoke(channel, input) as Promise<unknown>;
    case 'work':
      return (input: unknown, work: unknown) =>
        ipcRenderer.invoke(channel, input, work) as Promise<unknown>;
    case 'dropped':
      return (files: unknown, rest: object) => {
        const paths = (Array.isArray(files) ? (files as unknown[]) : [])
          .filter((file) => file instanceof window.File)
          .map((file) => pathOfFile(file, webUtils))
          .filter((path) => path !== '');
        return ipcRenderer.invoke(channel, { ...rest, paths }) as Promise<unknown>;
      };
    case 'event':
      return (listener: (payload: unknown) => void) => {
        const heard = (_event: IpcRendererEvent, payload: unknown) => {
          listener(payload);
        };
        ipcRenderer.on(channel, heard);
        return () => void ipcRenderer.off(channel, heard);
      };
  }
}

const named = (name: string, kind: Kind) =>
  kind === 'event' ? `on${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;

const bridge = Object.fromEntries(
  Object.entries(surface).map(([area, page]) => [
    area,
    Object.fromEntries(
      Object.entries(page).map(([name, kind]: [string, Kind]) => [
        named(name, kind),
        expose(`${area}.${name}`, kind),
      ]),
    ),
  ]),
);

contextBridge.exposeInMainWorld('valise', bridge);
