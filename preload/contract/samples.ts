import { z } from 'zod';
import { fileToken, Id, text, WorkId } from './fields.ts';
import { event, work } from './kinds.ts';

/** One thing that a sample office really did, with figures of this run. */
export const SampleStep = z.object({
  code: text(64),
  side: z.enum(['sender', 'receiver', 'both']),
  facts: z.record(text(64), z.union([text(4096), z.number()])),
});
export type SampleStep = z.infer<typeof SampleStep>;

const Vaults = z.object({ sender: fileToken('vault'), receiver: fileToken('vault') });

export const samples = {
  /**
   * Runs a whole exchange between two new sample offices. The open vault, if there is one, is
   * not touched. Both sample vaults stay, to be opened with the answer's passphrase.
   */
  start: work(z.strictObject({}), z.object({ package: Id, passphrase: text(64), vaults: Vaults })),
  step: event(z.object({ work: WorkId, step: SampleStep })),
} as const;
