import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes an agency's own authority, and a server's certificate that it signed:
 * `authority.pem`, `server.pem`, `server.key`.
 * @param names of the server, such as `DNS:localhost`
 */
export function certify(folder: string, names: readonly string[]): void {
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: folder });
    if (status !== 0) throw new Error(stderr.toString());
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    ...['req', '-x509', ...key, '-keyout', 'authority.key', '-out', 'authority.pem'],
    ...['-subj', '/CN=Authority of an agency', '-days', '2'],
  );
  openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost');
  writeFileSync(join(folder, 'names'), `subjectAltName=${names.join(',')}`);
  openssl(
    ...['x509', '-req', '-in', 'server.csr', '-CA', 'authority.pem', '-CAkey', 'authority.key'],
    ...['-CAcreateserial', '-out', 'server.pem', '-days', '2', '-extfile', 'names'],
  );
}
