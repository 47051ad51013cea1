import { cleanup, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ArrivalSentence, PackagesScreen } from '../../../../renderer/features/packages/index.ts';
import { useWindow } from '../../../../renderer/store/create-store.ts';
import { FakeFailure } from '../../../fakes/bridge.ts';
import {
  CONTACTS,
  DRAFT,
  draftPackage,
  fakeOffice,
  RECEIVED,
  receivedPackage,
  SENT,
} from './office.ts';
import { asked, show, standInForLayout, write } from './screen.tsx';

beforeEach(standInForLayout);
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('the list finds by person and opens a draft where it is written', async () => {
  const office = fakeOffice();
  const { screen, person } = show(<PackagesScreen />, office);
  expect(await screen.findByText('4 packages')).toBeDefined();
  await write(person, screen.getByRole('searchbox'), 'ines');
  expect(await screen.findByText('2 packages')).toBeDefined();
  await person.click(
    screen.getByRole('button', { name: 'Customer records, returned to their controller' }),
  );
  expect(useWindow.getState().route).toEqual({ screen: 'compose', id: DRAFT });
});

test('an empty list says what packages are and begins the first', async () => {
  const office = fakeOffice([]);
  const { screen, person } = show(<PackagesScreen />, office);
  expect(await screen.findByText('No packages yet')).toBeDefined();
  await person.click(screen.getByRole('button', { name: 'New package' }));
  const dialog = await screen.findByRole('dialog', { name: 'New package' });
  await person.click(await within(dialog).findByRole('radio', { name: 'A new one' }));
  expect(within(dialog).getByText('Give the case a reference first.')).toBeDefined();
  await write(person, within(dialog).getByRole('textbox', { name: /Reference/u }), 'SN-2026-30');
  await write(person, within(dialog).getByRole('textbox', { name: /^Title/u }), 'Stolen mail');
  await write(
    person,
    within(dialog).getByRole('textbox', { name: /The other side/u }),
    'FR; Keller SA, Paris',
  );
  await person.click(within(dialog).getByRole('button', { name: 'Begin the draft' }));
  await waitFor(() =>
    expect(useWindow.getState().route).toMatchObject({ screen: 'compose', id: DRAFT }),
  );
  expect(asked(office, 'cases.open')).toEqual([
    { reference: 'SN-2026-30', title: 'Stolen mail', counterpart: ['FR', 'Keller SA, Paris'] },
  ]);
  expect(asked(office, 'packages.make')).toEqual([{ case: 'SN-2026-30', files: [] }]);
});

test('a case that was opened is not opened again when the draft fails', async () => {
  let fails = true;
  const office = fakeOffice([], {
    cases: { list: () => [], open: (form) => ({ ...opened, ...form }) },
    packages: {
      make: () => {
        if (fails) throw new FakeFailure({ code: 'no-words', message: 'The disk is full.' });
        return { package: draftPackage(), survey: { added: [], renamed: [], leftOut: [] } };
      },
    },
  });
  const opened = {
    id: DRAFT,
    state: 'open' as const,
    openedAt: '2026-11-23T09:00:00Z',
    packages: [],
  };
  const { screen, person } = show(<PackagesScreen />, office);
  await person.click(await screen.findByRole('button', { name: 'New package' }));
  await write(person, await screen.findByRole('textbox', { name: /Reference/u }), 'SN-2026-30');
  await write(person, screen.getByRole('textbox', { name: /^Title/u }), 'Stolen mail');
  await person.click(screen.getByRole('button', { name: 'Begin the draft' }));
  expect(await screen.findByText('The disk is full.')).toBeDefined();
  fails = false;
  await person.click(screen.getByRole('button', { name: 'Begin the draft' }));
  await waitFor(() => expect(asked(office, 'packages.make')).toHaveLength(2));
  expect(asked(office, 'cases.open')).toHaveLength(1);
});

test('a sent package says what each recipient said and how far it is proved', async () => {
  const office = fakeOffice();
  const { screen } = show(<PackagesScreen id={SENT} />, office);
  const table = await screen.findByRole('grid', { name: 'Recipients' });
  expect(within(table).getByText('proved by their signed receipt')).toBeDefined();
  expect(within(table).getByText('recorded by us, not signed by them')).toBeDefined();
  expect(
    screen.getByText(
      '1 sent, 1 accepted and 1 rejected. The package counts as the one that is least far.',
    ),
  ).toBeDefined();
  const custody = await screen.findByRole('region', { name: /Custody of/u });
  await waitFor(() => expect(within(custody).getAllByRole('listitem')).toHaveLength(6));
  expect(within(custody).getByText('Receipt of delivery')).toBeDefined();
});

