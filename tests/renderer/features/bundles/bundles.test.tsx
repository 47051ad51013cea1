import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nProvider } from 'react-aria-components';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Contract } from '../../../../preload/contract/index.ts';
import type { ValueOf } from '../../../../preload/contract/kinds.ts';
import { REASONS } from '../../../../main/domain/ledger/reconcile-reasons.ts';
import { CheckEvidence } from '../../../../renderer/features/bundles/index.ts';
import { startI18n } from '../../../../renderer/i18n.ts';
import { useWindow } from '../../../../renderer/store/create-store.ts';
import { fakeBridge, FakeFailure, type FakeCalls } from '../../../fakes/bridge.ts';

type Bundle = ValueOf<Contract['bundles']['open']>;
type Pair = ValueOf<Contract['bundles']['pairs']>['pairs'][number];

const AMINA = 'F8D67941177D10CE939152D378C90E40748B6E08';
const BRUNO = '07E0939E090D6D05FE8C34E0C622CFDA1A5FD0DA';
const PACKAGE = '0192aa4e-7b1c-7d2e-8f3a-1b2c3d4e5f70';
const digest = (sign: string) => sign.repeat(64);

const sound = (id: string, fingerprint: string, name: string): Bundle => ({
  id,
  name,
  state: 'sound',
  scope: 'whole',
  redacted: false,
  entries: 38,
  size: 38,
  origin: `valise/${digest('a')}`,
  root: digest('b'),
  head: digest('c'),
  by: { fingerprint, name },
  at: '2026-11-23T12:00:00Z',
  signer: { fingerprint, name },
  confirmed: 0,
  problems: [],
  unchecked: [],
  notes: [],
});
const A = sound('0192aa4e-7b1c-7d2e-8f3a-1b2c3d4e5f01', AMINA, 'Amina Diallo');
const B = sound('0192aa4e-7b1c-7d2e-8f3a-1b2c3d4e5f02', BRUNO, 'Bruno Keller');
const BROKEN: Bundle = {
  ...A,
  state: 'failed',
  problems: [
    { place: 'entry 17', code: 'prev-mismatch', message: 'It does not continue.', seq: 17 },
  ],
};

const PAIR: Pair = {
  package: PACKAGE,
  recipient: { fingerprint: BRUNO, name: 'Bruno Keller' },
  sender: 'a',
  state: 'differs',
  a: { sealedAt: '2026-11-20T10:00:00Z', sentAt: '2026-11-20T11:00:00Z', outcomes: [] },
  b: {
    arrivedAt: '2026-11-20T09:00:00Z',
    outcomes: [{ kind: 'accepted', at: '2026-11-21T09:00:00Z' }],
  },
  differences: [
    {
      code: 'impossible-times',
      reason: 'arrived-before-sealed',
      params: { arrivedAt: '2026-11-20T09:00:00Z', sealedAt: '2026-11-20T10:00:00Z' },
      text: 'said by the office',
    },
  ],
};

let picks = 0;
function show(bundles: FakeCalls['bundles'], opened: readonly Bundle[]) {
  picks = 0;
  const office = fakeBridge({
    files: {
      pick: () => [
        {
          token: { id: String(picks).padStart(32, '0'), use: 'bundle' },
          name: 'x',
          kind: 'folder',
        },
      ],
    },
    bundles: {
      open: () => opened[picks++] ?? A,
      close: () => ({}),
      count: () => ({ count: 0 }),
      page: () => ({ rows: [] }),
      ...bundles,
    },
  });
  window.valise = office.bridge;
  render(
    <I18nextProvider i18n={startI18n('en')}>
      <I18nProvider locale="en-GB">
        <CheckEvidence />
      </I18nProvider>
    </I18nextProvider>,
  );
  return office;
}
const choose = async () => {
  const [button] = await screen.findAllByRole('button', { name: 'Choose a folder' });
  await userEvent.click(button!);
};
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
  useWindow.setState({ vault: { state: 'none' } });
});
afterEach(cleanup);

