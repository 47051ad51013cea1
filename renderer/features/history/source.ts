import { createContext, useContext } from 'react';
import { bridge } from '../../bridge.ts';
import type { Standing } from './proof.ts';

/** Where entries come from: the open vault's ledger, or a bundle of somebody's. */
export interface EntrySource {
  /** Names the source, for what was fetched from it. */
  readonly key: string;
  readonly count: typeof bridge.ledger.count;
  readonly page: typeof bridge.ledger.page;
  readonly entry: typeof bridge.ledger.entry;
  /** What its entries name, to choose from. Without it only words and acts are looked for. */
  readonly choices?: typeof bridge.ledger.choices;
  /** Where a day or a month begins in a list of it. */
  readonly places?: typeof bridge.ledger.places;
  /** Writes such a list to a file. */
  readonly list?: typeof bridge.ledger.list;
  /** Writes what proves one entry. */
  readonly prove?: typeof bridge.ledger.prove;
  /** The life of a package on both sides. */
  readonly timeline?: typeof bridge.ledger.timeline;
  /** How far it is verified; the vault's own ledger says so itself. */
  readonly standing?: Standing;
}

const ledger: EntrySource = {
  key: 'ledger',
  count: (asked) => bridge.ledger.count(asked),
  page: (asked) => bridge.ledger.page(asked),
  entry: (asked) => bridge.ledger.entry(asked),
  choices: () => bridge.ledger.choices(),
  places: (asked) => bridge.ledger.places(asked),
  list: (asked, following) => bridge.ledger.list(asked, following),
  prove: (asked) => bridge.ledger.prove(asked),
  timeline: (asked) => bridge.ledger.timeline(asked),
};

const Source = createContext<EntrySource>(ledger);

/** Everything below it shows entries of another source than the vault's ledger. */
export const EntrySourceProvider = Source.Provider;

export function useEntrySource(): EntrySource {
  return useContext(Source);
}
