/** Every place that the window can show, and what it is about. */
export type Route =
  | { readonly screen: 'overview' }
  | { readonly screen: 'inbox'; readonly id?: string }
  | { readonly screen: 'packages'; readonly id?: string }
  | { readonly screen: 'compose'; readonly id: string; readonly step?: ComposeStep }
  | { readonly screen: 'cases'; readonly id?: string }
  | { readonly screen: 'contacts'; readonly fingerprint?: string }
  | { readonly screen: 'history'; readonly package?: string; readonly seq?: number }
  | { readonly screen: 'reports' }
  | { readonly screen: 'standing' }
  | { readonly screen: 'sample' }
  | { readonly screen: 'findings' }
  | { readonly screen: 'compare' }
  | { readonly screen: 'evidence' }
  | { readonly screen: 'settings' };

export type ComposeStep = 'what' | 'why' | 'who' | 'check';
export type Screen = Route['screen'];

export type Room = Exclude<Screen, 'compose'>;

/** The rooms of a vault, by who looks at it. The first is where they begin. */
const ROOMS = {
  officer: ['overview', 'inbox', 'packages', 'cases', 'contacts', 'history', 'reports', 'settings'],
  auditor: [
    'history',
    'standing',
    'reports',
    'sample',
    'findings',
    'compare',
    'evidence',
    'settings',
  ],
} as const satisfies Record<string, readonly Room[]>;

/** The rooms on the left, in their order. */
export function roomsOf(role: 'officer' | 'approver' | 'auditor'): readonly Room[] {
  return ROOMS[role === 'auditor' ? 'auditor' : 'officer'];
}

/** Where somebody begins. */
export function homeOf(role: 'officer' | 'approver' | 'auditor'): Route {
  return { screen: role === 'auditor' ? 'history' : 'overview' };
}

/** The room on the left that a place belongs to. */
export function roomOf(route: Route): Room {
  return route.screen === 'compose' ? 'packages' : route.screen;
}
