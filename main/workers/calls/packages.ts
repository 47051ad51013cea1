import type { Contract } from '../../../preload/contract/index.ts';
import type { Decision } from '../../services/decisions.ts';
import type { DraftMade } from '../../services/drafts.ts';
import type { NoticesGiven } from '../../services/package-notices.ts';
import type { Office } from '../../services/office.ts';
import type { Answers, Place } from '../office-api.ts';
import { withoutUndefined } from './cases.ts';

/** All that is known of one package, for the window. */
export function shownPackage(office: Office, id: string) {
  const { packages, drafts, approvals } = office.open;
  const view = packages.show(id);
  const agreement = approvals.agreement(id);
  return {
    ...view,
    ...(view.draft === undefined ? {} : { draftFiles: drafts.files(id) }),
    ...(agreement === undefined ? {} : { agreement }),
  };
}

const placesOf = (files: readonly Place[]) => files.map(({ place }) => place);

/** Packages, for the window: what is chosen comes as places, what is written goes as places. */
export function packageCalls(office: Office): Answers<Contract['packages']> {
  const show = (id: string) => shownPackage(office, id);
  const made = ({ id, survey }: DraftMade) => ({ package: show(id), survey });
  const told = ({ notices, ...given }: NoticesGiven) => ({ ...given, notices: notices.length });
  const decided = ({ id, state, receipt, path, case: opened }: Decision) => ({
    id,
    state,
    receipt,
    ...(opened === undefined ? {} : { case: opened }),
    ...(path === undefined ? {} : { written: { place: path, use: 'written' as const } }),
  });

  return {
    list: ({ state, case: reference, direction }) =>
      office.open.packages
        .list({ state, case: reference })
        .filter((item) => direction === undefined || item.direction === direction),
    show: ({ id }) => show(id),
    make: async ({ case: reference, release = {}, files }, work) =>
      made(
        await office.open.drafts.make(reference, withoutUndefined(release), placesOf(files), work),
      ),
    import: async ({ case: reference, release = {}, from }, work) => {
      const { absent, ...draft } = await office.open.caseImports.take(
        from.place,
        reference,
        withoutUndefined(release),
        work,
      );
      return { ...made(draft), absent };
    },
    change: async ({ id, release, add = [], remove = [], describe = {} }, work) =>
      made(
        await office.open.drafts.change(
          id,
          {
            ...(release === undefined ? {} : { release: withoutUndefined(release) }),
            add: placesOf(add),
            remove,
            describe,
          },
          work,
        ),
      ),
    digest: async ({ file: { place } }) => ({
      name: office.tools.files.baseName(place),
      sha256: await office.tools.files.digest(place),
    }),
    check: async ({ id }) => ({
      blockers: await office.open.draftCheck.check(id),
      warnings: office.open.draftCheck.warnings(id),
    }),
    discard: async ({ id }) => {
      await office.open.drafts.discard(id);
      return {};
    },
    profile: async ({ recipients }) => ({
      profile: await office.open.sealing.profileFor(recipients),
    }),
    seal: async ({ id, out, toSelf, compress }, work) => {
      const options = { out: out?.place, toSelf, compress };
      const { path, ...sealed } = await office.open.sealing.seal(id, options, work);
      return {
        ...sealed,
        fileName: office.tools.files.baseName(path),
        ...(out === undefined ? {} : { written: { place: path, use: 'written' } }),
      };
    },
    send: async ({ id, channel }, work) => {
      await office.open.exchange.send(id, channel, work);
      return show(id);
    },
    sent: async ({ id, by }) => {
      await office.open.exchange.sentByHand(id, by);
      return show(id);
    },
    extract: async ({ id, out }, work) => {
      const { path, ...extracted } = await office.open.extraction.extract(id, out.place, work);
      return { ...extracted, written: { place: path, use: 'written' } };
    },
    accept: async ({ id, out }) => decided(await office.open.decisions.accept(id, out?.place)),
    reject: async ({ id, reason, note, out }) =>
      decided(await office.open.decisions.reject(id, reason, note, out?.place)),
    destroy: async ({ id, out }) => decided(await office.open.decisions.destroy(id, out?.place)),
    return: async ({ id, out }) => decided(await office.open.decisions.giveBack(id, out?.place)),
    dispute: async ({ id, reason, note, out }) =>
      decided(await office.open.decisions.dispute(id, reason, note, out?.place)),
    hold: async ({ id, reason }) => {
      await office.open.decisions.hold(id, reason);
      return show(id);
    },
    recall: async ({ id, reason, out }) =>
      told(await office.open.packageNotices.recall(id, reason, out?.place)),
    delay: async ({ id, reason, until, out }) =>
      told(await office.open.packageNotices.delay(id, reason, until, out?.place)),
    page: async ({ id, out: { place } }) => {
      await office.open.pages.write(id, place);
      return { name: office.tools.files.baseName(place), written: { place, use: 'written' } };
    },
    record: async ({ id, outcome, evidence, note, recipient }) => {
      await office.open.decisions.record(id, outcome, evidence.place, note, recipient);
      return show(id);
    },
  };
}
