import type { Contract } from '../../../preload/contract/index.ts';
import type { ChannelRecord } from '../../domain/transfers/records.ts';
import type { Office } from '../../services/office.ts';
import type { Answers } from '../office-api.ts';

/** Channels and the queue, for the window. */
export function exchangeCalls(office: Office): Answers<Contract['exchange']> {
  const shown = ({ path, ...channel }: ChannelRecord) => ({
    ...channel,
    folder: office.tools.files.baseName(path),
  });
  return {
    channels: () => office.open.channels.list().map(shown),
    addChannel: async ({ name, kind, folder }) =>
      shown(await office.open.channels.add({ name, kind, path: folder.place })),
    testChannel: ({ name }) => office.open.channels.test(name),
    removeChannel: async ({ name }) => {
      await office.open.channels.remove(name);
      return {};
    },
    run: ({ channel }, work) => office.open.exchange.run(channel, work),
    queue: () => office.open.exchange.queue(),
  };
}
