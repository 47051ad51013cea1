import { describe, expect, it } from 'vitest';
import {
  allowedEvents,
  hearOutcome,
  leastAdvanced,
  nextState,
  OUTCOMES,
  PACKAGE_STATES,
  type Outcome,
  type PackageEvent,
  type RecipientState,
} from '../../../../main/domain/packages/states.ts';

const EVENTS: readonly PackageEvent[] = [
  'edit',
  'assess',
  'approve',
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
  'hear',
];

describe('the state table', () => {
  it('allows exactly what it lists, on both sides', () => {
    for (const direction of ['out', 'in'] as const)
      for (const state of PACKAGE_STATES) {
        const allowed = allowedEvents(direction, state);
        for (const event of EVENTS)
          expect(nextState(direction, state, event) !== undefined).toBe(allowed.includes(event));
      }
  });

  it('seals a package once', () => {
    const sealable = PACKAGE_STATES.filter(
      (state) => nextState('out', state, 'seal') !== undefined,
    );
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
