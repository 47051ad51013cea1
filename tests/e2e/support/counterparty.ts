import type { Page } from '@playwright/test';
import { OpenpgpEngine } from '../../../main/domain/pgp/openpgp-engine.ts';
import type { ReleaseForm } from '../../../preload/contract/release.ts';
import { ask, valueOf } from './vault.ts';

/** Somebody to seal to: a new key of the test's own, taken in and compared. */
export async function addCounterparty(page: Page): Promise<string> {
  const engine = new OpenpgpEngine();
  const { certificate } = await engine.makeKey({
    name: 'Bruno Keller',
    email: 'bruno@keller.example',
    profile: 'interop',
    at: new Date(),
  });
  const text = engine.armor(certificate.bytes);
  const added = await ask<{ fingerprint: string }>(page, 'contacts.add', {
    text,
    organisation: 'Keller SA',
    country: 'FR',
  });
  const { fingerprint } = valueOf(added);
  valueOf(await ask(page, 'contacts.verify', { fingerprint, method: 'in-person' }));
  return fingerprint;
}

const met = (evidence: string) => ({ answer: 'met' as const, evidence });

/** A release with nothing missing. `note` stands in its purpose, for tests that look for it. */
export function completeRelease(recipient: string, note: string): ReleaseForm {
  return {
    purpose: `Return of recovered records to their controller. ${note}`,
    instrument: 'COE-185-26',
    legalBasis: ['A6-1-e-official-authority'],
    offences: ['09031'],
    dataCategories: ['Name', 'EmailAddress'],
    affectedIndividuals: { count: 3, method: 'exact' },
    origin: { how: 'Seized server' },
    assessment: {
      ownership: met('Extract of the register'),
      consentOrInterest: met('Legal obligation'),
      recipientIdentity: met('Compared in person'),
      minimisation: met('Two columns of nineteen'),
      necessity: met('Needed to notify'),
      harmToIndividuals: met('None found'),
      onwardTransfer: met('None'),
      risk: 'low',
    },
    handling: { tlp: 'AMBER', caveats: [] },
    retention: { deleteBy: '2099-12-31', action: 'destroy' },
    recipients: [{ fingerprint: recipient }],
  };
}
