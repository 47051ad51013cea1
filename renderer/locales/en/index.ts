import compose from './compose.json';
import failures from './failures.json';
import packages from './packages.json';
import shell from './shell.json';
import ui from './ui.json';

/** The English catalogue, one namespace a room of the window. Every other language has these keys. */
export const en = { compose, failures, packages, shell, ui } as const;

export type Catalogue = typeof en;
