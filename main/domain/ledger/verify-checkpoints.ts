import { isDomainError } from '../errors/index.ts';
import type { Fingerprint } from '../identifiers.ts';
import type { SignedCheckpoint } from '../vault/journal.ts';
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { Place } from './entry-pass.ts';
import type { Problems } from './problems.ts';

/**
 * Who signed `content`, when it is one good signature by one of the certificates; a DomainError
 * when it is not.
 */
export type CheckSignature = (
  content: Uint8Array,
  signature: string | Uint8Array,
  certificates: readonly Uint8Array[],
) => Promise<{ readonly signer: Fingerprint }>;

/** So many signatures are checked at the same time, on other threads. */
const SIDE_BY_SIDE = 64;

export interface ComputedPlaces {
  readonly size: number;
  placeAt(size: number): Place | undefined;
  /** The end of every run of one actor, the last included. */
  ends(): readonly Place[];
}

/** A checkpoint that is what the entries give, signed by who made the last of them. */
export interface GoodCheckpoint {
  readonly size: number;
  readonly signer: Fingerprint;
}

/**
 * Compares checkpoints with what the entries give, and their signatures with who made the last
 * entry of each. Then every run of one actor must have one at its end: nobody can be made to
 * have signed for what another wrote.
 * @param stored ascending by size; the last is the ledger's present one
 */
export async function verifyCheckpoints(
  stored: readonly Pick<SignedCheckpoint, 'size' | 'body' | 'signature'>[],
  places: ComputedPlaces,
  certificatesOf: (fingerprint: Fingerprint) => readonly Uint8Array[],
  checkSignature: CheckSignature,
  problems: Problems,
): Promise<GoodCheckpoint[]> {
  const good: GoodCheckpoint[] = [];
  for (let from = 0; from < stored.length; from += SIDE_BY_SIDE) {
    const checked = stored.slice(from, from + SIDE_BY_SIDE).map(async (each) => {
      const place = placeOf(each.size, each.body, places, problems);
      if (!place) return undefined;
      const { body, signature } = each;
      const signed = await isSignedBy(place.actor, body, signature, certificatesOf, checkSignature);
      return { size: each.size, signer: place.actor, signed };
    });
    for (const each of await Promise.all(checked))
      if (each?.signed) good.push({ size: each.size, signer: each.signer });
      else if (each) problems.add(each.size - 1, 'checkpoint-signature');
  }
  if (stored.at(-1)?.size !== places.size)
    problems.add(Math.max(places.size - 1, 0), 'checkpoint-not-last');
  const covered = new Set(stored.map(({ size }) => size));
  for (const { size } of places.ends())
    if (size < places.size && !covered.has(size)) problems.add(size - 1, 'checkpoint-missing');
  return good;
}

/** The computed place that a checkpoint truly describes; problems are told. */
function placeOf(
  size: number,
  body: string,
  places: ComputedPlaces,
  problems: Problems,
): Place | undefined {
  const seq = size - 1;
  let checkpoint: Checkpoint;
  try {
    checkpoint = parseCheckpoint(body);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    problems.add(seq, 'checkpoint-malformed');
    return undefined;
  }
  const place = places.placeAt(checkpoint.size);
  if (checkpoint.size !== size) problems.add(seq, 'checkpoint-malformed');
  else if (!place) problems.add(places.size, 'checkpoint-beyond');
  else if (checkpoint.origin !== place.origin) problems.add(seq, 'checkpoint-origin');
  else if (checkpoint.root !== place.root) problems.add(seq, 'checkpoint-root');
  else if (checkpoint.head !== place.head) problems.add(seq, 'checkpoint-head');
  else if (checkpoint.time !== place.time) problems.add(seq, 'checkpoint-time');
  else if (checkpoint.keys !== place.keys) problems.add(seq, 'checkpoint-keys');
  else return place;
  return undefined;
}

/** Whether one good signature by this key stands under the content. */
export async function isSignedBy(
  signer: Fingerprint,
  content: string | Uint8Array,
  signature: string | Uint8Array,
  certificatesOf: (fingerprint: Fingerprint) => readonly Uint8Array[],
  checkSignature: CheckSignature,
): Promise<boolean> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  for (const certificate of certificatesOf(signer))
    try {
      const verdict = await checkSignature(bytes, signature, [certificate]);
      if (verdict.signer === signer) return true;
    } catch (error) {
      if (!isDomainError(error)) throw error;
    }
  return false;
}
