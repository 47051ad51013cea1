import { LIST_NAMES, vocabulary } from '../../../../main/domain/packages/vocabularies.ts';
import type { Contract } from '../../../../preload/contract/index.ts';
import type { OutputOf, ValueOf } from '../../../../preload/contract/kinds.ts';
import { fakeBridge, FakeFailure, type FakeBridge, type FakeCalls } from '../../../fakes/bridge.ts';

/** An office with invented people: a draft, two packages sent, one received. It answers as the real one does. */

export type PackageView = ValueOf<Contract['packages']['show']>;
type Release = NonNullable<PackageView['draft']>;
type Contact = ValueOf<Contract['contacts']['show']>;

export const OWN = 'A1B2C3D4E5F60718293A4B5C6D7E8F9001122334';
export const BRUNO = '5D310F7A92C4E6B811DA77034E9CA25F68B0D1E7';
export const INES = '0B91D7A2EE5C48F3A6107719C4D2F08B13A95E6C';
export const AMINA = 'C74E19A05B7F2D8836E1FA9024B7D65180C3FE29';
export const DRAFT = '0192aa4e-7b1c-7d2e-8f3a-1b2c3d4e5f60';
export const SENT = '0192aa4e-7b1c-7d2e-8f3a-1b2c3d4e5f61';
export const RECEIVED = '0192aa4e-7b1c-7d2e-8f3a-1b2c3d4e5f62';
export const SEALED = '0192aa4e-7b1c-7d2e-8f3a-1b2c3d4e5f63';
const CASE = '0192aa4e-0000-7d2e-8f3a-1b2c3d4e5f60';
const digest = (sign: string) => sign.repeat(64).slice(0, 64);

function contact(fingerprint: string, patch: Partial<Contact>): Contact {
  return {
    fingerprint,
    name: 'Bruno Keller',
    organisation: 'Keller SA',
    country: 'FR',
    email: 'bruno.keller@example.org',
    state: 'verified',
    addedAt: '2026-05-01T09:00:00Z',
    verification: { method: 'video', by: OWN, at: '2026-11-22T10:00:00Z' },
    facts: {
      fingerprint,
      version: 4,
      userIds: [{ text: 'Bruno Keller <bruno.keller@example.org>', name: 'Bruno Keller' }],
      createdAt: '2025-01-01T00:00:00Z',
      primary: {
        fingerprint,
        keyId: fingerprint.slice(-16),
        algorithm: 'Ed25519',
        createdAt: '2025-01-01T00:00:00Z',
        can: ['certify', 'sign'],
        revoked: false,
      },
      subkeys: [],
      modern: false,
      refusals: [],
      warnings: [],
    },
    blockers: [],
    warnings: [],
    ...patch,
  };
}

const unverified = (name: string, fingerprint: string) => ({
  code: 'recipient-unverified',
  step: 'who' as const,
  message: `Nobody has compared the fingerprint of ${name} yet.`,
  params: { name, fingerprint },
});

export const CONTACTS: readonly Contact[] = [
  contact(BRUNO, {}),
  (() => {
    const { verification: _none, ...rest } = contact(INES, {
      name: 'Ines Roth',
      organisation: 'CNIL',
      email: 'ines.roth@example.org',
      state: 'unverified',
      blockers: [unverified('Ines Roth', INES)],
    });
    return rest;
  })(),
  contact(AMINA, {
    name: 'Amina Diallo',
    organisation: 'Ministry of Justice',
    country: 'SN',
    email: 'amina.diallo@example.org',
    verification: { method: 'video', by: OWN, at: '2026-05-03T10:00:00Z' },
  }),
  contact('9F0E8D7C6B5A49382716F5E4D3C2B1A00F1E2D3C', {
    name: 'Jonas Brandt',
    organisation: 'BKA',
    country: 'DE',
    email: 'jonas.brandt@example.org',
    state: 'unusable',
    blockers: [
      {
        code: 'certificate-expired',
        step: 'who',
        message: 'The key of Jonas Brandt has expired.',
        params: { name: 'Jonas Brandt', fingerprint: '9F0E8D7C6B5A49382716F5E4D3C2B1A00F1E2D3C' },
      },
    ],
  }),
];

