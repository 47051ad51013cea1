import { rootCertificates, type ConnectionOptions } from 'node:tls';

/**
 * Whom a connection by TLS trusts: an agency's own authority beside those that Node knows.
 * @param authority PEM
 */
export function trusting(authority: string | undefined): ConnectionOptions {
  return authority === undefined ? {} : { ca: [...rootCertificates, authority] };
}
