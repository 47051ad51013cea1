import type { Manifest } from '../domain/packages/manifest.ts';
import { requireEvent, standingOf, type PackageRecord } from '../domain/packages/package.ts';
import { allowedEvents, shownState } from '../domain/packages/states.ts';
import type { Act } from '../domain/vault/journal.ts';
import type { Effect } from '../domain/vault/records.ts';
import type { Desk } from './desk.ts';
import { subjectOf } from './drafts.ts';

/**
 * What sealing or receiving `manifest` does to the package whose place it takes. Only its own
 * sender replaces a package; one that is not here, or has ended, stays as it is.
 */
export function superseding(
  desk: Desk,
  { id, supersedes, sender }: Manifest,
  direction: PackageRecord['direction'],
): { readonly acts: readonly Act[]; readonly effects: readonly Effect[] } {
  const none = { acts: [], effects: [] };
  const before =
    supersedes === undefined ? undefined : desk.session.records.get('packages', supersedes);
  if (before?.direction !== direction) return none;
  if (direction === 'in' && before.arrival?.sender !== sender.fingerprint) return none;
  if (!allowedEvents(direction, standingOf(before)).includes('supersede')) return none;
  const state = shownState(requireEvent(before, 'supersede'));
  const doc: PackageRecord = { ...before, state, supersededBy: id, changedAt: desk.at() };
  return {
    acts: [{ type: 'superseded', subject: subjectOf(before), detail: { by: id } }],
    effects: [{ put: 'packages', id: before.id, doc }],
  };
}
