import { z } from 'zod';
import { sha256Hex } from '../domain/digest.ts';
import { DomainError, isDomainError } from '../domain/errors/index.ts';
import type { Digest, Fingerprint } from '../domain/identifiers.ts';
import { assertModest } from '../domain/json/guard.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import { Policy } from '../domain/policy/policy.ts';
import type { ChannelRecord } from '../domain/transfers/records.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';

const SETTING = 'policy';
const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 8;
const MAX_SIGNATURE = 64 * 1024;

/** What is kept of the policy that somebody put in force here. */
const Kept = z.strictObject({
  path: z.string(),
  digest: z.string(),
  signer: z.string(),
  setAt: z.string(),
  policy: Policy,
});

export interface PolicyView {
  /** Where the file was, and is looked at again. */
  readonly path: string;
  readonly digest: Digest;
  readonly signer: Fingerprint;
  readonly setAt: string;
  readonly policy: Policy;
  /** `changed`: the file is another than the one in force. `gone`: it is not there just now. */
  readonly file: 'same' | 'changed' | 'gone';
}

/** The one signed file of rules that an agency hands to its officers. */
export class AgencyPolicy {
  readonly #desk: Desk;
  readonly #contacts: Contacts;

  constructor(desk: Desk, contacts: Contacts) {
    this.#desk = desk;
    this.#contacts = contacts;
  }

  /** The rules in force. They stay so when the file goes: who removes it loosens nothing. */
  get rules(): Policy | undefined {
    return this.#kept()?.policy;
  }

  /** The policy in force, and whether its file is still the same. */
  async show(): Promise<PolicyView | undefined> {
    const kept = this.#kept();
    if (!kept) return undefined;
    return { ...kept, file: await this.#fileNow(kept) };
  }

  /**
   * Puts a policy in force. Its detached signature lies beside it, as `FILE.asc`; the first one may
   * be signed by any contact whose fingerprint was compared, each later one by the same key, until
   * that contact is blocked.
   * @throws DomainError `file-unknown`, `input-refused`, `policy-unsigned`, `policy-other-signer`,
   * `policy-older`, `not-allowed`
   */
  async set(path: string): Promise<PolicyView> {
    const desk = this.#desk;
    desk.assertOfficer();
    desk.assertWritable();
    const bytes = await this.#read(path, MAX_BYTES);
    const signature = await this.#read(`${path}.asc`, MAX_SIGNATURE);
    const signer = await this.#signerOf(bytes, signature);
    const before = this.#kept();
    const isBlocked = before && this.#contacts.find(before.signer)?.blocked !== undefined;
    if (before && !isBlocked && before.signer !== signer)
      throw new DomainError('policy-other-signer', { known: before.signer, found: signer });
    const policy = parseInput(Policy, jsonOf(bytes), 'the policy');
    if (before && policy.at < before.policy.at)
      throw new DomainError('policy-older', { at: policy.at, known: before.policy.at });
    const kept = { path, digest: sha256Hex(bytes), signer, setAt: desk.at(), policy };
    await desk.commit({
      acts: [{ type: 'policy-changed', detail: { policy: kept.digest } }],
      effects: [{ put: 'settings', id: SETTING, doc: { value: JSON.stringify(kept) } }],
    });
    return { ...kept, file: 'same' };
  }

  /** @throws DomainError `policy-forbids-channel` */
  assertChannel({ name, kind }: Pick<ChannelRecord, 'name' | 'kind'>): void {
    const allowed = this.rules?.channels;
    if (allowed === undefined || allowed.includes(kind)) return;
    throw new DomainError('policy-forbids-channel', { name, allowed: allowed.join(', ') });
  }

  #kept(): z.infer<typeof Kept> | undefined {
    const value = this.#desk.session.records.get('settings', SETTING)?.value;
    return value === undefined ? undefined : Kept.parse(JSON.parse(value));
  }

  async #fileNow({ path, digest }: { path: string; digest: Digest }): Promise<PolicyView['file']> {
    const { files } = this.#desk.tools;
    if ((await files.facts(path))?.kind !== 'file') return 'gone';
    return (await files.digest(path)) === digest ? 'same' : 'changed';
  }

  async #read(path: string, limit: number): Promise<Uint8Array> {
    const { files } = this.#desk.tools;
    if ((await files.facts(path))?.kind !== 'file') throw new DomainError('file-unknown', { path });
    return files.read(path, limit);
  }

  async #signerOf(bytes: Uint8Array, signature: Uint8Array): Promise<Fingerprint> {
    const compared = this.#desk.session.records
      .list('contacts')
      .filter(({ verification, blocked }) => verification !== undefined && blocked === undefined)
      .map(({ certificate }) => Buffer.from(certificate, 'base64'));
    const { engine } = this.#desk.tools;
    const text = new TextDecoder().decode(signature);
    try {
      const { signer } = await engine.verify(bytes, text, compared, this.#desk.now());
      return this.#contacts.record(signer).fingerprint;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      throw new DomainError('policy-unsigned', { problem: error.message }, { cause: error });
    }
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    assertModest(bytes, MAX_DEPTH);
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new DomainError('input-refused', {
      ...{ what: 'the policy', where: 'the document', problem: 'is not JSON' },
    });
  }
}
