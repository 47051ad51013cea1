// Commits, and says each one that was acknowledged; without end, unless told how often. It is
// started to be killed, or on a disk that fails.
import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '../../main/adapters/sqlcipher/database.ts';
import { SqlJournal } from '../../main/adapters/sqlcipher/journal.ts';
import { isDomainError } from '../../main/domain/errors/index.ts';
import { OpenpgpEngine } from '../../main/domain/pgp/openpgp-engine.ts';

export interface ChildTask {
  readonly folder: string;
  /** Hex. */
  readonly key: string;
  readonly fingerprint: string;
  /** Base64 of the secret key. */
  readonly secret: string;
  readonly rounds?: number;
}

async function main({ folder, key, fingerprint, secret, rounds }: ChildTask): Promise<void> {
  const engine = new OpenpgpEngine();
  const signer = { fingerprint, bytes: new Uint8Array(Buffer.from(secret, 'base64')) };
  const database = (name: string) => openDatabase(join(folder, name), Buffer.from(key, 'hex'));
  const journal = new SqlJournal({
    ledger: database('ledger.db'),
    vault: database('vault.db'),
    clock: { now: () => new Date() },
    actor: { fingerprint, role: 'officer' },
    sign: (body) => engine.sign(Buffer.from(body), signer, new Date()),
  });
  mkdirSync(join(folder, 'sealed'), { recursive: true });
  await journal.recover();
  for (let round = 0; round < (rounds ?? Number.MAX_SAFE_INTEGER); round += 1) {
    const name = `${String(process.pid)}-${String(round)}`;
    const to = join(folder, 'sealed', name);
    const from = `${to}.partial`;
    await write(from, name);
    const { last } = await journal.commit({
      acts: [
        { type: 'case-closed', detail: {} },
        { type: 'case-reopened', detail: {} },
      ],
      effects: [{ put: 'settings', id: name, doc: { value: name } }],
      renames: [{ from, to }],
    });
    process.stdout.write(`${String(last)} ${name}\n`);
  }
}

async function write(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx');
  await file.writeFile(text);
  await file.sync();
  await file.close();
}

/** What a person would be told, or the bug that it is. */
main(JSON.parse(process.argv[2] ?? '{}') as ChildTask).catch((error: unknown) => {
  process.stdout.write(`! ${isDomainError(error) ? error.code : String(error)}\n`);
});
