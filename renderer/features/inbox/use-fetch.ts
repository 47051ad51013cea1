import { useState } from 'react';
import { bridge } from '../../bridge.ts';
import { useAct } from '../../store/use-act.ts';
import { useAnswer } from '../../store/use-answer.ts';
import type { Channel, Exchanged, FetchAct } from './types.ts';

export interface Fetching {
  readonly act: FetchAct;
  /** What the last exchange did, until it is dismissed. */
  readonly report: Exchanged | undefined;
  readonly dismiss: () => void;
  /** Undefined until the office has answered. */
  readonly channels: readonly Channel[] | undefined;
  readonly isAddingChannel: boolean;
  readonly closeChannel: () => void;
  /** Fetches; without any channel it asks for one first. */
  readonly start: () => Promise<Exchanged | undefined>;
  /** A channel was added: fetches over it at once. */
  readonly channelAdded: () => Promise<void>;
}

/** The exchange over all channels, and the way to the first of them. */
export function useFetch(): Fetching {
  const channels = useAnswer(() => bridge.exchange.channels(), 'channels');
  const [isAddingChannel, setAddingChannel] = useState(false);
  const [report, setReport] = useState<Exchanged>();
  const act = useAct((_: undefined, following) => bridge.exchange.run({}, following));

  const run = async () => {
    setReport(undefined);
    const done = await act.run(undefined);
    setReport(done);
    return done;
  };
  return {
    act,
    report,
    dismiss: () => {
      setReport(undefined);
    },
    channels: channels.value,
    isAddingChannel,
    closeChannel: () => {
      setAddingChannel(false);
    },
    start: async () => {
      if (channels.value?.length !== 0) return run();
      setAddingChannel(true);
      return undefined;
    },
    channelAdded: async () => {
      setAddingChannel(false);
      channels.reload();
      await run();
    },
  };
}
