import { DomainError } from '../errors/index.ts';
import type { ContactRecord } from '../certificates/contact.ts';
import type { Fingerprint } from '../identifiers.ts';
import type { OpenedMessage } from '../pgp/engine.ts';
import type { Manifest } from './manifest.ts';

const DAY = 24 * 60 * 60 * 1000;

/** Who opens, and what this vault knows about the people whom the manifest names. */
export interface Reader {
  /** Fingerprints of own keys, current and retired. */
  readonly own: readonly Fingerprint[];
  /** Key IDs of own keys and their subkeys. */
  readonly ownKeyIds: readonly string[];
  readonly contact: (fingerprint: Fingerprint) => ContactRecord | undefined;
}

/**
 * The rules between an opened message and the manifest inside it, for a package that comes from
 * others: signed by the sender that it names, addressed to us. Answers with warnings.
 * @throws DomainError `sender-mismatch`, `recipient-mismatch`, `signer-blocked`, `unknown-signer`
 */
export function checkArrival(message: OpenedMessage, manifest: Manifest, reader: Reader): string[] {
  const sender = manifest.sender.fingerprint;
  if (message.signer !== sender)
    throw new DomainError('sender-mismatch', { signer: message.signer, sender });
  const named = manifest.recipients.map(({ fingerprint }) => fingerprint);
  const toUs = named.some((fingerprint) => reader.own.includes(fingerprint));
  const meant = message.intendedRecipients;
  if (!toUs || (meant && !meant.some((fingerprint) => reader.own.includes(fingerprint))))
    throw new DomainError('recipient-mismatch', {
      names: manifest.recipients.map(({ name }) => name).join(', '),
    });
  const contact = reader.contact(sender);
  if (!contact) throw new DomainError('unknown-signer', { fingerprint: sender });
  if (contact.blocked) throw new DomainError('signer-blocked', { name: contact.name });

  const warnings = [...message.warnings];
  if (!contact.verification) warnings.push('signer-unverified');
  if (contact.conflictsWith !== undefined) warnings.push('signer-conflict');
  if (strangers(message, [...named, sender], reader) > 0) warnings.push('extra-recipient');
  const apart = Math.abs(Date.parse(message.signedAt) - Date.parse(manifest.createdAt));
  if (apart > DAY) warnings.push('signed-apart');
  return warnings;
}

/**
 * Session-key packets that belong to nobody named. People whose certificate we do not have are
 * given one packet each, since their key IDs are unknown to us.
 */
function strangers(message: OpenedMessage, named: readonly Fingerprint[], reader: Reader): number {
  const people = [...new Set(named)].filter((fingerprint) => !reader.own.includes(fingerprint));
  const contacts = people.map((fingerprint) => reader.contact(fingerprint));
  const unknown = contacts.filter((contact) => contact === undefined).length;
  const keyIds = new Set([
    ...reader.ownKeyIds,
    ...contacts.flatMap((contact) => contact?.keyIds ?? []),
  ]);
  const unmatched = message.sessionKeys.filter(
    ({ key }) => key === undefined || !keyIds.has(keyIdOf(key)),
  );
  return Math.max(0, unmatched.length - unknown);
}

/**
 * The key ID in what a session-key packet names: a key ID itself, or a fingerprint, of which it is
 * the last 16 digits for a version 4 key (40 digits) and the first 16 for a version 6 one.
 */
export function keyIdOf(key: string): string {
  return key.length === 40 ? key.slice(-16) : key.slice(0, 16);
}
