import type { Role } from '../identifiers.ts';
import type { Engine } from '../pgp/engine.ts';
import type { Clock } from '../ports.ts';
import type { Signer } from './databases-port.ts';
import type { OwnKey } from './own-keys.ts';

/**
 * A member who signs checkpoints with this key. A clock that stands before the key was made
 * would make a signature that nobody accepts; the key's own time is the earliest that is used.
 */
export function signerWith(
  key: OwnKey,
  role: Role,
  { engine, clock }: { readonly engine: Engine; readonly clock: Clock },
): Signer {
  return {
    actor: { fingerprint: key.fingerprint, role },
    sign: (body) => {
      const earliest = Date.parse(key.createdAt);
      const at = new Date(Math.max(clock.now().getTime(), earliest));
      return engine.sign(new TextEncoder().encode(body), key, at);
    },
  };
}
