import type { Fingerprint } from '../../domain/identifiers.ts';
import type { Bundle } from '../../domain/ledger/bundle.ts';
import { describeBundleProblem, type BundleProblem } from '../../domain/ledger/bundle-problems.ts';

export interface VerdictFacts {
  readonly problems: readonly BundleProblem[];
  readonly entries: number;
  readonly size: number;
  readonly origin: string;
  readonly root: string;
  readonly head: string;
  readonly signer: Fingerprint | undefined;
  readonly confirmed: number;
  /** Who signed at the size that is confirmed. */
  readonly by: Fingerprint | undefined;
  readonly bundle: Bundle | undefined;
}

const PART =
  'A part of the ledger: it proves that these entries are in it, not that there are no others.';

/** A verdict in plain words: the places first, what it all means last. */
export function verdictLines(
  facts: VerdictFacts,
  unchecked: readonly string[],
  notes: readonly string[],
): string[] {
  const places = placeLines(facts.problems, unchecked, notes);
  if (facts.problems.length > 0)
    return [
      ...places,
      'FAILED: something is wrong in the places above. Do not rely on this bundle.',
    ];
  return [
    ...places,
    `ledger ${facts.origin}`,
    `entries ${facts.entries} of ${facts.size}`,
    `root ${facts.root}`,
    `head ${facts.head}`,
    ...(facts.bundle?.scope === 'part' ? [PART] : []),
    conclusion(facts, unchecked.length > 0),
  ];
}

/** What is wrong, what could not be judged, and what is said besides. */
export function placeLines(
  problems: readonly BundleProblem[],
  unchecked: readonly string[],
  notes: readonly string[],
): string[] {
  return [
    ...problems.map(describeBundleProblem),
    ...unchecked,
    ...notes.map((note) => `Note: ${note}`),
  ];
}

/** Who signed, and what that is worth. */
export function conclusion(
  facts: Pick<VerdictFacts, 'confirmed' | 'size' | 'signer' | 'by'>,
  isUnchecked: boolean,
): string {
  const { confirmed, size, signer = '', by = '' } = facts;
  if (isUnchecked)
    return 'NOT CHECKED: some signatures, named above. Nothing else is wrong. Use a program that knows such keys.';
  if (confirmed === 0)
    return `Consistent; signer NOT confirmed: compare ${signer} with the fingerprint that you know.`;
  if (confirmed < size)
    return `Verified up to size ${confirmed}, which ${by} signed, whom you trust. From entry ${confirmed} on it is signed by ${signer}, whom you did not name.`;
  return `Verified: consistent, and signed by ${signer}, whom you trust.`;
}
