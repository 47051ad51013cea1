import type { Fingerprint, Uuid } from '../domain/identifiers.ts';
import { NamedCertificates } from '../domain/ledger/certificates-named.ts';
import { KEYS_TYPES } from '../domain/ledger/authority.ts';
import { decodeEntry } from '../domain/ledger/entry.ts';
import { keyIdOf } from '../domain/packages/arrival.ts';
import { decodeManifest } from '../domain/packages/manifest.ts';
import type { PackageRecord } from '../domain/packages/package.ts';
import type { Desk } from './desk.ts';

/** A sealed file that this vault keeps. */
export interface SealedFile {
  readonly kind: 'package' | 'quarantined';
  readonly id: Uuid;
  readonly title: string;
}

/** Whose keys open what lies sealed in the vault. A sealed file opens to single keys, to no vault. */
export class SealedFiles {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /**
   * The files that one of `keys` (fingerprints of members' keys) opens, and none of `others`. A
   * package's manifest says for whom it is; of what is in quarantine only the key IDs are known.
   */
  async openedBy(
    keys: readonly Fingerprint[],
    others: readonly Fingerprint[] = [],
  ): Promise<SealedFile[]> {
    const { records } = this.#desk.session;
    const isTheirs = (
      holders: readonly string[],
      ours: readonly string[],
      not: readonly string[],
    ) => holders.some((key) => ours.includes(key)) && !holders.some((key) => not.includes(key));
    const packages = records
      .list('packages')
      .filter((record) => isTheirs(this.#holders(record), keys, others))
      .map(({ id, title }): SealedFile => ({ kind: 'package', id, title }));
    const kept = records.list('quarantine');
    if (kept.length === 0) return packages;
    const [ours, theirs] = [await this.#keyIds(keys), await this.#keyIds(others)];
    const quarantined: SealedFile[] = [];
    for (const { id, fileName } of kept)
      if (isTheirs(await this.#addressed(fileName), ours, theirs))
        quarantined.push({ kind: 'quarantined', id, title: fileName });
    return [...packages, ...quarantined];
  }

  /** Whose keys open a package that is still here: its recipients, and its sender if sealed to self. */
  #holders(record: PackageRecord): Fingerprint[] {
    if (record.sealed?.kept !== true || record.manifest === undefined) return [];
    const { manifest } = decodeManifest(Buffer.from(record.manifest, 'base64'));
    const recipients = manifest.recipients.map(({ fingerprint }) => fingerprint);
    return this.#isToSelf(record) ? [...recipients, manifest.sender.fingerprint] : recipients;
  }

  #isToSelf(record: PackageRecord): boolean {
    const { ledger } = this.#desk.session;
    const [row] = ledger.query({ package: record.id, types: ['sealed'], limit: 1 });
    const entry = row === undefined ? undefined : decodeEntry(row.bytes, row.seq);
    return entry?.type !== 'sealed' || entry.detail.toSelf;
  }

  /** Key IDs of those a file is encrypted to, as its own packets say. */
  async #addressed(fileName: string): Promise<string[]> {
    const { files, engine } = this.#desk.tools;
    const path = this.#desk.sealed(fileName);
    const facts = await files.facts(path);
    if (facts === undefined) return [];
    const { sessionKeys } = await engine.inspect(files.stream(path), facts.size);
    return sessionKeys.flatMap(({ key }) => (key === undefined ? [] : [keyIdOf(key)]));
  }

  /** Key IDs of members' keys and their subkeys, by the certificates that the ledger holds. */
  async #keyIds(keys: readonly Fingerprint[]): Promise<string[]> {
    const { ledger } = this.#desk.session;
    const named = new NamedCertificates();
    for (const row of ledger.query({ types: ['genesis', ...KEYS_TYPES], order: 'ascending' }))
      named.note(decodeEntry(row.bytes, row.seq));
    const ids: string[] = [];
    for (const digest of keys.flatMap((key) => named.of(key))) {
      const bytes = ledger.evidence(digest)?.bytes;
      if (bytes === undefined) continue;
      const { facts } = await this.#desk.tools.engine.readCertificate(bytes, this.#desk.now());
      ids.push(...[facts.primary, ...facts.subkeys].map(({ keyId }) => keyId));
    }
    return ids;
  }
}
