import { describe, expect, it } from 'vitest';
import { DomainError } from '../../../../main/domain/errors/index.ts';
import { requireEvent } from '../../../../main/domain/packages/package.ts';
import {
  allowedEvents,
  hearOutcome,
  leastAdvanced,
  nextState,
  OUTCOMES,
  PACKAGE_STATES,
  shownState,
  type Outcome,
  type PackageEvent,
  type RecipientState,
  type Standing,
} from '../../../../main/domain/packages/states.ts';

const EVENTS: readonly PackageEvent[] = [
  'edit',
  'assess',
  'freeze',
  'approve',
  'refuse',
  'seal',
  'dispatch',
  'recall',
  'supersede',
  'expire',
  'discard',
  'extract',
  'accept',
  'reject',
  'destroy',
  'return',
  'dispute',
  'hold',
  'delay',
  'hear',
];
const STANDINGS: readonly Standing[] = [...PACKAGE_STATES, 'frozen', 'refused'];

const sent = (state: Standing) => ({
  hear: state,
  extract: state,
  recall: 'recalled',
  supersede: 'superseded',
  expire: 'expired',
});
const ended = (state: Standing) => ({ hear: state, extract: state });

/** Every arrow there is, written down a second time and by hand. */
const ARROWS: Readonly<Record<'out' | 'in', Readonly<Record<string, Record<string, string>>>>> = {
  out: {
    draft: { edit: 'draft', assess: 'assessed', discard: 'draft' },
    assessed: {
      edit: 'draft',
      assess: 'assessed',
      freeze: 'frozen',
      seal: 'sealed',
      discard: 'assessed',
    },
    frozen: { edit: 'draft', approve: 'approved', refuse: 'refused', discard: 'frozen' },
    refused: { edit: 'draft', discard: 'refused' },
    approved: {
      edit: 'draft',
      approve: 'approved',
      refuse: 'refused',
      seal: 'sealed',
      discard: 'approved',
    },
    sealed: { ...sent('sealed'), dispatch: 'dispatched' },
    ...Object.fromEntries(
      (
        [
          'dispatched',
          'delivered',
          'accepted',
          'rejected',
          'returned',
          'destroyed',
          'disputed',
        ] as const
      ).map((state) => [state, { ...sent(state), dispatch: state }]),
    ),
    recalled: ended('recalled'),
    superseded: ended('superseded'),
    expired: ended('expired'),
  },
  in: {
    delivered: {
      extract: 'delivered',
      accept: 'accepted',
      reject: 'rejected',
      dispute: 'disputed',
      hold: 'delivered',
      delay: 'delivered',
      destroy: 'destroyed',
      return: 'returned',
      recall: 'recalled',
      supersede: 'superseded',
    },
    accepted: {
      extract: 'accepted',
      dispute: 'disputed',
      hold: 'accepted',
      delay: 'accepted',
      destroy: 'destroyed',
      return: 'returned',
      recall: 'recalled',
      supersede: 'superseded',
    },
    rejected: {
      dispute: 'disputed',
      destroy: 'destroyed',
      return: 'returned',
      recall: 'recalled',
      supersede: 'superseded',
    },
    returned: { destroy: 'destroyed' },
    disputed: {
      extract: 'disputed',
      hold: 'disputed',
      destroy: 'destroyed',
      return: 'returned',
      recall: 'recalled',
      supersede: 'superseded',
    },
    recalled: { hold: 'recalled', destroy: 'destroyed', return: 'returned' },
    superseded: {
      hold: 'superseded',
      destroy: 'destroyed',
      return: 'returned',
      recall: 'recalled',
    },
    expired: { hold: 'expired', destroy: 'destroyed', return: 'returned' },
  },
};

describe('the state table', () => {
  it.each(
    (['out', 'in'] as const).flatMap((direction) =>
      STANDINGS.map((standing) => [direction, standing] as const),
    ),
  )(
    '%s, %s: every event leads where it should, or is refused with a sentence',
    (direction, standing) => {
      const stand = standing === 'frozen' || standing === 'refused' ? standing : undefined;
      const record = {
        id: 'p',
        direction,
        state: shownState(standing),
        ...(stand === undefined ? {} : { stand }),
      };
      const expected = ARROWS[direction][standing] ?? {};
      expect(allowedEvents(direction, standing).sort()).toEqual(Object.keys(expected).sort());
      for (const event of EVENTS) {
        expect(nextState(direction, standing, event)).toBe(expected[event]);
        if (expected[event] !== undefined) {
          expect(requireEvent(record, event)).toBe(expected[event]);
          continue;
        }
        const refused = (() => {
          try {
            return requireEvent(record, event);
          } catch (error) {
            return error;
          }
        })();
        expect(refused).toBeInstanceOf(DomainError);
        expect((refused as DomainError).message).toBe(
          `Package p is ${standing}; that does not allow: ${event}.`,
        );
      }
    },
  );

  it('seals a package once', () => {
    const sealable = STANDINGS.filter((state) => nextState('out', state, 'seal') !== undefined);
    expect(sealable).toEqual(['assessed', 'approved']);
    expect(nextState('out', 'sealed', 'edit')).toBeUndefined();
  });

  it('lets a recipient decide once, and destroy in the end', () => {
    expect(nextState('in', 'delivered', 'accept')).toBe('accepted');
    expect(nextState('in', 'accepted', 'reject')).toBeUndefined();
    expect(nextState('in', 'rejected', 'accept')).toBeUndefined();
    expect(nextState('in', 'destroyed', 'extract')).toBeUndefined();
  });

  it('never lets a sender accept, nor a recipient seal', () => {
    for (const state of PACKAGE_STATES) {
      expect(nextState('out', state, 'accept')).toBeUndefined();
      expect(nextState('in', state, 'seal')).toBeUndefined();
    }
  });
});

describe('what a recipient says', () => {
  const hearAll = (said: readonly Outcome[]) => {
    let state: RecipientState = 'dispatched';
    const heard: Outcome[] = [];
    let conflicts = 0;
    for (const outcome of said) {
      const next = hearOutcome(state, heard, outcome);
      state = next.state;
      if (next.conflict) conflicts += 1;
      heard.push(outcome);
    }
    return { state, conflicts };
  };

  it('counts by the table and not by arrival', () => {
    expect(hearAll(['accepted', 'delivered'])).toEqual({ state: 'accepted', conflicts: 0 });
    expect(hearAll(['destroyed', 'delivered', 'accepted'])).toEqual({
      state: 'destroyed',
      conflicts: 0,
    });
  });

  it('takes every first word from sealed as well as from dispatched', () => {
    for (const outcome of OUTCOMES)
      expect(hearOutcome('sealed', [], outcome)).toEqual(hearOutcome('dispatched', [], outcome));
  });

  it('keeps the first of accepted and rejected, and disputes the second', () => {
    expect(hearAll(['accepted', 'rejected'])).toEqual({ state: 'disputed', conflicts: 1 });
    expect(hearAll(['rejected', 'accepted'])).toEqual({ state: 'disputed', conflicts: 1 });
    expect(hearAll(['accepted', 'rejected', 'destroyed']).state).toBe('disputed');
  });

  it('shows the least advanced of several', () => {
    expect(leastAdvanced(['accepted', 'dispatched', 'destroyed'])).toBe('dispatched');
    expect(leastAdvanced(['accepted', 'destroyed'])).toBe('accepted');
  });
});
