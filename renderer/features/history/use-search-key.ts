import { useEffect, type RefObject } from 'react';

/** `/` goes to the search, unless the person is writing somewhere or a dialog is in front. */
export function useSearchKey(screen: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!(target instanceof Element)) return;
      if (target.closest('input, textarea, [contenteditable="true"], [role="dialog"]')) return;
      event.preventDefault();
      screen.current?.querySelector<HTMLElement>('input[type="search"]')?.focus();
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, [screen]);
}
