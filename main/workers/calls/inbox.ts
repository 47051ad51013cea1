import type { Contract } from '../../../preload/contract/index.ts';
import { isDomainError } from '../../domain/errors/index.ts';
import { describeFailure } from '../../domain/errors/failure.ts';
import type { Office } from '../../services/office.ts';
import type { Answers, Wire } from '../office-api.ts';
import type { OutputOf } from '../../../preload/contract/kinds.ts';

type Fate = Wire<OutputOf<Contract['inbox']['take']>>['files'][number];

/** A person who may not, a ledger that takes nothing in, or a cancel. */
const STOPS_ALL = new Set(['not-allowed', 'ledger-read-only', 'cancelled']);

/** The way in, for the window. */
export function inboxCalls(office: Office): Answers<Contract['inbox']> {
  return {
    list: () => office.open.inbox.list(),
    take: async ({ files }, work) => {
      const fates: Fate[] = [];
      for (const { place } of files) {
        const name = office.tools.files.baseName(place);
        try {
          fates.push({ ok: true, name, taken: await office.open.inbox.take(place, {}, work) });
        } catch (error) {
          // One bad file must not keep the others out; what is not about a file stops them all.
          if (!isDomainError(error) || STOPS_ALL.has(error.code) || error.exit === 5) throw error;
          const { code, message, hint, params } = describeFailure(error);
          fates.push({ ok: false, name, code, message, hint, params });
        }
      }
      return { files: fates };
    },
    retry: ({ id }, work) => office.open.inbox.retry(id, {}, work),
  };
}
