import { z } from 'zod';
import { Instant, list, nothing, text } from './fields.ts';
import { invoke } from './kinds.ts';

export const ATTENTION = [
  'ledger-doubted',
  'ledger-alarm',
  'conflict',
  'quarantine',
  'inbox-undecided',
  'approval-wanted',
  'approval-waited',
  'draft-open',
  'package-unsent',
  'receipts-outstanding',
  'queue-waiting',
  'retention-due',
  'recalled',
  'destruction-overdue',
  'contact-unverified',
  'key-expires',
  'policy-changed',
] as const;

/** One thing that needs a person now. */
export const Attention = z.object({
  code: z.enum(ATTENTION),
  /** A plain sentence. */
  message: text(4096),
  /** What it is about: a package, a contact's or an own fingerprint, a quarantined file. */
  id: text(64),
  title: text(1024),
  at: Instant.optional(),
});
export type Attention = z.infer<typeof Attention>;

export const overview = {
  /** Most pressing kinds first. */
  items: invoke(nothing, list(Attention, 1_000_000)),
} as const;
