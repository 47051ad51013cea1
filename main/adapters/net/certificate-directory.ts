import type { CertificateDirectory, Published } from '../../domain/certificates/directory-port.ts';
import { wkdPlaces } from '../../domain/certificates/wkd.ts';
import { DomainError } from '../../domain/errors/index.ts';
import { httpsGet, NO_SERVER, type Network } from './https-get.ts';

/** No certificate that is taken in is longer. */
const MOST_BYTES = 256 * 1024;

/** Web Key Directory, VKS and HKPS, by TLS only. */
export class HttpsCertificateDirectory implements CertificateDirectory {
  readonly #network: Network;

  constructor(network: Network = {}) {
    this.#network = network;
  }

  async ofDomain(address: string, signal?: AbortSignal): Promise<Published | undefined> {
    const { advanced, direct } = wkdPlaces(address);
    const found = await this.#get(advanced, signal);
    // A domain that has a server for it is not asked at another place.
    const bytes = found === NO_SERVER ? await this.#get(direct, signal) : found;
    if (bytes === NO_SERVER || bytes === undefined) return undefined;
    const { host } = new URL(found === NO_SERVER ? direct : advanced);
    return { bytes, via: 'wkd', host };
  }

  async ofServer(
    server: string,
    address: string,
    signal?: AbortSignal,
  ): Promise<Published | undefined> {
    const [, kind, host = ''] = /^(vks|hkps):\/\/([A-Za-z0-9.-]+)\/?$/.exec(server) ?? [];
    if (kind === undefined)
      throw new DomainError('input-refused', {
        ...{ what: 'contact find', where: '--server', problem: 'neither vks:// nor hkps://' },
      });
    wkdPlaces(address);
    const search = encodeURIComponent(address);
    const bytes = await this.#get(
      kind === 'vks'
        ? `https://${host}/vks/v1/by-email/${search}`
        : `https://${host}/pks/lookup?op=get&options=mr&exact=on&search=${search}`,
      signal,
    );
    if (bytes === NO_SERVER)
      throw new DomainError('directory-failed', { host, reason: 'no server has this name' });
    return bytes && { bytes: armorIn(bytes), via: 'keyserver', host };
  }

  #get(address: string, signal?: AbortSignal) {
    return httpsGet(address, MOST_BYTES, this.#network, signal);
  }
}

const BEGIN = '-----BEGIN PGP PUBLIC KEY BLOCK-----';
const END = '-----END PGP PUBLIC KEY BLOCK-----';

/**
 * The certificate in an answer of a key server, which may write a page around it even for a program
 * (draft-gallagher-openpgp-hkp, section 4). An answer without one stays as it is.
 */
function armorIn(answer: Uint8Array): Uint8Array {
  const text = Buffer.from(answer).toString('latin1');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin === -1 || end === -1) return answer;
  return Buffer.from(`${text.slice(begin, end + END.length)}\n`, 'latin1');
}
