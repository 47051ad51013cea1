import { webcrypto } from 'node:crypto';

const { subtle } = webcrypto;

let ready: Promise<void> | undefined;

/**
 * Makes AES key wrap (RFC 3394) usable for ECDH and X25519 session keys, whatever the runtime.
 *
 * Electron's crypto library has no AES-KW: `wrapKey` answers with an OperationError, while openpgp
 * turns to its own implementation only when `importKey` answers with a NotSupportedError. So the
 * first call tries a wrap, and only where that fails is `importKey` taught to say so for AES-KW.
 * Where AES-KW works nothing is touched. To be awaited before session keys are made or read.
 */
export function ensureKeyWrap(): Promise<void> {
  ready ??= wraps().then((works) => {
    if (!works) refuseKeyWrap();
  });
  return ready;
}

async function wraps(): Promise<boolean> {
  try {
    const wrapping = await subtle.importKey('raw', new Uint8Array(16), 'AES-KW', false, [
      'wrapKey',
    ]);
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const wrapped = await subtle.importKey('raw', new Uint8Array(16), hmac, true, ['sign']);
    await subtle.wrapKey('raw', wrapped, wrapping, 'AES-KW');
    return true;
  } catch {
    return false;
  }
}

function refuseKeyWrap(): void {
  const importKey = subtle.importKey.bind(subtle) as (...input: unknown[]) => Promise<unknown>;
  const replacement = async (...input: unknown[]): Promise<unknown> => {
    if (nameOf(input[2]) === 'AES-KW')
      throw new DOMException('AES key wrap is not available here', 'NotSupportedError');
    return importKey(...input);
  };
  Object.defineProperty(subtle, 'importKey', {
    configurable: true,
    writable: true,
    value: replacement,
  });
}

function nameOf(algorithm: unknown): string {
  if (typeof algorithm === 'string') return algorithm.toUpperCase();
  if (typeof algorithm === 'object' && algorithm !== null && 'name' in algorithm)
    return String(algorithm.name).toUpperCase();
  return '';
}
