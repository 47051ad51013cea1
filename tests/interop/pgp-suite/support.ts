import assert from 'node:assert/strict';
import { isDomainError } from '../../../main/domain/errors/index.ts';
import type { ErrorCode } from '../../../main/domain/errors/index.ts';
import type {
  Certificate,
  MessageProfile,
  NewKey,
  OpenRequest,
  OpenedMessage,
  SecretKey,
} from '../../../main/domain/pgp/engine.ts';
import { OpenpgpEngine } from '../../../main/domain/pgp/openpgp-engine.ts';
import type { Work } from '../../../main/domain/ports.ts';
import { KEYS, PASSPHRASE } from '../../fixtures/pgp/keys.ts';

/** One thing that has to hold, in whatever runtime it is tried. */
export interface Check {
  readonly name: string;
  run(): Promise<void>;
}

export const engine = new OpenpgpEngine();

/** After every fixture was made, before any of them expires that is not meant to. */
export const AT = new Date('2027-06-01T12:00:00Z');

export type KeyName = keyof typeof KEYS;

export const bytes = (text: string): Uint8Array => Buffer.from(text);
export const armored = (name: KeyName): Uint8Array => bytes(KEYS[name].certificate);
export const certificate = (name: KeyName): Promise<Certificate> =>
  engine.readCertificate(armored(name), AT);

const imported = new Map<KeyName, Promise<NewKey>>();

/** A fixture as an own key. */
export function own(name: KeyName): Promise<NewKey> {
  const found = imported.get(name) ?? engine.importKey(bytes(KEYS[name].secret), PASSPHRASE, AT);
  imported.set(name, found);
  return found;
}

const made = new Map<string, Promise<NewKey>>();

/** A key of our own making. */
export function fresh(profile: 'interop' | 'rfc9580', name = 'Amina Diallo'): Promise<NewKey> {
  const id = `${profile} ${name}`;
  const email = `${name.split(' ')[0]?.toLowerCase() ?? 'nobody'}@example.org`;
  const made24 = new Date('2024-01-01T00:00:00Z');
  const found = made.get(id) ?? engine.makeKey({ name, email, profile, at: made24 });
  made.set(id, found);
  return found;
}

export interface Sealing {
  readonly content: Uint8Array | readonly Uint8Array[];
  readonly to: readonly NewKey[];
  readonly by: NewKey;
  readonly profile?: MessageProfile;
  readonly compress?: boolean;
  readonly at?: Date;
}

export async function seal(sealing: Sealing, work?: Work): Promise<Buffer> {
  const { content, to, by, profile = 'rfc4880', compress = false, at = AT } = sealing;
  const chunks: Uint8Array[] = [];
  const sealed = engine.seal(
    {
      content: stream(...(content instanceof Uint8Array ? [content] : content)),
      recipients: to.map((key) => key.certificate.bytes),
      signer: by.secret,
      profile,
      compress,
      at,
    },
    work,
  );
  for await (const chunk of sealed) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export interface Opening {
  readonly keys: readonly SecretKey[];
  readonly signers: readonly Uint8Array[];
  readonly chunk?: number;
  readonly options?: Partial<OpenRequest>;
  readonly work?: Work;
}

export async function open(
  sealed: Uint8Array,
  { keys, signers, chunk = 1 << 20, options = {}, work }: Opening,
): Promise<{ message: OpenedMessage; content: Buffer }> {
  const chunks: Buffer[] = [];
  const message = await engine.open(
    {
      source: stream(...cut(sealed, chunk)),
      size: sealed.length,
      keys,
      signers: async () => signers,
      sink: (slice) => void chunks.push(Buffer.from(slice)),
      maxBytes: 1 << 30,
      at: AT,
      ...options,
    },
    work,
  );
  return { message, content: Buffer.concat(chunks) };
}

export function cut(whole: Uint8Array, size: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < whole.length; at += size) parts.push(whole.subarray(at, at + size));
  return parts;
}

export async function* stream(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* chunks;
}

/** That a promise is rejected with exactly this expected failure; answers with its parameters. */
export async function refuses(
  code: ErrorCode,
  attempt: Promise<unknown>,
): Promise<Readonly<Record<string, string | number>>> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(isDomainError(error), `${code} was expected, not ${String(error)}`);
  assert.equal(error.code, code);
  assert.doesNotMatch(`${error.message} ${error.hint ?? ''}`, /\{\w+\}/, 'a gap in the sentence');
  return error.params;
}

/** What the library answered, which its published types do not tell. */
export function binary(answer: unknown): Uint8Array {
  assert.ok(answer instanceof Uint8Array);
  return answer;
}

/** Bytes that do not compress and are the same each time. */
export function noise(length: number, seed = 1): Buffer {
  const filled = Buffer.alloc(length);
  let state = seed >>> 0;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    filled[at] = state >>> 24;
  }
  return filled;
}

/** Lengths around every boundary of the form: lengths of packets, parts, slices and chunks. */
export const SIZES = [
  0, 1, 5, 6, 7, 21, 22, 23, 191, 192, 8383, 8384, 65_529, 65_530, 65_531, 65_535, 65_536, 65_537,
  131_072, 1_048_569, 1_048_570, 1_048_571, 1_048_575, 1_048_576, 1_048_577, 2_097_153,
];
