import type { CertificateDirectory, Published } from '../../domain/certificates/directory-port.ts';
import { wkdPlaces } from '../../domain/certificates/wkd.ts';
import { DomainError } from '../../domain/errors/index.ts';
import type { WayOut } from '../../domain/network/way-out.ts';
import { WebFailure, webRequest, type Network } from './web-request.ts';

/** The server has no such name: nobody answers there, and nobody ever will. */
const NO_SERVER = Symbol('no server');

/** No certificate that is taken in is longer. */
const MOST_BYTES = 256 * 1024;

/** Web Key Directory, VKS and HKPS, by TLS only. */
export class HttpsCertificateDirectory implements CertificateDirectory {
  readonly #network: Network;

  constructor(network: Network = {}) {
    this.#network = network;
  }

  async ofDomain(
    address: string,
    way: WayOut,
    signal?: AbortSignal,
  ): Promise<Published | undefined> {
    const { advanced, direct } = wkdPlaces(address);
    const found = await this.#get(advanced, way, signal);
    // A domain that has a server for it is not asked at another place.
    const bytes = found === NO_SERVER ? await this.#get(direct, way, signal) : found;
    if (bytes === NO_SERVER || bytes === undefined) return undefined;
    const { host } = new URL(found === NO_SERVER ? direct : advanced);
    return { bytes, via: 'wkd', host };
  }

  async ofServer(
    server: string,
    address: string,
    way: WayOut,
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
      way,
      signal,
    );
    if (bytes === NO_SERVER)
      throw new DomainError('directory-failed', { host, reason: 'no server has this name' });
    return bytes && { bytes: armorIn(bytes), via: 'keyserver', host };
  }

  /** The body; undefined when there is nothing there. @throws DomainError `directory-failed`, `cancelled` */
  async #get(
    address: string,
    way: WayOut,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array | undefined | typeof NO_SERVER> {
    const url = new URL(address);
    const failed = (reason: string, cause?: unknown) =>
      new DomainError('directory-failed', { host: url.host, reason }, { cause });
    try {
      const asked = { method: 'GET', limit: MOST_BYTES } as const;
      const { status, body } = await webRequest(url, asked, way, this.#network, signal);
      if (status === 404) return undefined;
      if (status !== 200) throw failed(`it answers ${String(status)}`);
      return body;
    } catch (error) {
      if (!(error instanceof WebFailure)) throw error;
      if (error.isNoServer) return NO_SERVER;
      throw failed(error.message, error);
    }
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
