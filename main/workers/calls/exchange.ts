import type { Contract } from '../../../preload/contract/index.ts';
import type { WayOut } from '../../domain/network/way-out.ts';
import type { PolicyView } from '../../services/agency-policy.ts';
import type { ChannelView } from '../../services/channels.ts';
import type { Office } from '../../services/office.ts';
import type { Answers, Place } from '../office-api.ts';
import { withoutUndefined } from './cases.ts';

/** No private key and no certificate is longer. */
const MAX_KEY_BYTES = 64 * 1024;

/** The window does not learn where the file is. */
function inForce(view: PolicyView | undefined) {
  if (!view) return undefined;
  const { policy, digest, signer, setAt, file } = view;
  return { ...policy, digest, signer, setAt, file };
}

/** The window needs no PEM. */
function shownWay({ proxy, authority }: WayOut) {
  return { ...(proxy === undefined ? {} : { proxy }), hasAuthority: authority !== undefined };
}

/** Channels and the queue, for the window. */
export function exchangeCalls(office: Office): Answers<Contract['exchange']> {
  const shown = ({ place, ...channel }: ChannelView) => ({
    ...channel,
    place: channel.kind === 'folder' ? office.tools.files.baseName(place) : place,
  });
  const textOf = async (file: Place | undefined) =>
    file && new TextDecoder().decode(await office.tools.files.read(file.place, MAX_KEY_BYTES));
  return {
    channels: () => office.open.channels.views().map(shown),
    addChannel: async (given) => {
      if (given.kind === 'folder') {
        const { name, kind, folder } = given;
        return shown(await office.open.channels.add({ name, kind, path: folder.place }));
      }
      const read =
        given.kind === 'sftp'
          ? { privateKey: await textOf(given.privateKey) }
          : { authority: await textOf(given.authority) };
      return shown(await office.open.channels.add(withoutUndefined({ ...given, ...read })));
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
    wayOut: () => shownWay(office.open.network.wayOut),
    setWayOut: async ({ proxy, authority, keepsAuthority }) => {
      const { network } = office.open;
      const pem = keepsAuthority ? network.wayOut.authority : await textOf(authority);
      return shownWay(await network.setWayOut(withoutUndefined({ proxy, authority: pem })));
    },
    policy: async () => ({ policy: inForce(await office.open.policy.show()) }),
    setPolicy: async ({ file }) => ({ policy: inForce(await office.open.policy.set(file.place)) }),
    airGap: () => ({ isOn: office.open.airGap.isOn }),
    setAirGap: async ({ isOn }) => {
      await office.open.airGap.set(isOn);
      return { isOn };
    },
  };
}
