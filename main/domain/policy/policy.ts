import { z } from 'zod';
import { Country, Fingerprint } from '../identifiers.ts';
import { line, list } from '../packages/fields.ts';
import { CalendarDate, Instant } from '../time.ts';

export const POLICY_FORMAT = 'valise.policy/1';

/** The file that an agency signs and hands to its officers. What it leaves out is not limited. */
export const Policy = z.strictObject({
  format: z.literal(POLICY_FORMAT),
  name: line(200),
  at: Instant,
  /** The last day on which anything is sealed under it. */
  validUntil: CalendarDate.exactOptional(),
  /** Kinds of channels that may be used. */
  channels: list(z.enum(['folder', 'sftp', 'webdav', 'email']), 1, 4).exactOptional(),
  /** How many people beside the sender approve every package, at least. */
  approvers: z.int().min(1).max(20).exactOptional(),
  /** Forms of messages that may be made. */
  profiles: list(z.enum(['rfc4880', 'rfc9580']), 1, 2).exactOptional(),
  /** How long a recipient may keep what was sent, in days. */
  retentionDays: z.int().min(1).max(36_500).exactOptional(),
  /** Who may receive packages: of one of these countries, or one of these. */
  recipients: z
    .strictObject({
      countries: list(Country, 1, 300).exactOptional(),
      fingerprints: list(Fingerprint, 1, 1000).exactOptional(),
    })
    .exactOptional(),
});
export type Policy = z.infer<typeof Policy>;

/** Whether a policy lets somebody receive packages. */
export function mayReceive(
  { recipients }: Policy,
  contact: { readonly fingerprint: string; readonly country?: string | undefined },
): boolean {
  if (recipients === undefined) return true;
  const { countries = [], fingerprints = [] } = recipients;
  return (
    fingerprints.includes(contact.fingerprint) ||
    (contact.country !== undefined && countries.includes(contact.country))
  );
}

/** The last day that a policy lets a recipient keep what is sent today. @param today `YYYY-MM-DD` */
export function latestDeletion({ retentionDays }: Policy, today: string): string | undefined {
  if (retentionDays === undefined) return undefined;
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + retentionDays);
  return day.toISOString().slice(0, 10);
}
