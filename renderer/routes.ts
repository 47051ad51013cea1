/** Every place that the window can show, and what it is about. */
export type Route =
  | { readonly screen: 'overview' }
  | { readonly screen: 'inbox'; readonly id?: string }
  | { readonly screen: 'packages'; readonly id?: string }
  | { readonly screen: 'compose'; readonly id: string; readonly step?: ComposeStep }
  | { readonly screen: 'cases'; readonly id?: string }
  | { readonly screen: 'contacts'; readonly fingerprint?: string }
  | { readonly screen: 'history'; readonly package?: string; readonly seq?: number }
  | { readonly screen: 'settings' };

export type ComposeStep = 'what' | 'why' | 'who' | 'check';
export type Screen = Route['screen'];

/** The room on the left that a place belongs to. */
export function roomOf(route: Route): Exclude<Screen, 'compose'> {
  return route.screen === 'compose' ? 'packages' : route.screen;
}
