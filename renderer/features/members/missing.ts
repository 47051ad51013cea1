/**
 * What stands between a person and an act that takes somebody's key away, as a key of the
 * catalogue. `alone` is how many files open with that key alone; undefined until it is known.
 */
export function missingBeforeLoss(
  alone: number | undefined,
  isLosing: boolean,
): 'alone.looking' | 'alone.loseFirst' | undefined {
  if (alone === undefined) return 'alone.looking';
  return alone > 0 && !isLosing ? 'alone.loseFirst' : undefined;
}
