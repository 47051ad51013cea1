import { blocker, type Blocker } from '../packages/check.ts';
import type { ReleaseDraft } from '../packages/release-input.ts';
import type { MessageProfile } from '../pgp/engine.ts';
import { latestDeletion, mayReceive, type Policy } from './policy.ts';

/** A draft, as a policy looks at it. */
export interface UnderPolicy {
  readonly draft: ReleaseDraft;
  readonly recipients: readonly {
    readonly name: string;
    readonly fingerprint: string;
    readonly country?: string | undefined;
  }[];
  /** The form that it would be sealed in, once that is known. */
  readonly profile: MessageProfile | undefined;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** What the agency's policy says against a seal. */
export function policyBlockers(
  policy: Policy,
  { draft, recipients, profile, today }: UnderPolicy,
): Blocker[] {
  const found: Blocker[] = [];
  if (policy.validUntil !== undefined && policy.validUntil < today)
    found.push(blocker('policy-ended', { until: policy.validUntil }));
  for (const contact of recipients)
    if (!mayReceive(policy, contact))
      found.push(blocker('policy-recipient', { name: contact.name }));
  const latest = latestDeletion(policy, today);
  if (latest !== undefined && draft.retention && draft.retention.deleteBy > latest)
    found.push(blocker('policy-retention', { latest }));
  const listed = draft.approvers?.length ?? 0;
  const required = policy.approvers ?? 0;
  if (listed < required)
    found.push(blocker('policy-approvers', { required: String(required), listed: String(listed) }));
  if (profile !== undefined && policy.profiles && !policy.profiles.includes(profile))
    found.push(blocker('policy-profile', { profile }));
  return found;
}
