import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nProvider } from 'react-aria-components';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { InboxScreen } from '../../../../renderer/features/inbox/index.ts';
import { startI18n } from '../../../../renderer/i18n.ts';
import { useWindow } from '../../../../renderer/store/create-store.ts';
import { RECEIVED, VAULT } from '../packages/office.ts';
import { DAMAGED, inboxOffice, receiptWaits, STRANGER, UNKNOWN_SIGNER } from './office.ts';

function show(office: ReturnType<typeof inboxOffice>, id?: string) {
  window.valise = office.bridge;
  render(
    <I18nextProvider i18n={startI18n('en')}>
      <I18nProvider locale="en-GB">
        <InboxScreen id={id} />
      </I18nProvider>
    </I18nextProvider>,
  );
}

/** The machine may be slow. */
vi.setConfig({ testTimeout: 60_000 });
/** jsdom has no CSS object; dialogs ask it for this much. */
Object.assign(globalThis, { CSS: { escape: (text: string) => text, supports: () => false } });

beforeEach(() => {
  useWindow.setState({ vault: VAULT, route: { screen: 'inbox' } });
});
afterEach(cleanup);

test('an unknown signer is told in words, and leads to the contact that is missing', async () => {
  show(inboxOffice(), UNKNOWN_SIGNER);
  const note = await screen.findByRole('alert');
  expect(note.textContent).toContain('It is signed with a key that no contact here has.');
  await userEvent.click(within(note).getByRole('button', { name: 'Import their certificate' }));
  expect(useWindow.getState().route).toEqual({ screen: 'contacts', fingerprint: STRANGER });
});

test('what trying again cannot mend is not offered again', async () => {
  show(inboxOffice(), DAMAGED);
  await screen.findByRole('alert');
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  expect(screen.getByText(/Trying again cannot change this/)).toBeTruthy();
});

test('a package that holds begins with its sentence of trust', async () => {
  show(inboxOffice(), RECEIVED);
  const title = await screen.findByRole('heading', {
    level: 2,
    name: 'Customer records, returned to their controller',
  });
  const sentence = await screen.findByText(/Signed by/);
  expect(sentence.textContent).toContain('Amina Diallo');
  expect(
    sentence.compareDocumentPosition(title) & Node.DOCUMENT_POSITION_FOLLOWING,
  ).toBeGreaterThan(0);
  expect(screen.getByRole('button', { name: 'Reject' })).toBeTruthy();
});

test('a receipt that waits is said, and sent when asked', async () => {
  const office = inboxOffice({ queue: [receiptWaits] });
  show(office, RECEIVED);
  await screen.findByText('A signed receipt waits to be sent');
  await userEvent.click(screen.getByText('Send it now'));
  await waitFor(() => {
    expect(office.made.some(({ name }) => name === 'exchange.run')).toBe(true);
  });
});

test('fetching without a channel asks for a folder first', async () => {
  const office = inboxOffice({ items: [], hasChannel: false });
  show(office);
  await screen.findByText('Nothing has come in yet');
  await waitFor(() => {
    expect(office.made.some(({ name }) => name === 'exchange.channels')).toBe(true);
  });
  await userEvent.click(screen.getByRole('button', { name: 'Fetch now' }));
  expect(await screen.findByText('Add a channel')).toBeTruthy();
  expect(screen.getByText('Choose the folder.')).toBeTruthy();
  expect(office.made.some(({ name }) => name === 'exchange.run')).toBe(false);
});

test('the list names people, and choosing a line opens it', async () => {
  show(inboxOffice());
  const grid = await screen.findByRole('grid', { name: 'What came in' });
  await userEvent.click(await within(grid).findByText('Amina Diallo'));
  expect(useWindow.getState().route).toEqual({ screen: 'inbox', id: RECEIVED });
});

test('what is exchanged without anybody having asked has its bar while it is under way', async () => {
  const office = inboxOffice();
  show(office);
  await screen.findByRole('heading', { name: 'Inbox' });
  office.emit('exchange.moved', { work: { done: 1_000_000, total: 4_000_000 } });
  const bar = await screen.findByRole('progressbar', { name: 'Valise is exchanging by itself' });
  expect(bar.getAttribute('aria-valuenow')).toBe('1000000');
  office.emit('exchange.moved', {});
  await waitFor(() => {
    expect(screen.queryByRole('progressbar')).toBeNull();
  });
});
