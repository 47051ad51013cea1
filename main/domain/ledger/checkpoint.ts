import { DomainError } from '../errors/index.ts';
import type { Digest } from '../identifiers.ts';
import { Instant } from '../time.ts';
import { entryDigest } from './entry.ts';
import { rootAt, type NodeReader } from './merkle.ts';

/** The signed statement of how far a ledger has come. Six lines; see docs/formats/checkpoint.md. */
export interface Checkpoint {
  /** `valise/<hex SHA-256 of entry 0>`. */
  readonly origin: string;
  readonly size: number;
  /** Hex root of the tree of `size` leaves. */
  readonly root: Digest;
  /** Hex SHA-256 of the bytes of entry size-1. */
  readonly head: Digest;
  /** `at` of entry size-1. */
  readonly time: Instant;
  /** seq of the latest genesis, member-* or key-* entry. */
  readonly keys: number;
}

/** What a ledger is called everywhere: it follows from its first entry alone. */
export function originOf(genesisBytes: Uint8Array): string {
  return `valise/${entryDigest(genesisBytes)}`;
}

/** The body: what is signed. */
export function encodeCheckpoint(checkpoint: Checkpoint): string {
  const lines = [
    checkpoint.origin,
    String(checkpoint.size),
    Buffer.from(checkpoint.root, 'hex').toString('base64'),
    `head ${checkpoint.head}`,
    `time ${checkpoint.time}`,
    `keys ${String(checkpoint.keys)}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Reads a body, strictly: exactly six lines, each ended by LF, each in its one spelling.
 * @throws DomainError `checkpoint-malformed` naming the line
 */
export function parseCheckpoint(body: string): Checkpoint {
  const refuse = (where: string) => new DomainError('checkpoint-malformed', { where });
  const lines = body.split('\n');
  if (lines.length !== 7 || lines[6] !== '') throw refuse('it does not have exactly six lines');
  const [origin = '', size = '', root = '', head = '', time = '', keys = ''] = lines;
  if (!/^valise\/[0-9a-f]{64}$/.test(origin)) throw refuse('line 1, the origin');
  if (!isNumber(size) || size === '0') throw refuse('line 2, the size');
  if (!/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(root)) throw refuse('line 3, the root');
  if (!/^head [0-9a-f]{64}$/.test(head)) throw refuse('line 4, the head');
  if (!time.startsWith('time ') || !Instant.safeParse(time.slice(5)).success)
    throw refuse('line 5, the time');
  const keysSeq = keys.startsWith('keys ') ? keys.slice(5) : '';
  if (!isNumber(keysSeq) || Number(keysSeq) >= Number(size)) throw refuse('line 6, the keys');
  return {
    origin,
    size: Number(size),
    root: Buffer.from(root, 'base64').toString('hex'),
    head: head.slice(5),
    time: time.slice(5),
    keys: Number(keysSeq),
  };
}

/**
 * The checkpoint of the first `size` entries, from what is stored.
 * @throws DomainError `ledger-entry-missing`, `ledger-node-missing`
 */
export function checkpointAt(
  ledger: NodeReader & { entry(seq: number): { bytes: Uint8Array; at: Instant } | undefined },
  size: number,
  keys: number,
): Checkpoint {
  const first = ledger.entry(0);
  const last = ledger.entry(size - 1);
  if (!first || !last) throw new DomainError('ledger-entry-missing', { seq: size - 1 });
  return {
    origin: originOf(first.bytes),
    size,
    root: Buffer.from(rootAt(ledger, size)).toString('hex'),
    head: entryDigest(last.bytes),
    time: last.at,
    keys,
  };
}

/** An integer from 0 to 2^53−1 in its one spelling. */
function isNumber(text: string): boolean {
  return /^(?:0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(Number(text));
}
