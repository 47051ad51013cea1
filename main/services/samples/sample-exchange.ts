import { DomainError } from '../../domain/errors/index.ts';
import type { Files } from '../../domain/files.ts';
import type { Clock, Random, Work } from '../../domain/ports.ts';
import type { Office, OpenOffice } from '../office.ts';
import { OFFICES, SAMPLE_CASE, sampleFiles, sampleRelease } from './material.ts';

export type Side = keyof typeof OFFICES;

/** One thing that happened, with what was computed on the way. */
export interface SampleStep {
  readonly code:
    | 'vault-made'
    | 'certificates-traded'
    | 'fingerprints-compared'
    | 'case-opened'
    | 'draft-assessed'
    | 'sealed'
    | 'sent'
    | 'received'
    | 'extracted'
    | 'accepted'
    | 'destroyed'
    | 'receipts-in'
    | 'exported'
    | 'reconciled'
    | 'ledger-verified';
  readonly side: Side | 'both';
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface SampleOptions {
  /** An existing, empty folder. */
  readonly folder: string;
  /** A fresh office for each side. */
  readonly makeOffice: () => Office;
  readonly files: Files;
  readonly clock: Clock;
  readonly random: Random;
  readonly step: (step: SampleStep) => void;
}

export interface SampleResult {
  readonly package: string;
  readonly passphrase: string;
  readonly vaults: Readonly<Record<Side, string>>;
  readonly bundles: Readonly<Record<Side, string>>;
}

interface Offices {
  readonly sender: OpenOffice;
  readonly receiver: OpenOffice;
}

/**
 * A whole exchange between two throw-away offices, with the same services that the window and the
 * command line call: vaults, certificates, case, assessment, seal, folder, receipt, acceptance,
 * destruction, export, reconciliation. Every step reports what it computed.
 * @throws DomainError of any step; both vaults are locked whatever happens
 */
export async function runSampleExchange(
  options: SampleOptions,
  work: Work = {},
): Promise<SampleResult> {
  const { files, folder } = options;
  const passphrase = Buffer.from(options.random.bytes(18)).toString('base64url');
  const offices = { sender: options.makeOffice(), receiver: options.makeOffice() };
  const vaults = {
    sender: files.join(folder, OFFICES.sender.folder),
    receiver: files.join(folder, OFFICES.receiver.folder),
  };
  try {
    const open: Offices = {
      sender: await makeVault('sender', offices.sender, vaults.sender, passphrase, options),
      receiver: await makeVault('receiver', offices.receiver, vaults.receiver, passphrase, options),
    };
    const share = files.join(folder, 'shared-folder');
    await files.makeFolder(share);
    await meet(open, share, options);
    const id = await compose(open, options, work);
    await exchange(open, id, options, work);
    const bundles = await prove(open, options, work);
    return { package: id, passphrase, vaults, bundles };
  } finally {
    await offices.sender.lock('quit');
    await offices.receiver.lock('quit');
  }
}

async function makeVault(
  side: Side,
  office: Office,
  folder: string,
  passphrase: string,
  options: SampleOptions,
): Promise<OpenOffice> {
  const { identity } = OFFICES[side];
  const { open, fingerprint } = await office.create({
    folder,
    passphrase,
    profile: 'interop',
    ...identity,
  });
  options.step({
    code: 'vault-made',
    side,
    facts: { name: identity.name, organisation: identity.organisation, fingerprint },
  });
  return open;
}

/** Trade certificates, compare fingerprints, agree on a folder. */
async function meet(open: Offices, share: string, { step }: SampleOptions): Promise<void> {
  const pairs = [
    [open.sender, open.receiver],
    [open.receiver, open.sender],
  ] as const;
  for (const [own, other] of pairs) {
    const { organisation, country, fingerprint } = other.session.member;
    await own.contacts.add({
      certificate: new TextEncoder().encode(other.keys.exportCertificate()),
      via: 'exchange',
      organisation,
      country,
    });
    await own.contacts.verify(fingerprint, 'in-person', 'Read to each other from the screen.');
    await own.channels.add({ name: 'shared folder', kind: 'folder', path: share });
  }
  step({ code: 'certificates-traded', side: 'both', facts: {} });
  step({ code: 'fingerprints-compared', side: 'both', facts: { method: 'in-person' } });
}

async function compose(open: Offices, options: SampleOptions, work: Work): Promise<string> {
  const { sender, receiver } = open;
  const { files, step } = options;
  const owner = await sender.cases.open(SAMPLE_CASE);
  step({ code: 'case-opened', side: 'sender', facts: { reference: owner.reference } });
  const source = files.join(options.folder, 'files-to-return');
  for (const { path, text } of sampleFiles()) {
    const target = files.join(source, ...path.split('/'));
    await files.makeFolder(files.join(target, '..'));
    await files.write(target, new TextEncoder().encode(text));
  }
  const release = sampleRelease(receiver.session.member.fingerprint, options.clock.now());
  const draft = await sender.drafts.make(owner.reference, release, [source], work);
  const blockers = await sender.draftCheck.check(draft.id);
  if (blockers.length > 0)
    throw new DomainError('package-blocked', {
      count: blockers.length,
      problems: blockers.map(({ message }) => message).join(' '),
    });
  step({
    code: 'draft-assessed',
    side: 'sender',
    facts: { files: draft.files, bytes: draft.bytes, state: draft.state },
  });
  const sealed = await sender.sealing.seal(draft.id, {}, work);
  step({
    code: 'sealed',
    side: 'sender',
    facts: {
      file: files.baseName(sealed.path),
      bytes: sealed.bytes,
      sha256: sealed.sha256,
      manifest: sealed.manifestDigest,
      profile: sealed.profile,
    },
  });
  return draft.id;
}

async function exchange(
  open: Offices,
  id: string,
  options: SampleOptions,
  work: Work,
): Promise<void> {
  const { sender, receiver } = open;
  const { step, files } = options;
  await sender.exchange.send(id, 'shared folder', work);
  step({ code: 'sent', side: 'sender', facts: { by: 'folder' } });

  const fetched = await receiver.exchange.run(undefined, work);
  const arrived = fetched.taken.find((taken) => taken.id === id);
  if (!arrived) throw new DomainError('package-unknown', { id });
  const view = receiver.packages.show(id);
  step({
    code: 'received',
    side: 'receiver',
    facts: {
      state: arrived.state,
      signer: view.arrival?.sender ?? '',
      files: view.files,
      warnings: arrived.warnings.join(', '),
    },
  });
  const extracted = await receiver.extraction.extract(
    id,
    files.join(options.folder, 'received'),
    work,
  );
  step({
    code: 'extracted',
    side: 'receiver',
    facts: { files: extracted.files, bytes: extracted.bytes },
  });
  await receiver.decisions.accept(id);
  step({ code: 'accepted', side: 'receiver', facts: { state: receiver.packages.show(id).state } });
  await receiver.exchange.run(undefined, work);
  await receiver.decisions.destroy(id);
  step({ code: 'destroyed', side: 'receiver', facts: { state: receiver.packages.show(id).state } });
  await receiver.exchange.run(undefined, work);

  const answers = await sender.exchange.run(undefined, work);
  step({
    code: 'receipts-in',
    side: 'sender',
    facts: {
      receipts: answers.taken.filter(({ kind }) => kind === 'receipt').length,
      state: sender.packages.show(id).state,
    },
  });
}

async function prove(
  open: Offices,
  options: SampleOptions,
  work: Work,
): Promise<Record<Side, string>> {
  const { files, folder, step } = options;
  const bundles = {
    sender: files.join(folder, 'evidence-sender'),
    receiver: files.join(folder, 'evidence-receiver'),
  };
  for (const side of ['sender', 'receiver'] as const) {
    const exported = await open[side].evidence.export(bundles[side], {}, work);
    step({
      code: 'exported',
      side,
      facts: { entries: exported.entries, files: exported.files },
    });
  }
  const verdict = await open.sender.ledger.reconcile(bundles.sender, bundles.receiver);
  step({
    code: 'reconciled',
    side: 'both',
    facts: { packages: verdict.equal, findings: verdict.findings.length },
  });
  return bundles;
}