export const RELEASE: Release = {
  purpose: 'To notify the people affected, and for nothing else.',
  instrument: 'COE-185-26',
  legalBasis: ['A6-1-c'],
  offences: ['09031'],
  dataCategories: ['Name', 'EmailAddress', 'HealthRecord'],
  affectedIndividuals: { count: 41_200, method: 'estimated' },
  origin: { how: 'Found on a seized server in Dakar; kept sealed since.', seizedAt: '2026-10-04' },
  handling: { tlp: 'AMBER+STRICT', caveats: ['H2'] },
  retention: { deleteBy: '2027-12-31', action: 'destroy' },
  recipients: [{ fingerprint: BRUNO }, { fingerprint: INES }],
  assessment: {
    ownership: { answer: 'met', evidence: "Controller's record of processing, 17/2026" },
    consentOrInterest: { answer: 'met', evidence: 'Legal obligation, GDPR 6(1)(c)' },
    recipientIdentity: { answer: 'met', evidence: 'Bruno Keller by video, 22 Nov' },
    minimisation: { answer: 'met', evidence: '6 of 19 columns, residents of FR only' },
    necessity: { answer: 'met', evidence: 'Needed to notify the people affected' },
    harmToIndividuals: { answer: 'met', evidence: '' },
    risk: 'low',
  },
};

const FILES: NonNullable<PackageView['draftFiles']> = [
  {
    path: 'data/customers-fr.csv',
    size: 1_790_000_000,
    sha256: digest('b07e91c4'),
    mediaType: 'text/csv',
    description: '6 of 19 columns, residents of France',
  },
  {
    path: 'data/order-17-2026.pdf',
    size: 212_000,
    sha256: digest('44aa07d2'),
    mediaType: 'application/pdf',
    description: 'The order',
  },
  {
    path: 'data/annexes/custody.pdf',
    size: 96_000,
    sha256: digest('e91f3b60'),
    mediaType: 'application/pdf',
    originalName: 'CON .pdf',
  },
];

const manifest = (patch: object): NonNullable<PackageView['manifest']> => {
  const answer = (evidence: string) => ({
    answer: 'met' as const,
    evidence,
    by: OWN,
    at: '2026-11-23T09:00:00Z',
  });
  return {
    format: 'valise.release/1',
    id: SENT,
    createdAt: '2026-11-20T09:30:00Z',
    kind: 'release',
    sender: {
      name: 'Amina Diallo',
      organisation: 'Ministry of Justice',
      country: 'SN',
      fingerprint: AMINA,
    },
    recipients: [{ name: 'Claire Ndiaye', organisation: 'Liaison office', fingerprint: OWN }],
    approval: { required: 0, approvers: [] },
    case: { reference: 'SN-2026-17', title: 'Customer records, returned to their controller' },
    instrument: 'COE-185-26',
    legalBasis: ['A6-1-c'],
    offences: ['09031'],
    dataCategories: ['Name', 'EmailAddress', 'HealthRecord', 'NewlyCoined'],
    purpose:
      'Return of recovered customer records to their controller, to notify the people affected, and for nothing else.',
    affectedIndividuals: { count: 41_200, method: 'exact' },
    origin: { how: 'Found on a seized server in Dakar.' },
    assessment: {
      ownership: answer("Controller's record of processing, 17/2026"),
      consentOrInterest: answer('Legal obligation, GDPR 6(1)(c)'),
      recipientIdentity: answer('By video, 22 Nov'),
      minimisation: answer('6 of 19 columns'),
      necessity: answer('Needed to notify the people affected'),
      harmToIndividuals: answer('No addresses of protected persons'),
      onwardTransfer: answer('None; TLP:AMBER+STRICT'),
      risk: 'low',
    },
    handling: { tlp: 'AMBER+STRICT', caveats: ['H2'] },
    retention: { deleteBy: '2027-12-31', action: 'destroy' },
    files: FILES,
    ...patch,
  };
};

const BYTES = FILES.reduce((sum, { size }) => sum + size, 0);
const base = {
  title: 'Customer records, returned to their controller',
  case: 'SN-2026-17',
  files: FILES.length,
  bytes: BYTES,
  createdAt: '2026-11-20T09:00:00Z',
  deleteBy: '2027-12-31',
  receipts: [],
} as const;
const sealedFile = {
  digest: digest('7c20de51'),
  bytes: 1_790_400_000,
  fileName: '7c20de51.pgp',
  profile: 'rfc4880' as const,
  kept: true,
};

const recipient = (
  fingerprint: string,
  name: string,
  patch: Partial<PackageView['recipients'][number]>,
) => ({
  fingerprint,
  name,
  state: 'sealed' as const,
  at: '2026-11-21T10:00:00Z',
  by: 'us' as const,
  heard: [],
  receipts: [],
  ...patch,
});

