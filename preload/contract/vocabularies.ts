import { z } from 'zod';
import { list, text, nothing } from './fields.ts';
import { invoke } from './kinds.ts';

/** A coded pick-list. `status` says how far its codes were checked against their source. */
export const Vocabulary = z.object({
  name: text(64),
  title: text(200),
  source: text(1000),
  version: text(64),
  status: text(64),
  codes: list(
    z.object({
      code: text(64),
      label: text(400),
      /** Beside the label: `not in force`, `special category`. */
      note: text(400).optional(),
      group: text(200).optional(),
    }),
    5000,
  ),
});
export type Vocabulary = z.infer<typeof Vocabulary>;

export const vocabularies = {
  all: invoke(nothing, list(Vocabulary, 100)),
} as const;
