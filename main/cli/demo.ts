import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeOffice } from '../compose.ts';
import { runSampleExchange, type SampleStep } from '../services/samples/sample-exchange.ts';
import { describeError } from './output.ts';

const SENTENCES: Record<SampleStep['code'], string> = {
  'vault-made': '{name} ({organisation}) made a vault. Fingerprint {fingerprint}',
  'certificates-traded': 'The two offices traded certificates.',
  'fingerprints-compared': 'Each compared the other’s fingerprint: {method}.',
  'case-opened': 'Case {reference} opened.',
  'draft-assessed': 'Draft of {files} files, {bytes} bytes: {state}.',
  sealed:
    'Sealed as {file}, {bytes} bytes, profile {profile}.\n    sha256   {sha256}\n    manifest {manifest}',
  sent: 'Sent through a {by}.',
  received: 'Received and checked: {files} files, {state}. Signed by {signer}',
  extracted: 'Extracted: {files} files, {bytes} bytes, every digest as signed.',
  accepted: 'The receiver: {state}.',
  destroyed: 'The receiver, when it was done: {state}.',
  'receipts-in': 'The sender took in {receipts} signed receipts. The package is {state}.',
  exported: 'Evidence exported: {entries} entries in {files} files.',
  reconciled: 'Both ledgers compared: {packages} package, {findings} disagreements.',
  'ledger-verified': 'Ledger verified in a fresh process: {entries} entries, root {root}',
};

const WHO = { sender: 'sender  ', receiver: 'receiver', both: 'both    ' };

/** Runs two offices through a whole exchange in a temporary folder. Answers with the exit code. */
export async function runDemo(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'valise-demo-'));
  const anchors = join(folder, 'state');
  const print = (step: SampleStep) => {
    process.stdout.write(`${WHO[step.side]}  ${fill(SENTENCES[step.code], step.facts)}\n`);
  };
  try {
    process.env['XDG_STATE_HOME'] = anchors;
    const { tools } = composeOffice();
    const result = await runSampleExchange({
      folder,
      makeOffice: composeOffice,
      files: tools.files,
      clock: tools.clock,
      random: tools.random,
      step: print,
    });
    for (const side of ['sender', 'receiver'] as const) {
      const verified = verifyElsewhere(result.vaults[side], result.passphrase);
      if (!verified) return 4;
      print({ code: 'ledger-verified', side, facts: verified });
    }
    process.stdout.write('\nDone. The folder of this run was removed.\n');
    return 0;
  } catch (error) {
    const { message, code, exit } = describeError(error);
    process.stderr.write(`valise: ${message} [${code}]\n`);
    if (process.env['VALISE_DEBUG'] === '1' && error instanceof Error)
      process.stderr.write(`${error.stack ?? ''}\n`);
    return exit;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Opens one vault and verifies its ledger; the passphrase comes on stdin, the answer goes to stdout. */
export async function verifyInFreshProcess(args: readonly string[]): Promise<number> {
  const [folder = ''] = args;
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  const office = composeOffice();
  try {
    const open = await office.unlock({
      folder,
      passphrase: Buffer.concat(chunks).toString('utf8'),
    });
    const verdict = await open.ledger.verify();
    process.stdout.write(JSON.stringify(verdict));
    return verdict.verified ? 0 : 4;
  } catch (error) {
    const { message, exit } = describeError(error);
    process.stderr.write(`valise: ${message}\n`);
    return exit;
  } finally {
    await office.lock('quit');
  }
}

function verifyElsewhere(folder: string, passphrase: string) {
  const child = spawnSync(process.execPath, [process.argv[1] ?? '', '--verify', folder], {
    input: passphrase,
    encoding: 'utf8',
  });
  if (child.status !== 0) {
    process.stderr.write(child.stderr);
    return undefined;
  }
  const { entries, root } = JSON.parse(child.stdout) as { entries: number; root: string };
  return { entries, root };
}

function fill(text: string, facts: SampleStep['facts']): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));
}
