import type { CaseInput } from '../../domain/cases/case.ts';
import type { ReleaseInput } from '../../domain/packages/release-input.ts';
import type { Identity } from '../../domain/vault/session.ts';

/** Two invented offices, an invented case, invented people. Nothing here is anybody's data. */
export const OFFICES = {
  sender: {
    folder: 'ministry-of-justice-sn',
    identity: {
      name: 'Amina Diallo',
      email: 'amina.diallo@justice.example',
      organisation: 'Ministry of Justice (sample)',
      country: 'SN',
    } satisfies Identity,
  },
  receiver: {
    folder: 'keller-sa-fr',
    identity: {
      name: 'Bruno Keller',
      email: 'bruno@keller.example',
      organisation: 'Keller SA (sample)',
      country: 'FR',
    } satisfies Identity,
  },
} as const;

export const SAMPLE_CASE: CaseInput = {
  reference: 'SN-2026-17',
  title: 'Customer records, returned to their controller',
  counterpart: ['FR', 'Keller SA'],
  instrument: 'COE-185-26',
  affectedIndividuals: { count: 240, method: 'exact' },
  offences: ['09031'],
};

/** What the sample's `release.json` says, for a recipient with this fingerprint. */
export function sampleRelease(recipient: string, today: Date): ReleaseInput {
  const keepUntil = new Date(today.getTime() + 180 * 24 * 60 * 60 * 1000);
  const met = (evidence: string) => ({ answer: 'met' as const, evidence });
  return {
    purpose:
      'Return of customer records found on a seized server to the company they were taken from.',
    purposeCodes: ['ReturnToOwner', 'NotifyDataSubjects'],
    instrument: 'COE-185-26',
    legalBasis: ['A6-1-e-official-authority'],
    transferBasis: ['A45-3'],
    offences: ['09031'],
    dataCategories: ['Name', 'EmailAddress', 'TelephoneNumber'],
    affectedIndividuals: { count: 240, method: 'exact' },
    origin: { how: 'Seized server, image 4 of 6', custodian: 'Ministry of Justice (sample)' },
    assessment: {
      ownership: met('Headers and customer numbers match the extract that the company supplied.'),
      consentOrInterest: met('The people affected have an interest in being told.'),
      recipientIdentity: met('Fingerprint compared in person, letter of mandate seen.'),
      minimisation: met('Three columns of nineteen; the passwords stay out.'),
      necessity: met('The company cannot notify anybody without these records.'),
      harmToIndividuals: met('No addresses of protected persons.'),
      onwardTransfer: met('None.'),
      risk: 'low',
    },
    handling: { tlp: 'AMBER+STRICT', caveats: [] },
    retention: { deleteBy: keepUntil.toISOString().slice(0, 10), action: 'destroy' },
    recipients: [{ fingerprint: recipient }],
    descriptions: {
      'files-to-return/customers.csv': 'Customers whose records were found, three columns',
    },
  };
}

const FIRST = [
  'Awa',
  'Bilal',
  'Chloé',
  'Dmitri',
  'Elena',
  'Fatou',
  'Goran',
  'Hélène',
  'Imran',
  'Jun',
];
const LAST = ['Sample', 'Muster', 'Exemple', 'Ejemplo', 'Campione', 'Voorbeeld'];

/** The files of the sample package: names and texts. */
export function sampleFiles(): { readonly path: string; readonly text: string }[] {
  const rows = Array.from({ length: 240 }, (_, index) => {
    const first = FIRST[index % FIRST.length] ?? '';
    const last = LAST[Math.floor(index / FIRST.length) % LAST.length] ?? '';
    const number = String(index + 1).padStart(3, '0');
    return `${first} ${last},person${number}@people.example,+00 000 000 ${number}`;
  });
  const log = Array.from({ length: 40 }, (_, index) =>
    JSON.stringify({
      at: `2026-02-11T0${String(index % 10)}:00:00Z`,
      event: 'export',
      rows: index + 1,
    }),
  );
  return [
    { path: 'customers.csv', text: `name,email,telephone\n${rows.join('\n')}\n` },
    { path: 'findings/access-log.jsonl', text: `${log.join('\n')}\n` },
    {
      path: 'findings/read-me-first.txt',
      text: 'What was found, where, and what was left out. Sample text; nothing here is real.\n',
    },
  ];
}
