import type { Fingerprint } from '../../domain/identifiers.ts';
import { conclusion, placeLines } from './verdict-lines.ts';
import type { ProofVerdict } from './verify-proof.ts';

type Facts = Omit<ProofVerdict, 'exit' | 'lines'> & { readonly by: Fingerprint | undefined };

/** What a proof proves, in plain words: the places first, what it all means last. */
export function proofLines(facts: Facts): string[] {
  const { problems, entry, from, size, origin, root, head, unchecked, notes } = facts;
  const places = placeLines(problems, unchecked, notes);
  if (problems.length > 0)
    return [
      ...places,
      'FAILED: something is wrong in the places above. Do not rely on this proof.',
    ];
  return [
    ...places,
    `ledger ${origin}`,
    ...(entry
      ? [entry.text, `sha256 ${entry.digest}`, `It is entry ${entry.seq} of a ledger of ${size}.`]
      : [`The ledger of ${size} entries continues the one of ${from ?? 0} entries.`]),
    `root ${root}`,
    `head ${head}`,
    conclusion(facts, unchecked.length > 0),
  ];
}
