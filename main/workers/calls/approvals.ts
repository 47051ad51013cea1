import type { Contract } from '../../../preload/contract/index.ts';
import type { Office } from '../../services/office.ts';
import type { Answers } from '../office-api.ts';
import { shownPackage } from './packages.ts';

/** The second signature, for the window. */
export function approvalCalls(office: Office): Answers<Contract['approvals']> {
  return {
    freeze: async ({ id }) => {
      await office.open.approvals.freeze(id);
      return shownPackage(office, id);
    },
    approve: async ({ id }) => {
      await office.open.approvals.approve(id);
      return shownPackage(office, id);
    },
    refuse: async ({ id, reason, note }) => {
      await office.open.approvals.refuse(id, reason, note);
      return shownPackage(office, id);
    },
    ask: async ({ id, out: { place } }) => {
      const { to } = await office.open.approvalFiles.request(id, place);
      return {
        name: office.tools.files.baseName(place),
        written: { place, use: 'written' },
        to,
      };
    },
    add: async ({ file }) => {
      const { id } = await office.open.approvalFiles.add(file.place);
      return shownPackage(office, id);
    },
    look: ({ file }) => office.open.approvalFiles.look(file.place),
    answer: async ({ file, manifestDigest, out: { place }, refusal }) => {
      await office.open.approvalFiles.sign(
        file.place,
        place,
        refusal === undefined
          ? { decision: 'approved' }
          : { decision: 'refused', reason: refusal.reason, note: refusal.note },
        manifestDigest,
      );
      return { name: office.tools.files.baseName(place), written: { place, use: 'written' } };
    },
  };
}
