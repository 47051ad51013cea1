import { z } from 'zod';
import { Code } from '../identifiers.ts';
import { isKnown } from '../packages/vocabularies.ts';
import { Instant } from '../time.ts';

const People = z.int().min(0).default(0);

/**
 * What `case remedy` reads: `remedy.json`, how many people were offered a remedy of one kind so
 * far, and what became of it. Counts only: nobody is named.
 */
export const RemedyInput = z
  .strictObject({
    kind: Code.refine((code) => isKnown('remedy', code), {
      error: ({ input }) => `has the code "${String(input)}", which the list remedy does not know`,
    }),
    offered: z.int().min(0),
    accepted: People,
    declined: People,
    unreachable: People,
    fulfilled: People,
    at: Instant,
  })
  .superRefine((given, context) => {
    const { offered, accepted, declined, unreachable, fulfilled } = given;
    if (accepted + declined + unreachable > offered)
      context.addIssue({
        code: 'custom',
        path: ['offered'],
        message: 'is less than accepted, declined and unreachable together',
      });
    if (fulfilled > accepted)
      context.addIssue({
        code: 'custom',
        path: ['fulfilled'],
        message: 'is more than were accepted',
      });
  });
export type Remedy = z.infer<typeof RemedyInput>;
