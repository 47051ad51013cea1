import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { NodeCarriers } from './adapters/carriers/carriers.ts';
import { NodeEvidenceFolders } from './adapters/evidence/evidence-folders.ts';
import { NodeFiles } from './adapters/files/node-files.ts';
import { Argon2idKdf } from './adapters/keys/argon2id.ts';
import { HpkeBox } from './adapters/keys/hpke.ts';
import { HttpsCertificateDirectory } from './adapters/net/certificate-directory.ts';
import { HttpTimeStampServer } from './adapters/net/timestamp-server.ts';
import type { Network } from './adapters/net/web-request.ts';
import { NodeTables } from './adapters/tables/node-tables.ts';
import { hashOnThread } from './adapters/threads/hash-thread.ts';
import { AnchorFiles } from './adapters/vault/anchor-files.ts';
import { SqlVaultStore } from './adapters/vault/databases.ts';
import { NodeVaultFolders } from './adapters/vault/folder.ts';
import { stateFolder } from './adapters/vault/state-folder.ts';
import { OpenpgpEngine } from './domain/pgp/openpgp-engine.ts';
import type { Clock, Random } from './domain/ports.ts';
import type { PassphraseKdf } from './domain/vault/ports.ts';
import { Office } from './services/office.ts';
import { VaultService } from './services/vault.ts';
import { version } from './version.ts';

export interface OfficeOptions {
  /** How this program is called in a lock file: `window`, `command line`. */
  readonly program?: string;
  /** Where anchors are kept; the user's state folder unless said otherwise. */
  readonly stateFolder?: string;
  /** What tells the time; the computer's unless said otherwise. */
  readonly clock?: Clock;
  /** How servers with certificates are reached; as the system says, unless told otherwise. */
  readonly network?: Network;
  /** How passphrases become keys, and at what cost; as this computer allows, unless said otherwise. */
  readonly kdf?: PassphraseKdf;
}

const computersClock: Clock = { now: () => new Date() };
const random: Random = { bytes: (length) => randomBytes(length) };

/** Introduces everybody to everybody: one office, still without an open vault. */
export function composeOffice(options: OfficeOptions = {}): Office {
  const { clock = computersClock } = options;
  const program = `valise ${version}`;
  const engine = new OpenpgpEngine({ startHash: hashOnThread });
  const files = new NodeFiles(hashOnThread);
  const vault = new VaultService(
    {
      folders: new NodeVaultFolders(options.program ?? 'valise command line'),
      store: new SqlVaultStore({ clock }),
      anchors: new AnchorFiles(options.stateFolder ?? stateFolder()),
      engine,
      clock,
      random,
      kdf: options.kdf ?? new Argon2idKdf(),
      box: new HpkeBox(),
      pause: async (milliseconds, signal) => {
        await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
      },
    },
    program,
  );
  return new Office(
    vault,
    {
      ...{ engine, clock, random, files },
      tables: new NodeTables(files, program),
      carriers: new NodeCarriers(files),
      directory: new HttpsCertificateDirectory(options.network),
    },
    new NodeEvidenceFolders({ engine, files, clock }),
    new HttpTimeStampServer(),
  );
}
