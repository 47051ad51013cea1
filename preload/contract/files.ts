import { z } from 'zod';
import { AnyFileToken, count, fileToken, FileUse, list, text } from './fields.ts';
import { dropped, invoke } from './kinds.ts';

/** A chosen file as the window may know it. */
export const Chosen = z.object({
  token: AnyFileToken,
  /** The last part of its path, for the eye only. */
  name: text(1024),
  kind: z.enum(['file', 'folder']),
  /** Bytes, of a file. */
  size: count.optional(),
});
export type Chosen = z.infer<typeof Chosen>;

export const files = {
  /** Opens the system's picker. Empty: the person changed their mind. */
  pick: invoke(
    z.strictObject({
      use: FileUse.exclude(['written']),
      multiple: z.boolean().optional(),
      /** A name to begin with, for a file that is to be made. */
      name: z
        .string()
        .regex(/^[^/\\]{1,120}$/)
        .optional(),
      /** Payload and bundles only: folders instead of files, since most systems' pickers offer one of them at a time. */
      folders: z.boolean().optional(),
    }),
    list(Chosen, 10_000),
  ),
  /** Tokens for what was dropped on the window or pasted into it. */
  dropped: dropped(
    z.strictObject({
      use: FileUse.extract(['payload', 'sealed', 'certificate', 'evidence', 'bundle', 'vault']),
      paths: list(z.string().min(1).max(4096), 10_000),
    }),
    list(Chosen, 10_000),
  ),
  /** Shows what was written in the system's file manager; it is never opened. */
  reveal: invoke(z.strictObject({ file: fileToken('written') }), z.object({})),
} as const;
