import { encodeCanonical } from '../../domain/json/canonical.ts';
import type { Uuid } from '../../domain/identifiers.ts';
import type { BundleProblems } from '../../domain/ledger/bundle-problems.ts';
import type { EntryOf } from '../../domain/ledger/entry.ts';
import type { SignedRotation } from '../../domain/vault/rotation.ts';
import type { Claims } from './claims.ts';

/**
 * Both keys said that the second takes the place of the first: their statement is about this very
 * change, and both signatures have to be good.
 * @param vault the ledger's own, from its genesis
 */
export function claimRotation(
  { detail }: EntryOf<'key-rotated'>,
  vault: Uuid,
  { statement, signatures }: SignedRotation,
  file: string,
  { claims, problems }: { readonly claims: Claims; readonly problems: BundleProblems },
): void {
  if (
    statement.vault !== vault ||
    statement.member !== detail.member ||
    statement.from !== detail.from ||
    statement.to !== detail.to ||
    statement.certificate !== detail.certificate
  )
    problems.atFile(file, 'rotation-unproven');
  const content = encodeCanonical(statement);
  for (const key of ['from', 'to'] as const)
    claims.add(Buffer.from(signatures[key]), {
      file,
      code: 'rotation-unproven',
      content,
      signer: detail[key],
    });
}
