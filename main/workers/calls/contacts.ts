import type { Contract } from '../../../preload/contract/index.ts';
import { sha256Hex } from '../../domain/digest.ts';
import type { Mandate } from '../../domain/certificates/contact.ts';
import type { Office } from '../../services/office.ts';
import type { Answers, Place } from '../office-api.ts';

const CERTIFICATE_BYTES = 1024 * 1024;
const MANDATE_BYTES = 64 * 1024 * 1024;

interface Source {
  readonly file?: Place | undefined;
  readonly text?: string | undefined;
}

interface MandateGiven {
  readonly file: Place;
  readonly until?: string | undefined;
}

/** Contacts, for the window: certificates come from chosen files or pasted text. */
export function contactCalls(office: Office): Answers<Contract['contacts']> {
  const read = async ({ file, text = '' }: Source): Promise<Uint8Array> =>
    file === undefined
      ? new TextEncoder().encode(text)
      : office.tools.files.read(file.place, CERTIFICATE_BYTES);

  const mandateOf = async (given: MandateGiven | undefined): Promise<Mandate | undefined> => {
    if (given === undefined) return undefined;
    const { files } = office.tools;
    return {
      fileName: files.baseName(given.file.place),
      sha256: sha256Hex(await files.read(given.file.place, MANDATE_BYTES)),
      ...(given.until === undefined ? {} : { until: given.until }),
    };
  };

  return {
    list: () => office.open.contacts.list(),
    show: ({ fingerprint }) => office.open.contacts.show(fingerprint),
    look: async (source) => {
      const { contacts } = office.open;
      const facts = await contacts.look(await read(source));
      return {
        facts,
        known: contacts.find(facts.fingerprint) !== undefined,
        rivals: contacts.rivals(facts).map(({ fingerprint }) => fingerprint),
      };
    },
    find: async ({ address, server }, work) => {
      const { bytes, via, host } = await office.open.finding.find(address, server, work);
      const { engine, clock } = office.tools;
      const certificate = await engine.readCertificate(bytes, clock.now());
      return { text: engine.armor(certificate.bytes), via, host };
    },
    renew: (_nothing, work) => office.open.renewals.run(work),
    renewals: () => ({ isDaily: office.open.renewals.isDaily }),
    setRenewals: async ({ isDaily }) => {
      await office.open.renewals.setDaily(isDaily);
      return { isDaily };
    },
    add: async ({ file, text, mandate, via, ...described }) =>
      office.open.contacts.add({
        ...described,
        certificate: await read({ file, text }),
        via: file === undefined ? (via ?? 'paste') : 'file',
        mandate: await mandateOf(mandate),
      }),
    change: async ({ fingerprint, mandate, ...described }) => {
      const { certificate, via } = office.open.contacts.record(fingerprint);
      return office.open.contacts.add({
        ...described,
        certificate: Buffer.from(certificate, 'base64'),
        via,
        mandate: await mandateOf(mandate),
      });
    },
    verify: ({ fingerprint, method, note }) =>
      office.open.contacts.verify(fingerprint, method, note),
    settle: ({ fingerprint, keep, note }) => office.open.contacts.settle(fingerprint, keep, note),
    block: ({ fingerprint, reason }) => office.open.contacts.block(fingerprint, reason),
    except: ({ fingerprint, reason }) => office.open.contacts.except(fingerprint, reason),
    acknowledge: ({ fingerprint, reason }) =>
      office.open.ledgerAlarms.acknowledge(fingerprint, reason),
    complain: async ({ fingerprint }) => {
      await office.open.ledgerAlarms.complain(fingerprint);
      return office.open.contacts.show(fingerprint);
    },
  };
}
