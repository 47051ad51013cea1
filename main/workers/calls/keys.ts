import type { Contract } from '../../../preload/contract/index.ts';
import type { Office, OpenOffice } from '../../services/office.ts';
import type { Answers } from '../office-api.ts';

const own = async ({ keys, session }: OpenOffice) => ({
  keys: await keys.list(),
  certificate: keys.exportCertificate(),
  facts: session.certificate.facts,
});

/** Own keys, for the window. */
export function keyCalls(office: Office): Answers<Contract['keys']> {
  return {
    own: () => own(office.open),
    save: async ({ out, what }) => {
      const { files } = office.tools;
      const { keys, session } = office.open;
      const isCertificate = what === 'certificate';
      const name = `${session.certificate.facts.fingerprint}-${what}.asc`;
      const path = files.join(out.place, name);
      const armored = isCertificate ? keys.exportCertificate() : keys.exportRevocation();
      await files.makeFolder(out.place);
      await files.write(path, new TextEncoder().encode(armored));
      return { name, written: { place: path, use: 'written' } };
    },
    rotate: async ({ profile }) => {
      await office.open.keys.rotate(profile);
      return own(office.open);
    },
    revoke: ({ fingerprint, reason }) => office.open.keys.revoke(reason, fingerprint),
  };
}