export function draftPackage(patch: Partial<PackageView> = {}): PackageView {
  return {
    ...base,
    id: DRAFT,
    direction: 'out',
    state: 'draft',
    changedAt: '2026-11-23T11:12:00Z',
    people: ['Bruno Keller', 'Ines Roth'],
    counts: {},
    recipients: [],
    draft: RELEASE,
    draftFiles: FILES,
    overdue: [],
    contents: [],
    can: ['edit', 'discard'],
    ...patch,
  };
}

export const sentPackage: PackageView = {
  ...base,
  id: SENT,
  direction: 'out',
  state: 'dispatched',
  title: 'Stolen invoices of a hosting firm',
  case: 'SN-2026-09',
  changedAt: '2026-11-22T15:04:00Z',
  people: ['Bruno Keller', 'Jonas Brandt', 'Ines Roth'],
  counts: { dispatched: 1, accepted: 1, rejected: 1 },
  recipients: [
    recipient(BRUNO, 'Bruno Keller', {
      state: 'accepted',
      by: 'signed',
      at: '2026-11-22T15:04:00Z',
      heard: ['delivered', 'accepted'],
    }),
    recipient('9F0E8D7C6B5A49382716F5E4D3C2B1A00F1E2D3C', 'Jonas Brandt', {
      state: 'rejected',
      by: 'recorded',
      at: '2026-11-22T12:00:00Z',
      reason: { code: 'more-than-needed', text: 'We asked for three columns.' },
    }),
    recipient(INES, 'Ines Roth', { state: 'dispatched', at: '2026-11-21T10:10:00Z' }),
  ],
  manifest: manifest({}),
  manifestDigest: digest('1f4e8a03'),
  sealed: sealedFile,
  receipts: [
    {
      digest: digest('aa11bb22'),
      direction: 'in',
      kind: 'delivered',
      at: '2026-11-22T08:31:00Z',
      by: BRUNO,
      byName: 'Bruno Keller',
      signed: true,
    },
    {
      digest: digest('cc33dd44'),
      direction: 'in',
      kind: 'accepted',
      at: '2026-11-22T15:04:00Z',
      by: BRUNO,
      byName: 'Bruno Keller',
      signed: true,
    },
  ],
  overdue: [],
  contents: [],
  can: ['dispatch', 'extract', 'recall', 'hear'],
};

export const receivedPackage: PackageView = {
  ...base,
  id: RECEIVED,
  direction: 'in',
  state: 'delivered',
  changedAt: '2026-11-23T12:41:00Z',
  people: ['Amina Diallo'],
  counts: {},
  recipients: [],
  manifest: manifest({ id: RECEIVED }),
  manifestDigest: digest('90ab12cd'),
  sealed: { ...sealedFile, digest: digest('5e6f7a8b'), fileName: '5e6f7a8b.pgp' },
  arrival: {
    at: '2026-11-23T12:41:00Z',
    sender: AMINA,
    senderName: 'Amina Diallo',
    signedAt: '2026-11-23T12:02:00Z',
    warnings: [],
    witnessed: 'consistent',
  },
  receipts: [
    {
      digest: digest('d1e2f3a4'),
      direction: 'out',
      kind: 'delivered',
      at: '2026-11-23T12:41:00Z',
      by: OWN,
      byName: 'Claire Ndiaye',
      signed: true,
    },
  ],
  overdue: [],
  contents: [],
  can: ['extract', 'accept', 'reject', 'dispute', 'destroy', 'return'],
};

const { draft: _form, draftFiles: _files, ...undrafted } = draftPackage();
export const sealedPackage: PackageView = {
  ...undrafted,
  id: SEALED,
  state: 'sealed',
  title: 'Photographs from a phone',
  case: 'SN-2026-21',
  people: ['Bruno Keller'],
  counts: { sealed: 1 },
  recipients: [recipient(BRUNO, 'Bruno Keller', {})],
  manifest: manifest({ id: SEALED }),
  manifestDigest: digest('77665544'),
  sealed: sealedFile,
  can: ['dispatch', 'extract', 'hear', 'recall'],
};

const row = (seq: number, at: string, type: string, detail: Record<string, string> = {}) => ({
  seq,
  at,
  type,
  actor: { fingerprint: OWN, role: 'officer' as const, name: 'Claire Ndiaye' },
  subject: {},
  detail,
});

