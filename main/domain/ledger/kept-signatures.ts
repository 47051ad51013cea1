import { isDomainError } from '../errors/index.ts';
import type { Engine } from '../pgp/engine.ts';
import type { CheckSignature } from './verify-checkpoints.ts';

/**
 * Checks signatures that a ledger keeps. A clock that was ahead dated some of them later than it is
 * now: these are judged at their own dates. That the clock was wrong, the ledger says itself
 * (`clock-went-back`), and it takes nothing away from what was signed.
 * @param now the moment of the check
 */
export function keptSignatures(engine: Pick<Engine, 'verify'>, now: () => Date): CheckSignature {
  return async (content, signature, certificates) => {
    try {
      return await engine.verify(content, signature, certificates, now());
    } catch (error) {
      const signedAt = isDomainError(error, 'signature-in-future') && error.params['signedAt'];
      if (typeof signedAt !== 'string') throw error;
      return engine.verify(content, signature, certificates, new Date(signedAt));
    }
  };
}
