import { cleanup, fireEvent, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HistoryScreen } from '../../../../renderer/features/history/index.ts';
import { useWindow } from '../../../../renderer/store/create-store.ts';
import { SENT } from '../packages/office.ts';
import { asked, show, standInForLayout } from '../packages/screen.tsx';
import { historyOffice } from './office.ts';

vi.setConfig({ testTimeout: 60_000 });
const PATIENT = { timeout: 10_000 };

beforeEach(() => {
  standInForLayout();
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const STATUS = {
  size: 5,
  origin: 'valise/x',
  root: '',
  head: '',
  state: 'verified',
  verified: { entries: 3, at: '2026-11-23T10:00:00Z' },
} as const;

test('the proof of each entry is what is known of it', async () => {
  const { screen } = show(<HistoryScreen />, historyOffice());
  useWindow.setState({ ledger: STATUS });
  await screen.findByText('The vault was locked', {}, PATIENT);
  const rows = [...document.querySelectorAll('.v-grid-line')].map((row) => row.textContent);
  expect(rows[0]).toContain('Not verified yet');
  expect(rows[1]).toContain('Receipt, not verified yet');
  expect(rows[2]).toContain('Receipt, verified');
  expect(rows[4]).toContain('Verified');
});

test('what the list is narrowed to stands as tags, and can be taken away', async () => {
  const office = historyOffice();
  const { screen, person } = show(<HistoryScreen package={SENT} />, office);
  await screen.findByText('Package: Customer records', {}, PATIENT);
  expect(asked(office, 'ledger.count')).toContainEqual({ filter: { package: SENT } });
  expect(screen.queryByText('The vault was locked')).toBeNull();
  await person.click(screen.getByRole('button', { name: 'Clear' }));
  await screen.findByText('The vault was locked', {}, PATIENT);
  expect(asked(office, 'ledger.count')).toContainEqual({ filter: {} });
});

test('more filters are there when asked for, and go to the office', async () => {
  const office = historyOffice();
  const { screen, person } = show(<HistoryScreen />, office);
  expect(screen.queryByLabelText('Country')).toBeNull();
  await person.click(await screen.findByRole('button', { name: 'More filters' }, PATIENT));
  await person.type(screen.getByRole('combobox', { name: 'Country' }), 'Senegal');
  await person.click(await screen.findByRole('option', { name: 'Senegal' }, PATIENT));
  await screen.findByText('Country: Senegal', {}, PATIENT);
  await waitFor(() => {
    expect(asked(office, 'ledger.count')).toContainEqual({ filter: { country: 'SN' } });
  }, PATIENT);
});

test('an entry is copied as text by keys, and the search is a key away', async () => {
  const office = historyOffice();
  const { screen, person } = show(<HistoryScreen />, office);
  await screen.findByText('The vault was locked', {}, PATIENT);
  const grid = screen.getByRole('grid');
  grid.focus();
  fireEvent.keyDown(grid, { key: 'c', ctrlKey: true });
  expect(asked(office, 'app.copy')).toEqual([]);
  fireEvent.keyDown(grid, { key: 'ArrowDown' });
  fireEvent.keyDown(grid, { key: 'c', ctrlKey: true });
  await waitFor(() => {
    expect(asked(office, 'app.copy')).toHaveLength(1);
  }, PATIENT);
  const [copied] = asked(office, 'app.copy') as { text: string }[];
  expect(copied?.text.split('\t')).toEqual([
    '4',
    expect.stringContaining('24 November 2026'),
    'The vault was locked',
    'Claire Fontaine',
  ]);
  await person.keyboard('/');
  expect(document.activeElement?.getAttribute('type')).toBe('search');
});
