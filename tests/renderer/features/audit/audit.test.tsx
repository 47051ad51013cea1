import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nProvider } from 'react-aria-components';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Frame } from '../../../../renderer/features/shell/index.ts';
import { startI18n } from '../../../../renderer/i18n.ts';
import { homeOf, roomsOf } from '../../../../renderer/routes.ts';
import { useWindow } from '../../../../renderer/store/create-store.ts';
import { fakeBridge, type FakeCalls } from '../../../fakes/bridge.ts';
import { VAULT } from '../packages/office.ts';

const AUDITOR = {
  ...VAULT,
  member: { ...VAULT.member, name: 'Jean Moreau', role: 'auditor' },
} as const;
const FINGERPRINT = VAULT.member.fingerprint;
const item = (seq: number, draw: number) => ({
  seq,
  at: '2026-11-23T12:00:00Z',
  type: 'unlocked',
  actor: { fingerprint: FINGERPRINT, role: 'officer' as const, name: 'Claire Ndiaye' },
  subject: {},
  detail: {},
  draw,
  rank: String(draw).repeat(64),
});

function show(calls: FakeCalls = {}) {
  const office = fakeBridge({
    ledger: { count: () => ({ count: 0 }), page: () => ({ rows: [] }), anchors: () => [] },
    ...calls,
  });
  window.valise = office.bridge;
  render(
    <I18nextProvider i18n={startI18n('en')}>
      <I18nProvider locale="en-GB">
        <Frame />
      </I18nProvider>
    </I18nextProvider>,
  );
  return office;
}
const rooms = () =>
  screen
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent)
    .slice(0, 8);
vi.setConfig({ testTimeout: 60_000 });
Object.assign(globalThis, { CSS: { escape: (text: string) => text, supports: () => false } });
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);

beforeEach(() => {
  useWindow.setState({ vault: undefined, sample: undefined });
});
afterEach(cleanup);

test('whoever opens a vault begins in a room of their own', () => {
  const { setVault, back } = useWindow.getState();
  setVault(AUDITOR);
  expect(useWindow.getState().route).toEqual({ screen: 'history' });
  back();
  expect(useWindow.getState().route).toEqual({ screen: 'history' });
  setVault({ state: 'locked', folder: 'x', reason: 'asked' });
  setVault(VAULT);
  expect(useWindow.getState().route).toEqual({ screen: 'overview' });
  for (const role of ['officer', 'approver', 'auditor'] as const)
    expect(roomsOf(role)).toContain(homeOf(role).screen);
});

test('an auditor has no room with content, and is not asked about any', async () => {
  useWindow.getState().setVault(AUDITOR);
  const office = show();
  await waitFor(() => {
    expect(rooms()).toEqual([
      ...['History', 'Verify', 'Reports', 'Sample', 'Findings', 'Compare', 'Evidence', 'Settings'],
    ]);
  });
  for (const area of ['overview', 'inbox', 'packages', 'contacts', 'cases'])
    expect(office.made.some(({ name }) => name.startsWith(`${area}.`))).toBe(false);
});

test('a sample is drawn at the size that it says, and remembers what was looked at', async () => {
  useWindow.getState().setVault(AUDITOR);
  useWindow.getState().go({ screen: 'sample' });
  const office = show({
    audit: {
      sample: ({ seed, count }) => ({
        seed,
        count,
        size: 41,
        root: 'a'.repeat(64),
        among: 41,
        items: [item(7, 1), item(3, 2)],
      }),
      notes: () => [],
      saveSample: () => ({ name: 'x.csv', written: { id: '0'.repeat(32), use: 'written' } }),
    },
    files: {
      pick: () => [{ token: { id: '1'.repeat(32), use: 'out' }, name: 'out', kind: 'folder' }],
    },
  });
  await userEvent.type(await screen.findByLabelText('Seed'), 'dice 4 6');
  await userEvent.click(screen.getByRole('button', { name: 'Draw' }));
  await screen.findByText(/2 of 41 entries, drawn by the seed dice 4 6/);
  await screen.findByText(/Looked at 0 of 2/);
  const state = useWindow.getState();
  expect(state.sample?.asked).toEqual({ seed: 'dice 4 6', count: 20, size: 41 });
  if (state.sample) state.setSample({ ...state.sample, looked: new Set([7]) });
  await screen.findByText(/Looked at 1 of 2/);
  await userEvent.click(screen.getByRole('button', { name: 'Save as CSV' }));
  await waitFor(() => {
    const saved = office.made.find(({ name }) => name === 'audit.saveSample');
    expect(saved?.input).toMatchObject({ seed: 'dice 4 6', count: 20, size: 41, format: 'csv' });
  });
});

test('a finding says before it is signed that it stays', async () => {
  useWindow.getState().setVault(AUDITOR);
  useWindow.getState().go({ screen: 'findings' });
  const finding = {
    seq: 42,
    entry: 7,
    at: '2026-11-23T12:00:00Z',
    text: 'The approval is missing.',
    by: { fingerprint: FINGERPRINT, role: 'auditor' as const, name: 'Jean Moreau' },
  };
  const office = show({ audit: { notes: () => [], note: () => finding } });
  const [first] = await screen.findAllByRole('button', { name: 'Note a finding' });
  await userEvent.click(first!);
  await screen.findByText(/stays in the ledger for good/);
  const sign = screen.getByRole('button', { name: /Sign the finding/ });
  await userEvent.click(sign);
  expect(office.made.some(({ name }) => name === 'audit.note')).toBe(false);
  await userEvent.type(screen.getByRole('textbox', { name: /Entry that it is about/ }), '7');
  await userEvent.tab();
  await userEvent.type(screen.getByLabelText('What you found'), 'The approval is missing.');
  await userEvent.click(screen.getByRole('button', { name: /Sign the finding/ }));
  await waitFor(() => {
    expect(office.made.find(({ name }) => name === 'audit.note')?.input).toEqual({
      entry: 7,
      text: 'The approval is missing.',
    });
  });
});
