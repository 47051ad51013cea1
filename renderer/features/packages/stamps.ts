import type { TFunction } from 'i18next';
import type { Stamp } from '../../ui/index.ts';
import type { LedgerRow, PackageView, Recipient } from './types.ts';

/** What the life of a package is read from. */
export const STAMP_TYPES = [
  'sealed',
  'dispatched',
  'recorded',
  'arrived',
  'extracted',
  'accepted',
  'rejected',
  'destroyed',
  'returned',
  'recalled',
  'superseded',
  'disputed',
  'expired',
] as const;

export const OUTCOMES = [
  'delivered',
  'accepted',
  'rejected',
  'destroyed',
  'returned',
  'disputed',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
/** Acts that leave the house as a signed document. */
const SIGNED: ReadonlySet<string> = new Set(['sealed', 'accepted', 'rejected', 'destroyed']);

/** The stamps of a package: our entries above, their receipts below, and what is due at the end. */
export function stampsOf(
  shown: PackageView,
  rows: readonly LedgerRow[],
  t: TFunction<'packages'>,
  namesOf: (names: readonly string[]) => string,
): readonly Stamp[] {
  const done = [...ourStamps(shown, rows, t), ...theirStamps(shown, rows, t)];
  const inOrder = done.sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  const due = shown.direction === 'out' ? dueOfSent(shown, t, namesOf) : dueOfReceived(shown, t);
  return due === undefined ? inOrder : [...inOrder, due];
}

function ourStamps(
  shown: PackageView,
  rows: readonly LedgerRow[],
  t: TFunction<'packages'>,
): readonly Stamp[] {
  return rows.flatMap(({ seq, at, type, actor }): readonly Stamp[] => {
    const act = STAMP_TYPES.find((known) => known === type);
    if (act === undefined || act === 'recorded') return [];
    const isAnswered =
      type === 'arrived' && shown.receipts.some(({ kind }) => kind === 'delivered');
    return [
      {
        id: `entry ${String(seq)}`,
        side: 'ours',
        act: t(`stamp.${act}`),
        at,
        ...(actor.name === undefined ? {} : { person: actor.name }),
        signature: isAnswered ? 'receipt' : SIGNED.has(type) ? 'signed' : 'none',
      },
    ];
  });
}

function theirStamps(
  shown: PackageView,
  rows: readonly LedgerRow[],
  t: TFunction<'packages'>,
): readonly Stamp[] {
  const { arrival } = shown;
  // Of what was signed within one second, the earlier step of a life comes first.
  const receipts = shown.receipts
    .filter(({ direction }) => direction === 'in')
    .sort((a, b) => OUTCOMES.indexOf(a.kind) - OUTCOMES.indexOf(b.kind))
    .map(({ digest, kind, at, byName, signed }): Stamp => ({
      id: digest,
      side: 'theirs',
      act: t(`stamp.${kind}`),
      at,
      person: byName,
      signature: signed ? 'receipt' : 'recorded',
    }));
  const recorded = rows.flatMap(({ seq, at, type, detail }): readonly Stamp[] => {
    const outcome = OUTCOMES.find((known) => known === detail['outcome']);
    if (type !== 'recorded' || outcome === undefined) return [];
    const name = nameOf(shown.recipients, detail['recipient']);
    return [
      {
        id: `entry ${String(seq)}`,
        side: 'theirs',
        act: t(`stamp.${outcome}`),
        at,
        ...(name === undefined ? {} : { person: name }),
        signature: 'recorded',
      },
    ];
  });
  const sealed: readonly Stamp[] =
    arrival === undefined
      ? []
      : [
          {
            id: 'sealed',
            side: 'theirs',
            act: t('stamp.sealed'),
            at: arrival.signedAt,
            person: arrival.senderName,
            signature: 'signed',
          },
        ];
  return [...sealed, ...receipts, ...recorded];
}

const nameOf = (recipients: readonly Recipient[], fingerprint: unknown) =>
  recipients.find((one) => one.fingerprint === fingerprint)?.name;

function dueOfSent(
  shown: PackageView,
  t: TFunction<'packages'>,
  namesOf: (names: readonly string[]) => string,
): Stamp | undefined {
  const behind = shown.recipients.filter(({ state }) => state === shown.state);
  const isSome = behind.length < shown.recipients.length;
  const open = (side: Stamp['side'], act: string, due?: string): Stamp => ({
    id: 'due',
    side,
    act,
    ...(due === undefined ? {} : { due }),
    ...(isSome ? { person: namesOf(behind.map(({ name }) => name)) } : {}),
  });
  if (shown.state === 'sealed') return open('ours', t('due.send'));
  if (shown.state === 'dispatched') return open('theirs', t('due.delivery'));
  if (shown.state === 'delivered') return open('theirs', t('due.decision'));
  if (shown.state === 'accepted' || shown.state === 'rejected')
    return open('theirs', endOf(shown, t), shown.deleteBy);
  return undefined;
}

function dueOfReceived(shown: PackageView, t: TFunction<'packages'>): Stamp | undefined {
  if (shown.state === 'delivered') return { id: 'due', side: 'ours', act: t('due.decide') };
  if (shown.state === 'destroyed' || shown.state === 'returned') return undefined;
  return {
    id: 'due',
    side: 'ours',
    act: endOf(shown, t),
    ...(shown.deleteBy === undefined ? {} : { due: shown.deleteBy }),
  };
}

function endOf({ manifest }: PackageView, t: TFunction<'packages'>): string {
  return t(`due.${manifest?.retention.action ?? 'destroy'}`);
}
