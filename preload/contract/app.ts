import { z } from 'zod';
import { count, text, nothing } from './fields.ts';
import { invoke } from './kinds.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
/** A language tag; `qps` is the pseudo-language of tests. */
const Language = z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/);

/** What a person set for this window on this machine. Nothing of a vault is in it. */
export const Preferences = z.strictObject({
  /** Absent: as the system says. */
  language: Language.optional(),
  theme: z.enum(THEMES),
  /** Minutes without a touch until the vault is locked. */
  autoLockMinutes: z.int().min(1).max(240),
});
export type Preferences = z.infer<typeof Preferences>;

export const app = {
  info: invoke(
    nothing,
    z.object({
      name: text(64),
      version: text(32),
      /** Versions of what it runs on. */
      electron: text(32),
      chrome: text(32),
      platform: z.enum(['linux', 'darwin', 'win32', 'other']),
      /** The system's language. */
      locale: text(32),
      /** A copy that was installed, as opposed to a checkout. */
      packaged: z.boolean(),
    }),
  ),
  preferences: invoke(nothing, Preferences),
  setPreferences: invoke(Preferences.partial(), Preferences),
  /** What is on the clipboard goes after 30 seconds, when it is still the same. */
  copy: invoke(
    z.strictObject({
      text: z
        .string()
        .min(1)
        .max(64 * 1024),
    }),
    z.object({ clearsIn: count }),
  ),
  quit: invoke(nothing, z.object({})),
} as const;
