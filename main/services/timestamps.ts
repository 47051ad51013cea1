import { z } from 'zod';
import { sha256Hex } from '../domain/digest.ts';
import { DomainError } from '../domain/errors/index.ts';
import { Digest } from '../domain/identifiers.ts';
import { encodeCanonical } from '../domain/json/canonical.ts';
import { Instant } from '../domain/time.ts';
import type { TimeStampServer } from '../domain/timestamps/server-port.ts';
import {
  MAX_RESPONSE_BYTES,
  nonceText,
  readTimeStamp,
  refused,
  stampedDigest,
  timeStampRequest,
  type TimeStamp,
} from '../domain/timestamps/timestamp.ts';
import type { AirGap } from './air-gap.ts';
import type { Desk } from './desk.ts';
import type { Network } from './network.ts';

/** What was asked and not yet answered: a row of `settings`, found by its nonce. */
const Asked = z.strictObject({ size: z.int().min(1), checkpoint: Digest, at: Instant });
type Asked = z.infer<typeof Asked>;

/** A checkpoint that an authority saw: how many entries, when, and who says so. */
export interface Stamped extends Omit<TimeStamp, 'nonce' | 'digest'> {
  readonly size: number;
  /** SHA-256 of the checkpoint's body. */
  readonly checkpoint: Digest;
  /** SHA-256 of the response, which is kept as evidence. */
  readonly response: Digest;
  readonly entry: number;
}

/** RFC 3161 time-stamps over checkpoints, by file or from a server that an officer names. */
export class TimeStamps {
  readonly #desk: Desk;
  readonly #server: TimeStampServer;
  readonly #airGap: AirGap;
  readonly #network: Network;

  constructor(desk: Desk, server: TimeStampServer, airGap: AirGap, network: Network) {
    this.#desk = desk;
    this.#network = network;
    this.#server = server;
    this.#airGap = airGap;
  }

  /**
   * A request for the present checkpoint, which is kept for ever from now on.
   * @throws DomainError `not-allowed`, `ledger-read-only`
   */
  async request(): Promise<{ readonly bytes: Uint8Array; readonly size: number }> {
    const desk = this.#desk;
    desk.assertOfficer();
    desk.assertWritable();
    const { size, body } = await desk.session.journal.checkpoint({ leaves: true });
    const checkpoint = stampedDigest(body);
    const nonce = desk.tools.random.bytes(16);
    const asked: Asked = { size, checkpoint, at: desk.at() };
    const value = new TextDecoder().decode(encodeCanonical(asked));
    const id = rowOf(nonceText(nonce));
    await desk.session.journal.note([{ put: 'settings', id, doc: { value } }]);
    return { bytes: timeStampRequest(checkpoint, nonce), size };
  }

  /** Writes a request to a new file. @throws DomainError `file-exists`, and those of `request` */
  async requestTo(path: string): Promise<{ readonly size: number }> {
    const { files } = this.#desk.tools;
    if (await files.facts(path)) throw new DomainError('file-exists', { path });
    const { bytes, size } = await this.request();
    await files.write(path, bytes);
    return { size };
  }

  /**
   * Takes a response in: granted, with the nonce of a request of ours, over the checkpoint that it
   * was for. It is kept as evidence, and an entry names it.
   * @throws DomainError `timestamp-refused`, `timestamp-unasked`, `not-allowed`,
   * `ledger-read-only`
   */
  async take(bytes: Uint8Array): Promise<Stamped> {
    const desk = this.#desk;
    desk.assertOfficer();
    desk.assertWritable();
    const { nonce, digest, at, authority } = readTimeStamp(bytes);
    const id = rowOf(nonce ?? '');
    const row = desk.session.records.get('settings', id);
    if (row === undefined) throw new DomainError('timestamp-unasked');
    const { size, checkpoint } = Asked.parse(JSON.parse(row.value));
    const kept = desk.session.ledger.checkpoints().find((each) => each.size === size);
    if (kept === undefined || stampedDigest(kept.body) !== checkpoint)
      throw new DomainError('timestamp-unasked');
    if (digest !== checkpoint) throw refused('it stamps something other than what was asked');
    const response = sha256Hex(bytes);
    const { first: entry } = await desk.commit({
      acts: [{ type: 'timestamped', detail: { size, checkpoint, at, response } }],
      evidence: [{ sha256: response, kind: 'timestamp', bytes }],
      effects: [{ drop: 'settings', id }],
    });
    return { size, checkpoint, at, authority, response, entry };
  }

  /** @throws DomainError `file-unknown`, `file-too-large`, and those of `take` */
  async takeFrom(path: string): Promise<Stamped> {
    return this.take(await this.#desk.tools.files.read(path, MAX_RESPONSE_BYTES));
  }

  /**
   * Asks a server.
   * @throws DomainError `air-gapped`, `timestamp-server`, `input-refused`, and those of `take`
   */
  async ask(url: string, signal?: AbortSignal): Promise<Stamped> {
    this.#airGap.assertOff();
    const { bytes } = await this.request();
    return this.take(await this.#server.ask(url, bytes, this.#network.wayOut, signal));
  }
}

function rowOf(nonce: string): string {
  return `timestamp:${nonce}`;
}
