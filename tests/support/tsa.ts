import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How the authority's own key is made, by `openssl req -newkey`. */
export type TsaKey = 'rsa:2048' | 'ec:P-256';

/**
 * A time-stamp authority made with `openssl`: a root, a signer for time-stamps below it, and one
 * that may not make any. It answers requests as files, or on loopback.
 */
export class Tsa {
  readonly folder = mkdtempSync(join(tmpdir(), 'valise-tsa-'));
  #server: Server | undefined;

  constructor(key: TsaKey = 'rsa:2048') {
    this.#write('tsa.cnf', CONFIG);
    this.#run('req', '-x509', ...newKey(key, 'ca'), '-subj', '/CN=Test root', '-days', '30');
    for (const name of ['tsa', 'other']) {
      this.#run('req', ...newKey(key, name), '-subj', `/O=Test authority/CN=${name}`);
      this.#run(
        ...['x509', '-req', '-in', `${name}.pem`, '-CA', 'ca.pem', '-CAkey', 'ca.key'],
        ...['-CAcreateserial', '-days', '30', '-out', `${name}.pem`],
        ...['-extfile', 'tsa.cnf', '-extensions', name],
      );
    }
    this.#write('serial', '01\n');
  }

  /** What it answers to a request; a section of the configuration changes how. */
  reply(request: Uint8Array, section = 'tsa_good'): Uint8Array {
    this.#write('request.tsq', request);
    const args = ['-queryfile', 'request.tsq', '-out', 'response.tsr', '-section', section];
    this.#run('ts', '-reply', '-config', 'tsa.cnf', ...args);
    return readFileSync(join(this.folder, 'response.tsr'));
  }

  /** Whether `openssl ts -verify` accepts a response to a request, with the root as its trust. */
  accepts(request: Uint8Array, response: Uint8Array): boolean {
    this.#write('request.tsq', request);
    this.#write('response.tsr', response);
    try {
      const args = ['-queryfile', 'request.tsq', '-in', 'response.tsr', '-CAfile', 'ca.pem'];
      return this.#run('ts', '-verify', ...args).includes('Verification: OK');
    } catch {
      return false;
    }
  }

  /** What `openssl` reads in a request. */
  describe(request: Uint8Array): string {
    this.#write('request.tsq', request);
    return this.#run('ts', '-query', '-in', 'request.tsq', '-text');
  }

  /** Serves it over HTTP on loopback; answers the URL. `answer` may answer something else. */
  async serve(
    answer: (request: Uint8Array) => { status?: number; body: Uint8Array } = (request) => ({
      body: this.reply(request),
    }),
  ): Promise<string> {
    const server = createServer((asked, response) => {
      const parts: Buffer[] = [];
      asked.on('data', (part: Buffer) => parts.push(part));
      asked.on('end', () => {
        const isQuery =
          asked.method === 'POST' &&
          asked.headers['content-type'] === 'application/timestamp-query';
        const { status = 200, body } = isQuery
          ? answer(Buffer.concat(parts))
          : { status: 400, body: new Uint8Array() };
        response.writeHead(status, {
          'content-type': 'application/timestamp-reply',
          ...(status >= 300 && status < 400 ? { location: '/elsewhere' } : {}),
        });
        response.end(body);
      });
    });
    this.#server?.close();
    this.#server = server;
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/tsa`;
  }

  end(): void {
    this.#server?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.folder, name), content);
  }

  #run(...args: string[]): string {
    return execFileSync('openssl', args, {
      cwd: this.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

function newKey(key: TsaKey, name: string): string[] {
  const kind = key === 'ec:P-256' ? ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] : [key];
  return ['-newkey', ...kind, '-nodes', '-keyout', `${name}.key`, '-out', `${name}.pem`];
}

const CONFIG = `
[req]
distinguished_name = name
[name]
[tsa]
extendedKeyUsage = critical,timeStamping
[other]
extendedKeyUsage = critical,timeStamping,clientAuth
[tsa_good]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
certs = ca.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ordering = no
tsa_name = yes
ess_cert_id_alg = sha256
[tsa_sha512]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha512
default_policy = 1.2.3.4
digests = sha256
clock_precision_digits = 3
[tsa_sha1]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha1
default_policy = 1.2.3.4
digests = sha256
[tsa_refusing]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha512
`;
