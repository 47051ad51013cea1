import { constants, createHash, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { asked, integerOf, NotDer, oidOf, partsOf, readDer, TAG, type DerValue } from './der.ts';

/** CMS SignedData (RFC 5652 section 5), as far as time-stamp tokens use it. */
export const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const RSA_PSS = '1.2.840.113549.1.1.10';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
const MOST_CERTIFICATES = 16;

/** Hashes that still count. */
const HASHES: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/**
 * The content of a SignedData with exactly one signer, when a certificate inside it that is meant
 * for time-stamps has the key that signed it.
 * @param type the object identifier that the content has to have
 * @throws NotDer with what does not fit
 */
export function verifySignedData(
  bytes: Uint8Array,
  type: string,
): { readonly content: Uint8Array; readonly authority: string } {
  const [version, , encapsulated, ...rest] = partsOf(readDer(bytes, TAG.sequence));
  integerOf(version);
  const [name, wrapped] = partsOf(asked(encapsulated, TAG.sequence));
  if (oidOf(name) !== type) throw new NotDer('its content is of another type');
  const { content } = readDer(asked(wrapped, 0xa0).content, TAG.octets);
  const certificates = rest.find(({ tag }) => tag === 0xa0);
  const signers = partsOf(asked(rest.at(-1), TAG.set));
  const [signer] = signers;
  if (signers.length !== 1 || signer === undefined) throw new NotDer('it has not one signer');
  if (certificates === undefined) throw new NotDer('it has no certificate');
  const candidates = partsOf(certificates).slice(0, MOST_CERTIFICATES).map(readCertificate);
  const certificate = candidates.find((each) => isSignedBy(signer, each, content, type));
  if (certificate === undefined) throw new NotDer('its signature does not hold');
  if (!meantForStamps(certificate)) throw new NotDer('its signer is not meant for time-stamps');
  return { content, authority: certificate.subject.replaceAll('\n', ', ') };
}

function isSignedBy(
  signer: DerValue,
  certificate: X509Certificate,
  content: Uint8Array,
  type: string,
): boolean {
  const [, , algorithm, attributes, scheme, signature] = partsOf(asked(signer, TAG.sequence));
  const hash = HASHES[oidOf(partsOf(asked(algorithm, TAG.sequence))[0])];
  if (hash === undefined) throw new NotDer('it is signed over a hash that does not count');
  requireAttributes(asked(attributes, 0xa0), hash, content, type);
  // Signed is the SET itself, not its place in the structure (RFC 5652 section 5.4).
  const signed = Uint8Array.from(asked(attributes, 0xa0).whole);
  signed[0] = TAG.set;
  const isPss = oidOf(partsOf(asked(scheme, TAG.sequence))[0]) === RSA_PSS;
  const { content: value } = asked(signature, TAG.octets);
  try {
    return verify(hash, signed, keyOf(certificate.publicKey, isPss), value);
  } catch {
    // A key that cannot be read, or is of another kind than the signature.
    return false;
  }
}

function keyOf(key: KeyObject, isPss: boolean) {
  if (!isPss) return key;
  return {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_AUTO,
  };
}

/** The signed attributes name the type and the digest of the content, each once. */
function requireAttributes(
  attributes: DerValue,
  hash: string,
  content: Uint8Array,
  type: string,
): void {
  const valueOf = (wanted: string): DerValue => {
    const found = partsOf(attributes).filter((each) => oidOf(partsOf(each)[0]) === wanted);
    const values = found[0] && partsOf(asked(partsOf(found[0])[1], TAG.set));
    const [value] = values ?? [];
    if (found.length !== 1 || values?.length !== 1 || value === undefined)
      throw new NotDer('a signed attribute is missing');
    return value;
  };
  const digest = createHash(hash).update(content).digest();
  const isWhole =
    oidOf(valueOf(CONTENT_TYPE)) === type &&
    digest.equals(asked(valueOf(MESSAGE_DIGEST), TAG.octets).content);
  if (!isWhole) throw new NotDer('its signature is over other content');
}

function readCertificate({ whole }: DerValue): X509Certificate {
  try {
    return new X509Certificate(whole);
  } catch {
    throw new NotDer('a certificate in it cannot be read');
  }
}

function meantForStamps(certificate: X509Certificate): boolean {
  // Extended key usages by their identifiers. Without any there is no list, whatever the types say.
  const usages = certificate.keyUsage as readonly string[] | undefined;
  return usages?.includes(TIME_STAMPING) ?? false;
}
