import { v7 } from 'uuid';
import type { Uuid } from './identifiers.ts';
import type { Clock, Random } from './ports.ts';

/** A new UUID version 7 (RFC 9562 section 5.7): sorts by the time it was made. */
export function newId(clock: Clock, random: Random): Uuid {
  return v7({ msecs: clock.now().getTime(), random: random.bytes(16) });
}
