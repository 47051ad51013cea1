import type { Contract } from '../../../../preload/contract/index.ts';
import type { ValueOf } from '../../../../preload/contract/kinds.ts';
import { fakeBridge, FakeFailure, type FakeBridge } from '../../../fakes/bridge.ts';
import { AMINA, CONTACTS, fakeOffice, INES, OWN, RECEIVED } from '../packages/office.ts';

/** The same invented office, with an inbox, channels, and contacts in every state. */

type InboxItem = ValueOf<Contract['inbox']['list']>[number];
type Contact = ValueOf<Contract['contacts']['show']>;
type Outgoing = ValueOf<Contract['exchange']['queue']>[number];

export const STRANGER = '77E1A0B94C52D8F3661B0E9A4D7C35F2188BC604';
export const RIVAL = '3D20C1B7A9E4F58612D7B3960A4E8C5F71D92B08';
export const UNKNOWN_SIGNER = '0192aa4e-7b1c-7d2e-8f3a-1b2c3d4e5f70';
export const DAMAGED = '0192aa4e-7b1c-7d2e-8f3a-1b2c3d4e5f71';
export const CHANNEL = '0192aa4e-7b1c-7d2e-8f3a-1b2c3d4e5f72';

export const ITEMS: readonly InboxItem[] = [
  {
    id: RECEIVED,
    state: 'delivered',
    at: '2026-11-23T12:41:00Z',
    bytes: 1_790_400_000,
    title: 'Customer records, returned to their controller',
    sender: AMINA,
    senderName: 'Amina Diallo',
    files: 3,
    warnings: [],
  },
  {
    id: UNKNOWN_SIGNER,
    state: 'quarantined',
    at: '2026-11-22T09:10:00Z',
    bytes: 48_200_000,
    code: 'unknown-signer',
    message: `The signer ${STRANGER} is unknown here.`,
    hint: 'Add the signer’s certificate under contacts, compare the fingerprint with them, and try again.',
    params: { fingerprint: STRANGER },
    retry: true,
  },
  {
    id: DAMAGED,
    state: 'quarantined',
    at: '2026-11-21T17:40:00Z',
    bytes: 2_100_000,
    code: 'message-damaged',
    message: 'This message was damaged or altered on its way. Nothing was opened.',
    hint: 'Ask the sender to send it again, as a file and not inside a message text.',
    retry: false,
  },
  {
    id: '0192aa4e-7b1c-7d2e-8f3a-1b2c3d4e5f73',
    state: 'accepted',
    at: '2026-11-19T10:00:00Z',
    bytes: 310_000,
    title: 'Account lists of a phishing kit',
    sender: CONTACTS[3]?.fingerprint,
    senderName: 'Jonas Brandt',
    files: 1,
    warnings: ['signer-unverified'],
  },
];

/** Amina again with a second key, and somebody who is blocked. */
export function people(): readonly Contact[] {
  const amina = CONTACTS.find(({ fingerprint }) => fingerprint === AMINA);
  if (amina === undefined) throw new Error('the office has lost Amina');
  const conflict = {
    code: 'recipient-conflict',
    step: 'who' as const,
    message: 'Two keys claim the address of Amina Diallo.',
    params: { name: 'Amina Diallo', fingerprint: AMINA },
  };
  const { verification: _none, ...unverified } = amina;
  return [
    ...CONTACTS.filter(({ fingerprint }) => fingerprint !== AMINA),
    { ...amina, state: 'conflict', conflictsWith: RIVAL, blockers: [conflict] },
    {
      ...unverified,
      fingerprint: RIVAL,
      addedAt: '2026-11-20T09:00:00Z',
      state: 'conflict',
      conflictsWith: AMINA,
      facts: { ...amina.facts, fingerprint: RIVAL },
      blockers: [conflict],
      warnings: ['no-mandate', 'rsa-2048'],
    },
  ];
}

const ARMORED = [
  '-----BEGIN PGP PUBLIC KEY BLOCK-----',
  '',
  'xjMEZ9HhchYJKwYBBAHaRw8BAQdAq0VnZK1b2Yf0vQmW4rT7l0xj3u8s9d1c5e7g',
  '=aB3d',
  '-----END PGP PUBLIC KEY BLOCK-----',
].join('\n');

export const receiptWaits: Outgoing = {
  id: '0192aa4e-7b1c-7d2e-8f3a-1b2c3d4e5f74',
  what: 'receipt',
  package: RECEIVED,
  fileName: '90ab12cd.pgp',
  digest: '90ab12cd'.repeat(8),
  bytes: 4_100,
  to: [AMINA],
  state: 'waiting',
  at: '2026-11-23T12:50:00Z',
};