test('a sound bundle is not good until the person brings the fingerprint', async () => {
  const office = show(
    {
      trust: ({ fingerprint }) => {
        if (fingerprint.replaceAll(' ', '') === AMINA)
          return { ...A, confirmed: 38, confirmedBy: A.signer };
        throw new FakeFailure({ code: 'signer-other', message: 'No checkpoint is signed by it.' });
      },
    },
    [A],
  );
  await choose();
  await screen.findByText(/the signer is NOT confirmed/);
  const field = screen.getByLabelText('The fingerprint that you know');
  expect((field as HTMLInputElement).value).toBe('');
  await userEvent.type(field, BRUNO);
  await userEvent.click(screen.getByRole('button', { name: 'Confirm the signer' }));
  expect((await screen.findByRole('alert')).textContent).toContain('No checkpoint');
  await userEvent.clear(field);
  await userEvent.type(field, AMINA);
  await userEvent.click(screen.getByRole('button', { name: 'Confirm the signer' }));
  await screen.findByText(/Signed by Amina Diallo, whose fingerprint you know/);
  expect(screen.queryByLabelText('The fingerprint that you know')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Close this bundle' }));
  expect(office.made.filter(({ name }) => name === 'bundles.close')).toHaveLength(1);
});

test('a broken bundle names the place, shows no entry and asks for no fingerprint', async () => {
  const office = show({}, [BROKEN]);
  await choose();
  await screen.findByText(/one place in it is wrong/);
  expect(screen.getByText('entry 17')).toBeTruthy();
  expect(screen.queryByLabelText('The fingerprint that you know')).toBeNull();
  expect(office.made.some(({ name }) => name === 'bundles.page')).toBe(false);
});

test('a key that signed a part of it vouches for no more', async () => {
  show({ trust: () => ({ ...A, confirmed: 20, confirmedBy: B.signer }) }, [A]);
  await choose();
  await userEvent.type(await screen.findByLabelText('The fingerprint that you know'), BRUNO);
  await userEvent.click(screen.getByRole('button', { name: 'Confirm the signer' }));
  await screen.findByText(/signed it up to entry 19\. From there on it is signed by Amina Diallo/);
});

test('two bundles that disagree say so, whoever signed them', async () => {
  const totals = { equal: 3, pending: 1, 'only-in-a': 0, 'only-in-b': 0, differs: 1 };
  const office = show({ compare: () => ({ totals }), pairs: () => ({ count: 1, pairs: [PAIR] }) }, [
    A,
    B,
  ]);
  await userEvent.click(screen.getByRole('tab', { name: 'Compare two' }));
  await choose();
  await screen.findByRole('heading', { name: 'Amina Diallo' });
  await choose();
  const sentence = await screen.findByText(/The two ledgers disagree on one of 5 packages/);
  expect(sentence.textContent).toContain('One is still under way');
  expect(sentence.textContent).toContain('Not both signers are confirmed');
  const compared = office.made.find(({ name }) => name === 'bundles.compare');
  expect(compared?.input).toEqual({ a: A.id, b: B.id });
});

test('a bundle that is not in order is compared with nothing', async () => {
  const office = show({}, [BROKEN, B]);
  await userEvent.click(screen.getByRole('tab', { name: 'Compare two' }));
  await choose();
  await screen.findByText(/one place in it is wrong/);
  await choose();
  await screen.findByText(/the two are not compared/);
  expect(office.made.some(({ name }) => name === 'bundles.compare')).toBe(false);
});

test('every reason and every code has its own words', () => {
  const { t, exists } = startI18n('en');
  for (const reason of Object.keys(REASONS))
    expect(exists(`reason.${reason}`, { ns: 'bundles' }), reason).toBe(true);
  for (const [reason, text] of Object.entries(REASONS)) {
    const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const values = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
    const shown = t(`reason.${reason}` as never, { ns: 'bundles', ...values });
    for (const name of names) expect(shown).toContain(`<${name}>`);
  }
  expect(within(document.body).queryByText('reason.')).toBeNull();
});
