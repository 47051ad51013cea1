import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nProvider } from 'react-aria-components';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ContactsScreen } from '../../../../renderer/features/contacts/index.ts';
import { startI18n } from '../../../../renderer/i18n.ts';
import { useWindow } from '../../../../renderer/store/create-store.ts';
import { inboxOffice, people, STRANGER } from '../inbox/office.ts';
import { AMINA, INES, VAULT } from '../packages/office.ts';

function show(fingerprint?: string, office = inboxOffice()) {
  window.valise = office.bridge;
  render(
    <I18nextProvider i18n={startI18n('en')}>
      <I18nProvider locale="en-GB">
        <ContactsScreen fingerprint={fingerprint} />
      </I18nProvider>
    </I18nextProvider>,
  );
  return office;
}

const asked = (office: ReturnType<typeof inboxOffice>, name: string) =>
  office.made.find((call) => call.name === name)?.input;

/** The machine may be slow. */
vi.setConfig({ testTimeout: 60_000 });
/** jsdom has no CSS object; dialogs ask it for this much. */
Object.assign(globalThis, { CSS: { escape: (text: string) => text, supports: () => false } });

/** Nor can it measure. */
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);

beforeEach(() => {
  useWindow.setState({ vault: VAULT, route: { screen: 'contacts' } });
});
afterEach(cleanup);

test('what blocks is listed, and a comparison is recorded with how it was made', async () => {
  const office = show(INES);
  await screen.findByText('Nobody has compared the fingerprint of Ines Roth yet.');
  await userEvent.click(screen.getByText('They match'));
  const dialog = await screen.findByRole('dialog', { name: 'Record the comparison' });
  expect(within(dialog).getByText('Say how you compared it.')).toBeTruthy();
  await userEvent.click(within(dialog).getByText('By video call'));
  await userEvent.click(within(dialog).getByText('Record it'));
  await waitFor(() => {
    expect(asked(office, 'contacts.verify')).toEqual({ fingerprint: INES, method: 'video' });
  });
});

test('a fingerprint that differs leads to a block with its reason', async () => {
  const office = show(INES);
  await userEvent.click(await screen.findByRole('button', { name: "They don't match" }));
  const dialog = await screen.findByRole('dialog', { name: 'The fingerprints differ' });
  await userEvent.click(within(dialog).getByText('Block this key'));
  await waitFor(() => {
    expect(asked(office, 'contacts.block')).toEqual({
      fingerprint: INES,
      reason: 'The fingerprint was compared with its owner and differs.',
    });
  });
});

test('a conflict is settled for the old key unless said otherwise, and never without a note', async () => {
  const office = show(AMINA);
  expect(await screen.findByText('The key that you had first')).toBeTruthy();
  expect(screen.getByText('The key that came later')).toBeTruthy();
  expect(screen.getByText('Say how you know.')).toBeTruthy();
  await userEvent.click(screen.getByLabelText('How you know'));
  await userEvent.paste('She told me');
  await userEvent.click(screen.getByText('Settle it'));
  await waitFor(() => {
    expect(asked(office, 'contacts.settle')).toEqual({
      fingerprint: AMINA,
      keep: 'old',
      note: 'She told me',
    });
  });
});

test('a key that nobody has leads to its certificate, which is shown before it is added', async () => {
  const office = show(STRANGER);
  await userEvent.click(await screen.findByRole('button', { name: 'Add their certificate' }));
  const dialog = await screen.findByRole('dialog', { name: 'Add a contact' });
  await userEvent.click(within(dialog).getByRole('textbox', { name: /paste its text/ }));
  await userEvent.paste('-----BEGIN PGP PUBLIC KEY BLOCK-----');
  await userEvent.click(within(dialog).getByText('Read it'));
  await within(dialog).findByText('Farid Rahimi <farid@example.org>', { selector: 'li' });
  expect(within(dialog).getByText(/RSA with 2048 bits is accepted, but weak/)).toBeTruthy();
  expect(asked(office, 'contacts.add')).toBeUndefined();
  await userEvent.click(within(dialog).getByText('Add this contact'));
  await waitFor(() => {
    expect(asked(office, 'contacts.add')).toEqual({
      text: '-----BEGIN PGP PUBLIC KEY BLOCK-----',
      name: 'Farid Rahimi',
    });
  });
});

test('a certificate is looked up at the domain of an address, and shown before it is added', async () => {
  const office = show(STRANGER);
  await userEvent.click(await screen.findByRole('button', { name: 'Add their certificate' }));
  const dialog = await screen.findByRole('dialog', { name: 'Add a contact' });
  await userEvent.type(
    within(dialog).getByRole('textbox', { name: 'Or look it up by their e-mail address' }),
    'bea@office.example',
  );
  await userEvent.click(within(dialog).getByRole('button', { name: 'Look it up' }));
  await within(dialog).findByText(/Found at openpgpkey\.office\.example\. Nobody has compared/);
  expect(asked(office, 'contacts.find')).toEqual({ address: 'bea@office.example' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add this contact' }));
  await waitFor(() => {
    expect(asked(office, 'contacts.add')).toMatchObject({
      text: 'an armored certificate',
      via: 'wkd',
    });
  });
});

test('newer certificates are asked for, and only what is new is said', async () => {
  const office = show();
  const part = within(await screen.findByRole('region', { name: 'Newer certificates' }));
  await userEvent.click(part.getByRole('button', { name: 'Ask now' }));
  await part.findByText(`Ines Roth has revoked the key. Nothing is sealed to it any more.`);
  expect(part.getAllByRole('listitem')).toHaveLength(1);
  await userEvent.click(part.getByText('Ask once a day while the vault is open'));
  await waitFor(() => {
    expect(asked(office, 'contacts.setRenewals')).toEqual({ isDaily: true });
  });
});

test('a ledger that is not what was seen of it stands above all, until it is decided about', async () => {
  const [amina, ...others] = people();
  if (amina === undefined) throw new Error('nobody is there');
  const at = '2026-11-20T10:00:00Z';
  const ledgerAlarm = {
    kind: 'rollback' as const,
    at,
    known: { size: 41, at },
    seen: { size: 17, at },
    canComplain: true,
  };
  const office = show(
    amina.fingerprint,
    inboxOffice({ contacts: [{ ...amina, ledgerAlarm }, ...others] }),
  );
  const alarm = await screen.findByRole('alert');
  expect(alarm.textContent).toContain(`The ledger of ${amina.name} went back`);
  expect(alarm.textContent).toContain('41');
  await userEvent.click(within(alarm).getByText('Complain, with both signatures'));
  await waitFor(() => {
    expect(asked(office, 'contacts.complain')).toEqual({ fingerprint: amina.fingerprint });
  });
  await userEvent.click(within(alarm).getByText('Acknowledge it'));
  const dialog = await screen.findByRole('dialog', { name: 'Acknowledge it' });
  await userEvent.type(within(dialog).getByRole('textbox'), 'An old copy was opened by mistake.');
  await userEvent.click(within(dialog).getByText('Acknowledge'));
  await waitFor(() => {
    expect(asked(office, 'contacts.acknowledge')).toEqual({
      fingerprint: amina.fingerprint,
      reason: 'An old copy was opened by mistake.',
    });
  });
});
