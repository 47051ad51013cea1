import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { NodeFiles } from '../../main/adapters/files/node-files.ts';
import { NodeCarriers } from '../../main/adapters/carriers/carriers.ts';
import { HttpsCertificateDirectory } from '../../main/adapters/net/certificate-directory.ts';
import { NodeTables } from '../../main/adapters/tables/node-tables.ts';
import { Argon2idKdf } from '../../main/adapters/keys/argon2id.ts';
import { HpkeBox } from '../../main/adapters/keys/hpke.ts';
import { AnchorFiles } from '../../main/adapters/vault/anchor-files.ts';
import { SqlVaultStore } from '../../main/adapters/vault/databases.ts';
import { NodeVaultFolders } from '../../main/adapters/vault/folder.ts';
import { OpenpgpEngine } from '../../main/domain/pgp/openpgp-engine.ts';
import type { VaultStore } from '../../main/domain/vault/databases-port.ts';
import type { OpenVault } from '../../main/domain/vault/open-vault.ts';
import { Desk } from '../../main/services/desk.ts';
import { Keys } from '../../main/services/keys.ts';
import { Members } from '../../main/services/members.ts';
import { VaultService } from '../../main/services/vault.ts';

export const OFFICER = {
  name: 'Amina Diallo',
  email: 'amina.diallo@justice.example',
  organisation: 'Ministry of Justice',
  country: 'SN',
  profile: 'interop' as const,
};
export const PASSPHRASE = 'correct horse battery staple';
export const OTHER_PASSPHRASE = 'another sentence to remember';

/** What an error with this code looks like, whatever else it says. */
export const refused = (code: string, text = '') =>
  expect.objectContaining({ code, message: expect.stringContaining(text) as unknown }) as unknown;

/**
 * A vault service on real folders, databases and keys, in a folder of its own. Only the clock and
 * the pause after a failed try are the test's.
 */
export class Bench {
  readonly root = mkdtempSync(join(tmpdir(), 'valise-vault-'));
  readonly folder = join(this.root, 'vault');
  readonly state = join(this.root, 'state');
  /** Milliseconds that the service wanted to wait. */
  readonly pauses: number[] = [];
  readonly engine = new OpenpgpEngine();
  readonly random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
  readonly clock = { now: () => new Date(this.time) };
  readonly store: VaultStore;
  readonly service: VaultService;
  time = Date.parse('2026-05-03T10:00:00Z');

  /** `watch` may look on at what the store does. */
  constructor(watch: (store: VaultStore) => VaultStore = (store) => store) {
    this.store = watch(new SqlVaultStore({ clock: this.clock }));
    this.service = this.makeService();
  }

  /** Another program on the same computer. */
  makeService(state = this.state): VaultService {
    return new VaultService(
      {
        folders: new NodeVaultFolders('test'),
        store: this.store,
        anchors: new AnchorFiles(state),
        engine: this.engine,
        clock: this.clock,
        random: this.random,
        kdf: new Argon2idKdf({ m: 64 * 1024, t: 3, p: 4 }),
        box: new HpkeBox(),
        pause: async (milliseconds) => {
          this.pauses.push(milliseconds);
          this.time += milliseconds;
        },
      },
      'valise test',
    );
  }

  create(changes: { folder?: string; passphrase?: string } = {}) {
    return this.service.create({
      ...OFFICER,
      folder: this.folder,
      passphrase: PASSPHRASE,
      ...changes,
    });
  }

  unlock(passphrase = PASSPHRASE, folder = this.folder): Promise<OpenVault> {
    return this.service.unlock({ folder, passphrase });
  }

  keys(session: OpenVault): Keys {
    return new Keys(this.desk(session));
  }

  members(session: OpenVault): Members {
    return new Members(this.desk(session));
  }

  desk(session: OpenVault): Desk {
    const { engine, clock, random } = this;
    const files = new NodeFiles();
    return new Desk(session, {
      engine,
      clock,
      random,
      files,
      tables: new NodeTables(files, 'valise test'),
      carriers: new NodeCarriers(files),
      directory: new HttpsCertificateDirectory(),
    });
  }

  /** Seconds go by. */
  later(seconds: number): void {
    this.time += seconds * 1000;
  }

  /** A copy of a folder as it stands, as a backup or a crash would have it. */
  copy(from: string, name: string): string {
    const to = join(this.root, name);
    cpSync(from, to, { recursive: true });
    // The holder of the copy's lock is this process, which a real crash would have ended.
    rmSync(join(to, 'lock'), { force: true });
    return to;
  }

  end(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Types of the entries, in order. */
export function types(session: OpenVault): string[] {
  return session.ledger.entries(0, session.ledger.size()).map((row) => row.type);
}
