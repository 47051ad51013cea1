import { bridge } from '../../bridge.ts';
import { useAnswer } from '../../store/use-answer.ts';

const NOTHING = { ok: true, value: [] } as const;

/** How many things wait for a person, for the rooms on the left. */
export function useCounts(isAsked: boolean): { readonly overview: number; readonly inbox: number } {
  const { value = [] } = useAnswer(
    () => (isAsked ? bridge.overview.items() : Promise.resolve(NOTHING)),
    `counts-${String(isAsked)}`,
  );
  const inbox = value.filter(({ code }) => code === 'inbox-undecided' || code === 'quarantine');
  return { overview: value.length, inbox: inbox.length };
}
