import type { Contract } from '../../preload/contract/index.ts';
import type { Handlers } from '../../preload/contract/kinds.ts';
import type { Preferences } from '../../preload/contract/app.ts';
import type { Asking } from './counter.ts';

type Info = Awaited<ReturnType<Handlers<Contract['app']>['info']>>;

export interface AppParts {
  readonly info: Info;
  readonly preferences: {
    get(): Preferences;
    change(changes: Partial<Preferences>): Preferences;
  };
  /** Puts text on the clipboard and answers after how many seconds it is taken off again. */
  readonly copy: (text: string) => Promise<number>;
  readonly quit: () => void;
}

/** What the window may know and set of the program itself. */
export function appHandlers(parts: AppParts): Handlers<Contract['app'], Asking> {
  return {
    info: () => parts.info,
    preferences: () => parts.preferences.get(),
    setPreferences: (changes) =>
      parts.preferences.change(
        Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)),
      ),
    copy: async ({ text }) => ({ clearsIn: await parts.copy(text) }),
    quit: () => {
      parts.quit();
      return {};
    },
  };
}
