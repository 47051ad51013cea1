import { cleanup, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ComposeScreen } from '../../../../renderer/features/compose/index.ts';
import type { ComposeStep } from '../../../../renderer/routes.ts';
import { useWindow } from '../../../../renderer/store/create-store.ts';
import { FakeFailure } from '../../../fakes/bridge.ts';
import {
  BRUNO,
  DRAFT,
  draftPackage,
  fakeOffice,
  INES,
  RELEASE,
  sealedPackage,
} from '../packages/office.ts';
import { asked, show, standInForLayout, write } from '../packages/screen.tsx';

beforeEach(standInForLayout);
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const READY = draftPackage({
  draft: {
    ...RELEASE,
    recipients: [{ fingerprint: BRUNO }],
    assessment: {
      ...RELEASE.assessment,
      harmToIndividuals: { answer: 'met', evidence: 'Looked at addresses' },
      onwardTransfer: { answer: 'met', evidence: 'None' },
    },
  },
});
const compose = (step: ComposeStep) => <ComposeScreen id={DRAFT} step={step} />;

test('what blocks is listed, each line with the act that mends it', async () => {
  const office = fakeOffice();
  const { screen, person } = show(compose('check'), office);
  const line = (
    await screen.findByText(/Nobody has compared the fingerprint of Ines Roth/u)
  ).closest('li')!;
  expect(screen.getByText('3 things still block.')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Seal the package' })).toHaveProperty('disabled', true);
  await person.click(within(line).getByRole('button', { name: 'Compare now' }));
  expect(useWindow.getState().route).toEqual({ screen: 'contacts', fingerprint: INES });
});

test('the act beside an open question opens it, and its answer is saved by itself', async () => {
  const office = fakeOffice();
  const { screen, person } = show(compose('check'), office);
  const line = (await screen.findByText(/1 question of the assessment is open/u)).closest('li')!;
  await person.click(within(line).getByRole('button', { name: 'Answer' }));
  await person.click(screen.getByRole('radio', { name: 'met' }));
  await write(person, screen.getByRole('textbox', { name: /What it rests on/u }), 'None');
  expect(asked(office, 'packages.change')).toEqual([]);
  await waitFor(() => expect(asked(office, 'packages.change')).toHaveLength(1), { timeout: 4000 });
  expect(asked(office, 'packages.change')[0]).toMatchObject({
    id: DRAFT,
    release: { assessment: { onwardTransfer: { answer: 'met', evidence: 'None' } } },
  });
  await waitFor(() => expect(screen.getByText(/saved 11:13/u)).toBeDefined());
  expect(screen.queryByText(/1 question of the assessment is open/u)).toBeNull();
});

test('leaving a step saves at once', async () => {
  const office = fakeOffice();
  const { screen, person, rerender } = show(compose('why'), office);
  const purpose = await screen.findByRole('textbox', { name: /^Purpose/u });
  await write(person, purpose, ' Soon.');
  expect(screen.getByText(/not saved yet/u)).toBeDefined();
  rerender(compose('who'));
  await waitFor(() => expect(asked(office, 'packages.change')).toHaveLength(1));
  expect(asked(office, 'packages.change')[0]).toMatchObject({
    release: { purpose: 'To notify the people affected, and for nothing else. Soon.' },
  });
});

test('a save that fails says so, keeps what was typed, and can be tried again', async () => {
  let isFull = true;
  const office = fakeOffice(undefined, {
    packages: {
      change: ({ id, release }) => {
        if (isFull)
          throw new FakeFailure({ code: 'no-words', message: 'There is not enough space.' });
        return {
          package: draftPackage({ id, draft: release ?? {} }),
          survey: { added: [], renamed: [], leftOut: [] },
        };
      },
    },
  });
  const { screen, person, rerender } = show(compose('why'), office);
  await write(person, await screen.findByRole('textbox', { name: /^Purpose/u }), ' Soon.');
  rerender(compose('who'));
  expect(await screen.findByText('There is not enough space.')).toBeDefined();
  expect(screen.getByText(/the last change is not saved/u)).toBeDefined();
  rerender(compose('why'));
  expect(screen.getByRole('textbox', { name: /^Purpose/u })).toHaveProperty(
    'value',
    'To notify the people affected, and for nothing else. Soon.',
  );
  isFull = false;
  await person.click(screen.getByRole('button', { name: 'Save again' }));
  await waitFor(() => expect(screen.queryByText('There is not enough space.')).toBeNull());
});

test('files that are added are told of, also those that were renamed or left out', async () => {
  const office = fakeOffice();
  const { screen, person } = show(compose('what'), office);
  await person.click(await screen.findByRole('button', { name: 'Choose files' }));
  expect(await screen.findByText('CON .csv is now CON_.csv')).toBeDefined();
  expect(screen.getByText('empty: an empty folder. Packages carry files only.')).toBeDefined();
  await write(person, screen.getByRole('textbox', { name: 'What list-3.csv is' }), 'A list');
  await person.tab();
  await waitFor(() =>
    expect(asked(office, 'packages.change').at(-1)).toEqual({
      id: DRAFT,
      describe: { 'data/list-3.csv': 'A list' },
    }),
  );
});

test('a person can be added, and one whose key is unusable cannot', async () => {
  const office = fakeOffice();
  const { screen, person } = show(compose('who'), office);
  await person.click(await screen.findByRole('button', { name: 'Add Amina Diallo' }));
  expect(screen.getByText('It goes to 3 contacts')).toBeDefined();
  expect(screen.queryByRole('button', { name: 'Add Jonas Brandt' })).toBeNull();
  await person.click(screen.getByRole('button', { name: 'Bring in a new key' }));
  expect(useWindow.getState().route).toMatchObject({ screen: 'contacts' });
});

test('the seal says what is about to happen, then how it leaves the house', async () => {
  const office = fakeOffice([READY]);
  const { screen, person } = show(compose('check'), office);
  await screen.findByText('Nothing blocks. It can be sealed.');
  await person.click(screen.getByRole('button', { name: 'Seal the package' }));
  const dialog = await screen.findByRole('dialog', { name: 'What is about to happen' });
  expect(
    within(dialog).getByText(/Bruno Keller \(Keller SA, France\) and you can open it/u),
  ).toBeDefined();
  expect(within(dialog).getByText(/They may keep it until 31 December 2027/u)).toBeDefined();
  expect(asked(office, 'packages.seal')).toEqual([]);
  await person.click(within(dialog).getByRole('button', { name: 'Seal the package' }));
  expect(await screen.findByText(/The package is sealed/u)).toBeDefined();
  expect(asked(office, 'packages.seal')).toEqual([{ id: DRAFT, toSelf: true }]);
  expect(screen.getByText('7c20de51.pgp')).toBeDefined();
  // Until the channels are known there is nothing to send it over.
  await screen.findAllByText('Share of both offices');
  await person.click(screen.getByRole('button', { name: 'Send' }));
  await waitFor(() =>
    expect(asked(office, 'packages.send')).toEqual([
      { id: DRAFT, channel: 'Share of both offices' },
    ]),
  );
});

test('cancel during the seal asks the office to stop, and the draft is as it was', async () => {
  let stop: () => void = () => undefined;
  const office = fakeOffice([READY], {
    packages: {
      seal: () =>
        new Promise<never>((_resolve, reject) => {
          stop = () => reject(new FakeFailure({ code: 'cancelled', message: 'Stopped.' }));
        }),
    },
  });
  const { screen, person } = show(compose('check'), office);
  await screen.findByText('Nothing blocks. It can be sealed.');
  await person.click(screen.getByRole('button', { name: 'Seal the package' }));
  const dialog = await screen.findByRole('dialog');
  await person.click(within(dialog).getByRole('button', { name: 'Seal the package' }));
  await person.click(await screen.findByRole('button', { name: 'Cancel' }));
  const sealing = office.made.find(({ name }) => name === 'packages.seal');
  expect(asked(office, 'work.cancel')).toEqual([{ work: sealing?.work }]);
  stop();
  expect(await screen.findByRole('dialog', { name: 'What is about to happen' })).toBeDefined();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(office.packages.get(DRAFT)?.state).toBe('draft');
});

test('a package that was sealed elsewhere cannot be changed any more', async () => {
  const office = fakeOffice([{ ...sealedPackage, id: DRAFT }]);
  const { screen, person } = show(compose('what'), office);
  await person.click(await screen.findByRole('button', { name: 'Open the package' }));
  expect(useWindow.getState().route).toEqual({ screen: 'packages', id: DRAFT });
});

test('a form that was fixed in the second in which it was saved is not edited any more', async () => {
  const office = fakeOffice([READY]);
  const { screen, person } = show(compose('check'), office);
  await person.click(await screen.findByRole('button', { name: /Risk that remains/u }));
  await person.click(screen.getByRole('radio', { name: 'Medium' }));
  await waitFor(() => expect(asked(office, 'packages.change')).toHaveLength(1), { timeout: 4000 });
  const saved = office.packages.get(DRAFT)!;
  office.packages.set(DRAFT, {
    ...saved,
    agreement: { required: 1, isFixed: true, approvers: [], isAsked: false },
  });
  office.emit('ledger.appended', { size: 900 });
  await screen.findByText(/Its form is fixed/u);
  expect(screen.queryByText(/Risk that remains/u)).toBeNull();
});
