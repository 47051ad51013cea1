import { bridge } from '../../bridge.ts';
import { useAnswer } from '../../store/use-answer.ts';

/** How many things wait for a person, for the rooms on the left. */
export function useCounts(): { readonly overview: number; readonly inbox: number } {
  const { value = [] } = useAnswer(() => bridge.overview.items(), 'counts');
  const inbox = value.filter(({ code }) => code === 'inbox-undecided' || code === 'quarantine');
  return { overview: value.length, inbox: inbox.length };
}
