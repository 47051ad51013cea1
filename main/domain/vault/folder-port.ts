import type { Attempts } from './attempts.ts';

export interface LockWait {
  /** How long to wait for another holder; 0 does not wait. */
  readonly seconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** The vault folders of this computer. */
export interface VaultFolders {
  /** Whether vault.json stands there. */
  isVault(folder: string): Promise<boolean>;
  /** The bytes of vault.json, without taking the lock. Throws `vault-missing`. */
  peek(folder: string): Promise<Uint8Array>;
  /**
   * Takes the lock of an existing vault.
   * @throws DomainError `vault-missing`, `vault-busy` naming holder and process, `not-writable`
   */
  take(folder: string, wait: LockWait): Promise<VaultFolder>;
  /**
   * Starts a new vault beside its place, in `<folder>.partial`, locked. What a crash left of an
   * earlier start is removed.
   * @throws DomainError `vault-exists`, `vault-busy`, `not-writable`, `disk-full`
   */
  start(folder: string): Promise<NewVaultFolder>;
}

/** A vault folder that is held by this program. */
export interface VaultFolder {
  /** Absolute. */
  readonly path: string;
  readonly sealedFolder: string;
  header(): Promise<Uint8Array>;
  /** The header that a change wrote and perhaps did not get to put in place. */
  pendingHeader(): Promise<Uint8Array | undefined>;
  /** Writes the next header beside the present one, synced; the commit that follows renames it. */
  writePendingHeader(bytes: Uint8Array): Promise<{ readonly from: string; readonly to: string }>;
  /** Replaces vault.json at once, whatever is pending. */
  replaceHeader(bytes: Uint8Array): Promise<void>;
  /** Puts the pending header in place (`keep`), or removes it. Nothing pending is done. */
  settlePendingHeader(keep: boolean): Promise<void>;
  attempts(): Promise<Attempts | undefined>;
  /** Undefined removes the file. */
  setAttempts(attempts: Attempts | undefined): Promise<void>;
  /** Removes the lock file, if it is still ours. */
  release(): Promise<void>;
}

export interface NewVaultFolder extends VaultFolder {
  /** Gives the folder its name; nothing may be open in it. The lock goes on being held. */
  publish(): Promise<VaultFolder>;
  /** Removes all of it, also when it has its name already. */
  discard(): Promise<void>;
}
