export type Theme = 'system' | 'light' | 'dark';

/** Says to the page which colours to use; `system` leaves it to the reader's system. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}
