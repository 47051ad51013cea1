import { configure, render, screen } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { I18nProvider } from 'react-aria-components';
import { I18nextProvider } from 'react-i18next';
import { vi } from 'vitest';
import { startI18n } from '../../../../renderer/i18n.ts';
import { useWindow } from '../../../../renderer/store/create-store.ts';
import type { FakeBridge } from '../../../fakes/bridge.ts';
import { VAULT } from './office.ts';

// jsdom takes seconds to find out, for each element of a long form, that it can be seen; and a slow
// machine fails nothing.
configure({ defaultHidden: true });

class FixedSize {
  observe = () => undefined;
  unobserve = () => undefined;
  disconnect = () => undefined;
}

/** What jsdom has no layout for. */
export function standInForLayout(): void {
  vi.stubGlobal('ResizeObserver', FixedSize);
  vi.stubGlobal('CSS', { escape: (text: string) => text, supports: () => false });
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  Element.prototype.scrollIntoView = () => undefined;
}

/** Shows a screen over an office, as the open window would, and answers with the person at it. */
export function show(element: ReactElement, office: FakeBridge) {
  window.valise = office.bridge;
  useWindow.setState({ vault: VAULT, route: { screen: 'packages' }, trail: [], version: 0 });
  office.bridge.ledger.onAppended(() => {
    useWindow.getState().changed();
  });
  const i18n = startI18n('en');
  const shown = render(element, {
    wrapper: ({ children }) => (
      <I18nextProvider i18n={i18n}>
        <I18nProvider locale="en-GB">{children}</I18nProvider>
      </I18nextProvider>
    ),
  });
  return { ...shown, person: userEvent.setup({ pointerEventsCheck: 0 }), screen };
}

/** The inputs of every call of that name, in order. */
export function asked(office: FakeBridge, name: string): readonly unknown[] {
  return office.made.filter((call) => call.name === name).map(({ input }) => input);
}

/** Writes a text into a field at once, after what is there. */
export async function write(person: UserEvent, field: HTMLElement, text: string): Promise<void> {
  await person.click(field);
  await person.paste(text);
}