const channel = {
  id: CHANNEL,
  name: 'Share with Dakar',
  kind: 'folder' as const,
  place: 'dakar',
  addedAt: '2026-11-01T09:00:00Z',
};

export interface Setting {
  readonly items?: readonly InboxItem[];
  readonly contacts?: readonly Contact[];
  readonly hasChannel?: boolean;
  readonly queue?: readonly Outgoing[];
}

/** What comes in and who it comes from, behind a fake bridge; packages are those of the other office. */
export function inboxOffice(setting: Setting = {}): FakeBridge {
  const contacts = setting.contacts ?? people();
  const find = (fingerprint: string) => {
    const found = contacts.find((one) => one.fingerprint === fingerprint);
    if (found === undefined)
      throw new FakeFailure({
        code: 'contact-unknown',
        message: `No contact has the fingerprint ${fingerprint}.`,
      });
    return found;
  };
  const ines = CONTACTS[1];
  if (ines === undefined) throw new Error('the office has lost Ines');
  const found = { ...ines, fingerprint: STRANGER, name: 'Farid Rahimi' };
  const facts = {
    ...ines.facts,
    fingerprint: STRANGER,
    userIds: [{ text: 'Farid Rahimi <farid@example.org>', name: 'Farid Rahimi' }],
    warnings: ['rsa-2048', 'third-party-signatures-dropped'],
    expiresAt: '2028-01-01T00:00:00Z',
  };
  const packages = fakeOffice();
  const own = fakeBridge({
    contacts: {
      list: () => [...contacts],
      show: ({ fingerprint }) => find(fingerprint),
      look: () => ({ facts, known: false, rivals: [] }),
      find: () => ({
        text: 'an armored certificate',
        via: 'wkd',
        host: 'openpgpkey.office.example',
      }),
      renewals: () => ({ isDaily: false }),
      setRenewals: ({ isDaily }) => ({ isDaily }),
      renew: () => [
        { fingerprint: INES, name: 'Ines Roth', outcome: 'updated' as const, isRevoked: true },
        { fingerprint: AMINA, name: 'Amina', outcome: 'unchanged' as const, isRevoked: false },
      ],
      add: () => ({ ...found, facts, outcome: 'added' as const }),
      verify: ({ fingerprint }) => find(fingerprint),
      settle: ({ fingerprint }) => find(fingerprint),
      block: ({ fingerprint }) => find(fingerprint),
      acknowledge: ({ fingerprint }) => find(fingerprint),
      complain: ({ fingerprint }) => find(fingerprint),
    },
    inbox: {
      list: () => [...(setting.items ?? ITEMS)],
      take: ({ files }) => ({
        files: files.map((_, index) =>
          index === 0
            ? {
                ok: true as const,
                name: '5e6f7a8b.pgp',
                taken: {
                  id: RECEIVED,
                  kind: 'package' as const,
                  state: 'delivered',
                  repeated: false,
                  entry: 820,
                  warnings: [],
                },
              }
            : {
                ok: false as const,
                name: 'photo.jpg',
                code: 'not-openpgp',
                message: 'This is not an OpenPGP file.',
                hint: 'Ask the sender which file was meant.',
              },
        ),
      }),
    },
    exchange: {
      channels: () => (setting.hasChannel === false ? [] : [channel]),
      addChannel: ({ name }) => ({ ...channel, name }),
      queue: () => [...(setting.queue ?? [])],
      run: () => ({
        sent: [{ fileName: '90ab12cd.pgp', what: 'receipt', package: RECEIVED }],
        taken: [],
        incomplete: [],
        refused: [],
        failed: [],
      }),
    },
    keys: {
      own: () => ({
        keys: [
          {
            fingerprint: OWN,
            state: 'current' as const,
            profile: 'interop' as const,
            algorithm: 'Ed25519',
            createdAt: '2026-01-02T09:00:00Z',
          },
        ],
        certificate: ARMORED,
        facts: {
          ...ines.facts,
          fingerprint: OWN,
          userIds: [{ text: 'Claire Ndiaye <claire@example.org>', name: 'Claire Ndiaye' }],
        },
      }),
    },
  });
  const { contacts: persons, inbox, exchange, keys } = own.bridge;
  return {
    ...own,
    bridge: { ...packages.bridge, contacts: persons, inbox, exchange, keys },
  };
}
