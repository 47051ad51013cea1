import { z } from 'zod';
import { count, text, WorkId } from './fields.ts';
import { event, invoke } from './kinds.ts';

export const work = {
  /** Asks a long work to stop; its call then fails with `cancelled` and leaves nothing behind. */
  cancel: invoke(z.strictObject({ work: WorkId }), z.object({ running: z.boolean() })),
  /** `done` and `total` are bytes unless the stage says otherwise. */
  progress: event(z.object({ work: WorkId, stage: text(64), done: count, total: count })),
} as const;
