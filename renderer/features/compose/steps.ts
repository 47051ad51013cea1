import type { ComposeStep } from '../../routes.ts';
import type { StepState } from '../../ui/index.ts';
import { QUESTIONS, type Blocker, type Form, type PackageView } from './form.ts';

export const STEPS = ['what', 'why', 'who', 'check'] as const satisfies readonly ComposeStep[];

/**
 * How far each step is. A step that nobody has begun asks for no attention yet; one that was begun
 * and still blocks does.
 */
export function stepStates(
  shown: PackageView,
  form: Form,
  blockers: readonly Blocker[],
): Readonly<Record<ComposeStep, StepState>> {
  const begun: Readonly<Record<ComposeStep, boolean>> = {
    what: (shown.draftFiles ?? []).length > 0,
    why: form.purpose.trim() !== '' || form.instrument !== null || form.legalBasis.length > 0,
    who: form.recipients.length > 0,
    check: QUESTIONS.some((question) => form.answers[question].answer !== null),
  };
  const stateOf = (step: ComposeStep): StepState => {
    if (!begun[step]) return 'todo';
    return blockers.some((blocker) => blocker.step === step) ? 'attention' : 'done';
  };
  return {
    what: stateOf('what'),
    why: stateOf('why'),
    who: stateOf('who'),
    check: stateOf('check'),
  };
}
