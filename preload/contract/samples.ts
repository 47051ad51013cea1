import { z } from 'zod';
import { count, Instant, list, Params, text, WorkId } from './fields.ts';
import { event, work } from './kinds.ts';

/** One thing that a sample office really did, with figures of this run. */
export const SampleStep = z.object({
  number: count,
  of: count,
  code: text(64),
  office: z.enum(['sender', 'recipient', 'both']),
  at: Instant,
  message: text(4096),
  params: Params,
});
export type SampleStep = z.infer<typeof SampleStep>;

export const samples = {
  /** Runs a whole exchange between two sample offices in a folder that is removed at the end. */
  start: work(
    z.strictObject({}),
    z.object({
      steps: list(SampleStep, 200),
      /** Both vaults were opened again and both ledgers verified. */
      verified: z.boolean(),
      milliseconds: count,
    }),
  ),
  step: event(z.object({ work: WorkId, step: SampleStep })),
} as const;
