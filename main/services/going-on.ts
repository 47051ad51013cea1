import { z } from 'zod';
import { DomainError } from '../domain/errors/index.ts';
import type { Uuid } from '../domain/identifiers.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import type { Engine } from '../domain/pgp/engine.ts';
import type { Clock, Random } from '../domain/ports.ts';
import { continueLedger, continuesOf, type CarriedContact } from '../domain/vault/continuation.ts';
import type { Continues } from '../domain/vault/earlier.ts';
import { memberships } from '../domain/vault/membership.ts';
import type { Session } from '../domain/vault/session.ts';
import type { Trouble } from '../domain/vault/trouble.ts';

/** What an officer went on from. */
export interface WentOn {
  readonly trouble: Trouble;
  readonly continues: Continues;
  /** Members who had a slot that the ledger knows nothing of: it is gone, and they are added anew. */
  readonly withoutSlot: readonly Uuid[];
}

const Reason = z.strictObject({ reason: z.string().trim().min(1).max(2000) });

/**
 * Begins the ledger that continues a troubled one.
 * @throws DomainError `trouble-none`, `not-allowed`, `input-refused`, `disk-full`
 */
export async function goOn(
  session: Session,
  given: string,
  program: string,
  ports: { readonly engine: Engine; readonly clock: Clock; readonly random: Random },
): Promise<WentOn> {
  const { readOnly: trouble, member, keyring, ledger } = session;
  const { role } = member;
  if (role !== 'officer') throw new DomainError('not-allowed', { role });
  if (trouble === undefined) throw new DomainError('trouble-none');
  const { reason } = parseInput(Reason, { reason: given }, 'the acknowledgement');
  const present = [...memberships(ledger).values()].filter(({ removed }) => !removed);
  const roles = new Map(present.map((known) => [known.id, known.role]));
  const plan = await keyring.withMembers(roles);
  const slots = new Set(plan.header.slots.map(({ memberId }) => memberId));
  const all = new Set(keyring.header.slots.map(({ memberId }) => memberId));
  const continues = continuesOf(ledger, trouble);
  const contacts = await carriedContacts(session, ports);
  const { current } = keyring;
  await session.restart(plan, (header) =>
    continueLedger(
      {
        ledger,
        trouble,
        vaultId: session.vaultId,
        officer: {
          member: member.id,
          fingerprint: current.fingerprint,
          certificate: current.certificate,
          profile: current.profile,
          country: member.country,
        },
        slots,
        contacts,
        reason,
        program,
        random: ports.random,
      },
      header,
    ),
  );
  return { trouble, continues, withoutSlot: [...all].filter((id) => !slots.has(id)) };
}

async function carriedContacts(
  { records }: Session,
  { engine, clock }: { readonly engine: Engine; readonly clock: Clock },
): Promise<CarriedContact[]> {
  const carried: CarriedContact[] = [];
  for (const record of records.list('contacts')) {
    const certificate = Buffer.from(record.certificate, 'base64');
    const { facts } = await engine.readCertificate(certificate, clock.now());
    carried.push({ record, algorithm: facts.primary.algorithm });
  }
  return carried;
}
