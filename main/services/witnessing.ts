import type { ContactRecord, LedgerAlarm } from '../domain/certificates/contact.ts';
import { sha256Hex } from '../domain/digest.ts';
import { isDomainError } from '../domain/errors/index.ts';
import { encodeCanonical } from '../domain/json/canonical.ts';
import type { Uuid } from '../domain/identifiers.ts';
import type { WitnessResult } from '../domain/packages/package.ts';
import { witness, type LedgerPart, type Witnessed } from '../domain/transfers/witness.ts';
import type { Act, Evidence } from '../domain/vault/journal.ts';
import type { Desk } from './desk.ts';

/** What came of a look at a counterparty's ledger: all of it belongs into the same commit. */
export interface Sight {
  readonly result: WitnessResult;
  /** The contact as it is to be kept. */
  readonly contact: ContactRecord;
  readonly acts: readonly Act[];
  readonly evidence: readonly Evidence[];
  readonly warnings: readonly string[];
}

/** How an alarm about a counterparty's ledger is told of a package. */
const WARNINGS = {
  restarted: 'ledger-restarted',
  fork: 'ledger-forked',
  rollback: 'ledger-went-back',
} as const satisfies Record<LedgerAlarm['kind'], string>;

/** Looks at the ledgers of counterparties: what a package or a receipt shows of them. */
export class Witnessing {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Compares with what was seen before. An alarm stays until an officer has acknowledged it. */
  async see(contact: ContactRecord, part: LedgerPart | undefined, about?: Uuid): Promise<Sight> {
    const standing = contact.ledgerAlarm;
    const nothing = { result: 'none', contact, acts: [], evidence: [] } as const;
    const before = standing === undefined ? [] : [WARNINGS[standing.kind]];
    if (part === undefined) return { ...nothing, warnings: before };
    const seen = await this.#witness(contact, part);
    if (seen === undefined) {
      const evidence = [evidenceOf(contact, part, undefined)];
      return { ...nothing, evidence, warnings: [...before, 'checkpoint-not-verified'] };
    }
    const alarm = this.#alarmOf(contact, seen);
    const warnings = alarm === undefined ? before : [WARNINGS[alarm.kind]];
    return {
      result: seen.result,
      contact: {
        ...contact,
        ...(seen.remember === undefined ? {} : { witnessed: seen.remember }),
        // The first contradiction is kept: a later one adds nothing to it.
        ...(alarm === undefined || standing?.kind === 'fork' ? {} : { ledgerAlarm: alarm }),
      },
      acts: alarm === undefined ? [] : [actOf(contact, alarm, about)],
      evidence: [evidenceOf(contact, part, alarm)],
      warnings,
    };
  }

  async #witness(contact: ContactRecord, part: LedgerPart): Promise<Witnessed | undefined> {
    const { engine } = this.#desk.tools;
    try {
      await engine.verify(
        new TextEncoder().encode(part.checkpoint),
        part.signature,
        [Buffer.from(contact.certificate, 'base64')],
        this.#desk.now(),
      );
      return witness(contact.witnessed, part, this.#desk.at());
    } catch (error) {
      if (isDomainError(error)) return undefined;
      throw error;
    }
  }

  #alarmOf(contact: ContactRecord, { alarm: kind, seen }: Witnessed): LedgerAlarm | undefined {
    const { witnessed: known } = contact;
    if (kind === undefined || known === undefined) return undefined;
    return { kind, known, seen, at: this.#desk.at() };
  }
}

/** A place of a ledger as entries name it. */
export function positionOf({
  origin,
  size,
  root,
}: Pick<LedgerAlarm['known'], 'origin' | 'size' | 'root'>) {
  return { origin, size, root };
}

function actOf(contact: ContactRecord, alarm: LedgerAlarm, about: Uuid | undefined): Act {
  const { fingerprint } = contact;
  const subject = { contact: fingerprint, ...(about === undefined ? {} : { package: about }) };
  const known = positionOf(alarm.known);
  if (alarm.kind !== 'restarted')
    return { type: 'fork-found', subject, detail: { known, by: fingerprint } };
  const to = positionOf(alarm.seen);
  return { type: 'ledger-restarted', subject, detail: { from: known, to } };
}

/** The checkpoint that was seen; beside it, the one that it does not go together with. */
function evidenceOf(
  { fingerprint: by }: ContactRecord,
  { checkpoint, signature }: LedgerPart,
  alarm: LedgerAlarm | undefined,
): Evidence {
  const known = alarm === undefined ? {} : { known: alarm.known };
  const bytes = encodeCanonical({ by, checkpoint, signature, ...known });
  return { sha256: sha256Hex(bytes), kind: 'witness', bytes };
}
