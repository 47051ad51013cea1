import { z } from 'zod';
import { Fingerprint, Id, list, Params, text, nothing } from './fields.ts';
import { invoke } from './kinds.ts';

export const ATTENTION = [
  'ledger-broken',
  'rollback-found',
  'fork-found',
  'ledger-not-verified',
  'quarantined',
  'contact-conflict',
  'contact-unverified',
  'mandate-expiring',
  'own-key-expiring',
  'contact-key-expiring',
  'to-assess',
  'to-approve',
  'to-seal',
  'to-send',
  'to-decide',
  'queue-waiting',
  'receipt-overdue',
  'package-disputed',
  'retention-due',
  'deadline-due',
] as const;

/** One thing that needs a person now. */
export const Attention = z.object({
  kind: z.enum(ATTENTION),
  /** `alarm` stands above everything; `due` has a date that has come or is near. */
  urgency: z.enum(['alarm', 'due', 'todo']),
  /** A plain sentence. */
  message: text(4096),
  params: Params,
  /** The day or moment it is about. */
  at: text(32).optional(),
  package: Id.optional(),
  /** A case's reference. */
  case: text(400).optional(),
  contact: Fingerprint.optional(),
  /** An item of the inbox. */
  inbox: Id.optional(),
});
export type Attention = z.infer<typeof Attention>;

export const overview = {
  /** Most urgent first. */
  items: invoke(nothing, list(Attention, 10_000)),
} as const;
