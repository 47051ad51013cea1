import type { WebContents } from 'electron';
import { contract, type Contract, type ContractEvent } from '../../preload/contract/index.ts';
import type { EntryOf, Page, PayloadOf } from '../../preload/contract/kinds.ts';

export type Publish = <Name extends ContractEvent>(
  name: Name,
  payload: PayloadOf<EntryOf<Contract, Name>>,
) => void;

/**
 * Tells the window of events: typed from the contract, cut to its schema. A window that is not
 * there is told nothing. @throws ZodError when a payload does not fit
 */
export function publisher(window: () => WebContents | undefined): Publish {
  return (name, payload) => {
    const [area = '', verb = ''] = name.split('.');
    const page = Reflect.get(contract, area) as Page;
    const entry = page[verb];
    if (entry?.kind !== 'event') return;
    window()?.send(name, entry.payload.parse(payload));
  };
}
