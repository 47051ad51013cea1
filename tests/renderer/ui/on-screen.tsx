import { act } from 'react';
import type { ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { I18nextProvider } from 'react-i18next';
import { afterEach } from 'vitest';
import { startI18n } from '../../../renderer/i18n.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const unmounts: (() => void)[] = [];

afterEach(() => {
  for (const unmount of unmounts.splice(0)) unmount();
  document.body.replaceChildren();
});

/** Puts an element on screen the way the window does: with its catalogue and its locale. */
export function onScreen(element: ReactElement): HTMLElement {
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  const i18n = startI18n('en');
  act(() => {
    root.render(
      <I18nextProvider i18n={i18n}>
        <I18nProvider locale="en-GB">{element}</I18nProvider>
      </I18nextProvider>,
    );
  });
  unmounts.push(() => act(() => root.unmount()));
  return place;
}

/** The one element that a selector finds. */
export function find(place: ParentNode, selector: string): HTMLElement {
  const found = place.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`nothing on screen is ${selector}`);
  return found;
}

/** The one text box on screen. */
export function textBox(place: ParentNode): HTMLInputElement {
  const found = place.querySelector('input');
  if (found === null) throw new Error('there is no text box on screen');
  return found;
}

/** The button (or other control) that reads so, or is named so. */
export function control(place: ParentNode, name: string): HTMLElement {
  const found = [
    ...place.querySelectorAll<HTMLElement>('button, a, [role="button"], label, input'),
  ].find((one) => one.getAttribute('aria-label') === name || one.textContent.trim() === name);
  if (found === undefined) throw new Error(`no control is called "${name}"`);
  return found;
}

export function press(target: HTMLElement): void {
  act(() => target.click());
}

export function key(target: HTMLElement, name: string): void {
  act(() => {
    target.dispatchEvent(
      new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
    );
  });
}