const ROWS: Readonly<Record<string, ReturnType<typeof row>[]>> = {
  [SENT]: [
    row(801, '2026-11-20T09:31:00Z', 'sealed'),
    row(802, '2026-11-21T10:10:00Z', 'dispatched'),
    row(811, '2026-11-22T12:00:00Z', 'recorded', {
      outcome: 'rejected',
      recipient: '9F0E8D7C6B5A49382716F5E4D3C2B1A00F1E2D3C',
    }),
  ],
  [RECEIVED]: [row(820, '2026-11-23T12:41:00Z', 'arrived')],
  [SEALED]: [row(799, '2026-11-23T11:12:00Z', 'sealed')],
};

const blocker = (
  code: string,
  step: 'what' | 'why' | 'who' | 'check',
  params: Record<string, string> = {},
) => ({ code, step, message: code, params });

/** What blocks a draft, as far as the screens need it to change. */
export function blockersOf({ draft = {}, draftFiles = [] }: PackageView) {
  const { assessment = {}, recipients = [] } = draft;
  return [
    ...(draftFiles.length === 0 ? [blocker('no-files', 'what')] : []),
    ...(
      ['purpose', 'instrument', 'legalBasis', 'dataCategories', 'handling', 'retention'] as const
    ).flatMap((field) =>
      draft[field] === undefined ? [blocker('field-missing', 'why', { field })] : [],
    ),
    ...(recipients.length === 0 ? [blocker('no-recipients', 'who')] : []),
    ...CONTACTS.filter((one) =>
      recipients.some(({ fingerprint }) => fingerprint === one.fingerprint),
    ).flatMap(({ blockers }) => blockers),
    ...(
      [
        'ownership',
        'consentOrInterest',
        'recipientIdentity',
        'minimisation',
        'necessity',
        'harmToIndividuals',
        'onwardTransfer',
      ] as const
    ).flatMap((question) => {
      const given = assessment[question];
      if (given === undefined) return [blocker('answer-missing', 'check', { question })];
      return given.evidence === '' ? [blocker('evidence-missing', 'check', { question })] : [];
    }),
    ...(assessment.risk === undefined ? [blocker('risk-missing', 'check')] : []),
  ];
}

export const VAULT = {
  state: 'open',
  folder: 'Valise',
  vaultId: CASE,
  member: {
    id: CASE,
    name: 'Claire Ndiaye',
    email: 'claire.ndiaye@example.org',
    organisation: 'Liaison office',
    country: 'FR',
    role: 'officer',
    fingerprint: OWN,
  },
  since: '2026-11-23T08:00:00Z',
} as const;

const CASES = ['SN-2026-17', 'SN-2026-21'].map((reference, index) => ({
  id: CASE,
  reference,
  title:
    index === 0 ? 'Customer records, returned to their controller' : 'Photographs from a phone',
  state: 'open' as const,
  openedAt: '2026-11-01T09:00:00Z',
  counterpart: ['FR'],
  packages: [],
}));

export interface FakeOffice extends FakeBridge {
  /** Every package as it stands now. */
  readonly packages: Map<string, PackageView>;
}

