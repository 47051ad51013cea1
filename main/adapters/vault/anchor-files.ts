import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Uuid } from '../../domain/identifiers.ts';
import { encodeCanonical } from '../../domain/json/canonical.ts';
import { Anchors, type AnchorStore } from '../../domain/vault/anchor-port.ts';
import { atomicWrite } from '../files/durable.ts';
import { onDisk } from '../files/system-error.ts';
import { readSmallDocument } from './small-document.ts';

/** Anchors as files: `<state folder>/valise/anchors/<vault id>.json`. */
export class AnchorFiles implements AnchorStore {
  readonly #folder: string;

  constructor(stateFolder: string) {
    this.#folder = join(stateFolder, 'valise', 'anchors');
  }

  async read(vaultId: Uuid): Promise<Anchors | undefined> {
    const anchors = await readSmallDocument(this.#path(vaultId), Anchors);
    return anchors?.vaultId === vaultId ? anchors : undefined;
  }

  async write(anchors: Anchors): Promise<void> {
    await onDisk(this.#folder, 'write', () =>
      mkdir(this.#folder, { recursive: true, mode: 0o700 }),
    );
    await atomicWrite(this.#path(anchors.vaultId), encodeCanonical(anchors));
  }

  #path(vaultId: Uuid): string {
    return join(this.#folder, `${vaultId}.json`);
  }
}
