import { z } from 'zod';
import { list, nothing, text } from './fields.ts';
import { invoke } from './kinds.ts';

/** A coded pick-list. `status` says whether its codes were compared with their source. */
export const Vocabulary = z.object({
  list: text(64),
  title: text(200),
  source: text(1000),
  version: text(200),
  status: z.enum(['verified', 'known']),
  items: list(
    z.object({
      code: text(64),
      label: text(400),
      group: text(200).optional(),
      /** Beside the label: `not in force`. */
      note: text(400).optional(),
      inForce: z.boolean().optional(),
      /** A special category, or criminal data. */
      special: z.boolean().optional(),
      /** Other words by which people look for it. */
      keywords: text(1000).optional(),
    }),
    5000,
  ),
});
export type Vocabulary = z.infer<typeof Vocabulary>;

export const vocabularies = {
  all: invoke(nothing, list(Vocabulary, 100)),
} as const;