test('rejecting asks for a coded reason and sends it with the words', async () => {
  const office = fakeOffice();
  const { screen, person } = show(<PackagesScreen id={RECEIVED} />, office);
  await person.click(await screen.findByRole('button', { name: 'Reject' }));
  const dialog = await screen.findByRole('dialog', { name: 'Reject this package' });
  expect(within(dialog).getByText('Choose a reason first.')).toBeDefined();
  await write(person, within(dialog).getByRole('combobox', { name: /Reason/u }), 'more-than');
  await person.keyboard('{ArrowDown}{Enter}{Tab}');
  await write(
    person,
    within(dialog).getByRole('textbox', { name: /own words/u }),
    'Three columns.',
  );
  await person.click(within(dialog).getByRole('button', { name: 'Reject' }));
  await waitFor(() =>
    expect(asked(office, 'packages.reject')).toEqual([
      { id: RECEIVED, reason: 'more-than-needed', note: 'Three columns.' },
    ]),
  );
});

test('destroying says what software cannot promise, and waits for an answer', async () => {
  const office = fakeOffice();
  const { screen, person } = show(<PackagesScreen id={RECEIVED} />, office);
  await person.click(await screen.findByRole('button', { name: 'More' }));
  await person.click(await screen.findByRole('menuitem', { name: 'Destroy' }));
  const dialog = await screen.findByRole('alertdialog', { name: 'Destroy this package' });
  expect(within(dialog).getByText(/Software cannot promise/u)).toBeDefined();
  await person.keyboard('{Escape}');
  expect(screen.getByRole('alertdialog')).toBe(dialog);
  await person.click(within(dialog).getByRole('button', { name: 'Not now' }));
  expect(asked(office, 'packages.destroy')).toEqual([]);
});

test('writing the files out goes into the folder that was picked', async () => {
  const office = fakeOffice();
  const { screen, person } = show(<PackagesScreen id={RECEIVED} />, office);
  await person.click(await screen.findByRole('button', { name: 'Write the files out' }));
  const dialog = await screen.findByRole('dialog');
  await person.click(within(dialog).getByRole('button', { name: 'Choose a folder' }));
  await within(dialog).findByText('stick');
  await person.click(within(dialog).getByRole('button', { name: 'Write them out' }));
  await waitFor(() =>
    expect(asked(office, 'packages.extract')).toMatchObject([
      { id: RECEIVED, out: { use: 'out' } },
    ]),
  );
});

test.each([
  ['compared', CONTACTS[2]!, 'Good', /You compared the fingerprint by video call on 3 May 2026\./u],
  [
    'not compared',
    (({ verification: _none, ...rest }) => rest)(CONTACTS[2]!),
    'Warning',
    /Nobody here has compared this fingerprint yet\./u,
  ],
  [
    'in conflict',
    { ...CONTACTS[2]!, conflictsWith: CONTACTS[0]!.fingerprint },
    'Problem',
    /Two keys claim this address/u,
  ],
])('the sentence of trust of a sender who is %s', async (_what, contact, tone, sentence) => {
  const office = fakeOffice(undefined, { contacts: { show: () => contact } });
  const { screen } = show(<ArrivalSentence package={receivedPackage} />, office);
  expect(await screen.findByText(sentence)).toBeDefined();
  expect(screen.getByRole('img', { name: tone })).toBeDefined();
  expect(screen.getByText(/All 3 files are as they were sealed\./u)).toBeDefined();
});

test('a sender whose ledger contradicts itself is a problem, whatever else is good', async () => {
  const office = fakeOffice();
  const forked = {
    ...receivedPackage,
    arrival: { ...receivedPackage.arrival!, witnessed: 'inconsistent' as const },
  };
  const { screen } = show(<ArrivalSentence package={forked} />, office);
  expect(await screen.findByRole('img', { name: 'Problem' })).toBeDefined();
  expect(screen.getByText(/Contradicts what we saw the last time/u)).toBeDefined();
});

test('a warning that nobody here has words for is shown with its code', async () => {
  const office = fakeOffice();
  const warned = {
    ...receivedPackage,
    arrival: { ...receivedPackage.arrival!, warnings: ['brand-new'] },
  };
  const { screen, person } = show(<ArrivalSentence package={warned} />, office);
  await person.click(await screen.findByRole('button', { name: 'The facts behind it' }));
  expect(screen.getByText(/no words for: brand-new/u)).toBeDefined();
});
