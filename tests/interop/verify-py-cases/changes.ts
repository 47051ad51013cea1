import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../../../main/domain/ledger/entry.ts';
import {
  bundleOf,
  entriesOf,
  remakeBundle,
  resignBundle,
  type People,
} from '../../fixtures/bundles.ts';
import { type LivedIn } from '../../fixtures/ledger/lived-in.ts';
import type { Case } from './cases.ts';

/** Every member of the ledger, by key. */
export const peopleOf = ({ amina, aminaAnew, ben }: LivedIn): People =>
  new Map([amina, aminaAnew, ben].map((person) => [person.fingerprint, person]));

/** Changes a file as text, and leaves the list of files as it was. */
export const edited =
  (name: string, change: (text: string) => string): Case['make'] =>
  (folder) => {
    const path = join(folder, name);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };

/** Changes a file as text, and lists and signs all files anew. */
export const covered =
  (name: string, change: (text: string) => string): Case['make'] =>
  async (folder, ledger) => {
    await edited(name, change)(folder, ledger);
    await resignBundle(folder, ledger.aminaAnew);
  };

/** Makes the whole ledger anew with other entries, with the keys of all its members. */
export const remade =
  (change: (entries: Entry[]) => readonly object[]): Case['make'] =>
  async (folder, ledger) =>
    remakeBundle(folder, change(entriesOf(folder)), peopleOf(ledger), ledger.aminaAnew);

/** Changes one line of a text, counted from 0. */
export const line = (at: number, change: (text: string) => string) => (text: string) =>
  text
    .split('\n')
    .map((each, index) => (index === at ? change(each) : each))
    .join('\n');

/** Changes the lines of a text, which keeps its last LF. */
export const lines = (change: (all: string[]) => string[]) => (text: string) =>
  change(text.split('\n').slice(0, -1))
    .map((each) => `${each}\n`)
    .join('');

/** The first file of the bundle whose name begins so. */
export const fileOf = (folder: string, prefix: string) =>
  Object.keys(bundleOf(folder).files).find((name) => name.startsWith(prefix)) ?? '';
