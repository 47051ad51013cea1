import type { Contract } from '../../../preload/contract/index.ts';
import type { ChannelView } from '../../services/channels.ts';
import type { Office } from '../../services/office.ts';
import type { Answers } from '../office-api.ts';
import { withoutUndefined } from './cases.ts';

/** No private key is longer. */
const MAX_KEY_BYTES = 64 * 1024;

/** Channels and the queue, for the window. */
export function exchangeCalls(office: Office): Answers<Contract['exchange']> {
  const shown = ({ place, ...channel }: ChannelView) => ({
    ...channel,
    place: channel.kind === 'folder' ? office.tools.files.baseName(place) : place,
  });
  return {
    channels: () => office.open.channels.views().map(shown),
    addChannel: async (given) => {
      if (given.kind === 'folder') {
        const { name, kind, folder } = given;
        return shown(await office.open.channels.add({ name, kind, path: folder.place }));
      }
      if (given.kind === 'webdav') return shown(await office.open.channels.add(given));
      const { privateKey, ...rest } = given;
      const key = privateKey && (await office.tools.files.read(privateKey.place, MAX_KEY_BYTES));
      const channel = withoutUndefined({
        ...rest,
        privateKey: key && new TextDecoder().decode(key),
      });
      return shown(await office.open.channels.add(channel));
    },
    testChannel: async ({ name }, work) => shown(await office.open.channels.test(name, work)),
    removeChannel: async ({ name }) => {
      await office.open.channels.remove(name);
      return {};
    },
    run: ({ channel }, work) => office.open.exchange.run(channel, work),
    queue: () => office.open.queue.list(),
    pause: ({ id }) => office.open.queue.pause(id),
    resume: ({ id }) => office.open.queue.resume(id),
    cancel: ({ id }) => office.open.queue.cancel(id),
    airGap: () => ({ isOn: office.open.airGap.isOn }),
    setAirGap: async ({ isOn }) => {
      await office.open.airGap.set(isOn);
      return { isOn };
    },
  };
}