/** The office behind a fake bridge; `over` replaces some of its answers. */
export function fakeOffice(
  start: readonly PackageView[] = [draftPackage(), receivedPackage, sealedPackage, sentPackage],
  over: FakeCalls = {},
): FakeOffice {
  const packages = new Map(start.map((one) => [one.id, one]));
  const find = (id: string): PackageView => {
    const found = packages.get(id);
    if (found === undefined)
      throw new FakeFailure({ code: 'package-unknown', message: `There is no package ${id}.` });
    return found;
  };
  let minute = 12;
  const put = (next: PackageView): PackageView => {
    minute += 1;
    const changed = { ...next, changedAt: `2026-11-23T11:${String(minute)}:00Z` };
    packages.set(next.id, changed);
    appended();
    return changed;
  };
  let size = 830;
  const appended = () => {
    size += 1;
    fake.emit('ledger.appended', { size });
  };
  let tokens = 0;
  const token = <U extends string>(use: U) => ({
    id: (tokens += 1).toString(16).padStart(32, '0'),
    use,
  });
  const wait = async (context: { work: string | undefined }, stage: string) => {
    const total = 1_790_000_000;
    for (let done = 0; done < total; done += total / 4) {
      fake.emit('work.progress', { work: context.work ?? '', stage, done, total });
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  };
  type Changed = OutputOf<Contract['packages']['change']>;
  const fake: FakeBridge = fakeBridge({
    ledger: {
      status: () => ({
        size,
        origin: 'valise',
        root: digest('0a'),
        head: digest('0b'),
        state: 'not-verified',
      }),
      page: ({ filter }) => ({ rows: ROWS[filter?.package ?? ''] ?? [] }),
      ...over.ledger,
    },
    vault: { state: () => VAULT },
    vocabularies: { all: () => LIST_NAMES.map((name) => vocabulary(name)) },
    contacts: {
      list: () => CONTACTS,
      show: ({ fingerprint }) => CONTACTS.find((one) => one.fingerprint === fingerprint)!,
      ...over.contacts,
    },
    cases: {
      list: () => CASES,
      open: ({ reference, title, counterpart }) => ({
        ...CASES[0]!,
        reference,
        title,
        counterpart,
      }),
      ...over.cases,
    },
    exchange: {
      channels: () => [
        {
          id: CASE,
          name: 'Share of both offices',
          kind: 'folder',
          place: 'exchange',
          addedAt: '2026-11-01T09:00:00Z',
        },
      ],
      ...over.exchange,
    },
    files: {
      pick: ({ use }) => [
        {
          token: token(use),
          name: use === 'payload' ? 'list.csv' : 'stick',
          kind: use === 'out' ? 'folder' : 'file',
          ...(use === 'out' ? {} : { size: 4000 }),
        },
      ],
      dropped: ({ use }) => [{ token: token(use), name: 'list.csv', kind: 'file', size: 4000 }],
      reveal: () => ({}),
      ...over.files,
    },
    packages: {
      list: () => [...packages.values()],
      show: ({ id }) => find(id),
      make: ({ case: reference }) => ({
        package: put(
          draftPackage({
            id: DRAFT,
            case: reference,
            draft: {},
            draftFiles: [],
            files: 0,
            bytes: 0,
          }),
        ),
        survey: { added: [], renamed: [], leftOut: [] },
      }),
      change: ({ id, release, add = [], remove = [], describe = {} }): Changed => {
        const { draft, draftFiles = [], ...rest } = find(id);
        const files = [
          ...draftFiles.filter(({ path }) => !remove.includes(path)),
          ...add.map((_token, index) => ({
            path: `data/list-${String(draftFiles.length + index)}.csv`,
            size: 4000,
            sha256: digest('0123'),
            mediaType: 'text/csv',
          })),
        ].map((file) => ({
          ...file,
          ...(describe[file.path] === undefined ? {} : { description: describe[file.path]! }),
        }));
        const changed = put({
          ...rest,
          draft: release ?? draft ?? {},
          draftFiles: files,
          files: files.length,
          bytes: files.reduce((sum, { size }) => sum + size, 0),
        });
        return {
          package: changed,
          survey: {
            added: files.slice(draftFiles.length),
            renamed: add.length > 0 ? [{ from: 'CON .csv', to: 'CON_.csv' }] : [],
            leftOut: add.length > 0 ? [{ path: 'empty', why: 'empty-folder' as const }] : [],
          },
        };
      },
      check: ({ id }) => ({ blockers: blockersOf(find(id)), warnings: [] }),
      discard: ({ id }) => {
        packages.delete(id);
        appended();
        return {};
      },
      profile: () => ({ profile: 'rfc4880' }),
      seal: async ({ id, out }, context) => {
        await wait(context, 'sealing');
        const { draft: _draft, draftFiles: _draftFiles, ...rest } = find(id);
        put({ ...rest, ...sealedPackage, id, title: rest.title });
        return {
          id,
          fileName: sealedFile.fileName,
          sha256: sealedFile.digest,
          manifestDigest: digest('1f4e8a03'),
          profile: 'rfc4880',
          bytes: sealedFile.bytes,
          ...(out === undefined ? {} : { written: token('written') }),
        };
      },
      send: ({ id }) => put({ ...find(id), state: 'dispatched' }),
      sent: ({ id }) => put({ ...find(id), state: 'dispatched' }),
      record: ({ id }) => find(id),
      accept: ({ id }) => {
        put({ ...find(id), state: 'accepted' });
        return { id, state: 'accepted', receipt: 'aa.pgp' };
      },
      reject: ({ id }) => {
        put({ ...find(id), state: 'rejected' });
        return { id, state: 'rejected', receipt: 'aa.pgp' };
      },
      destroy: ({ id }) => ({ id, state: 'destroyed', receipt: 'aa.pgp' }),
      extract: ({ id }) => ({ id, files: 3, bytes: BYTES, written: token('written') }),
      ...over.packages,
    },
    work: { cancel: () => ({ running: true }) },
  });
  return { ...fake, packages };
}
