import { DomainError } from '../errors/index.ts';
import { assertOrdinary, readLongName, readPaxRecords, type Extras } from './tar-extras.ts';
import {
  decodeName,
  isZero,
  malformed,
  readHeader,
  readSize,
  type RawHeader,
} from './tar-fields.ts';
import { BLOCK, padded } from './tar-header.ts';

/** A member as a reader sees it: the name is UTF-8, and not checked in any other way. */
export interface ReadMember {
  /** Without the `/` that ends a folder's name. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
}

/** Takes one member's bytes; may answer with a promise to slow the source down. */
export interface MemberSink {
  write(chunk: Uint8Array): void | Promise<void>;
  end(): void | Promise<void>;
}

export type OnMember = (member: ReadMember) => MemberSink | Promise<MemberSink>;

/** More than tools write for one member: names, times, owners, attributes. */
const MAX_EXTRA_BYTES = 1024 * 1024;

type Stage = 'header' | 'extra' | 'body' | 'padding' | 'end' | 'tail';

/**
 * A strict reader of tar streams (POSIX.1-2017 ustar and pax, and GNU tar's form with long
 * names), for hostile input: every byte is understood or refused, nothing is guessed or skipped.
 * Holds one block and the extended header of one member, never more.
 */
export class TarParser {
  readonly #onMember: OnMember;
  readonly #block = Buffer.alloc(BLOCK);
  #stage: Stage = 'header';
  /** Bytes of the tar before what is read next. */
  #position = 0;
  /** Bytes that the present stage still wants. */
  #wanted = BLOCK;
  #padding = 0;
  #extra: { readonly type: string; readonly bytes: Buffer } | undefined;
  #extras: Extras | undefined;
  #sink: MemberSink | undefined;

  constructor(onMember: OnMember) {
    this.#onMember = onMember;
  }

  /**
   * Takes the next bytes of the tar.
   * @throws DomainError `bag-malformed`, `bag-link`, `bag-device`, `bag-fifo`, `bag-sparse`,
   * `bag-multi-volume`, `bag-global-header`, `bag-entry-type`, `bag-trailing-bytes`,
   * `name-refused`, and what `onMember` and its sinks throw
   */
  async write(chunk: Uint8Array): Promise<void> {
    let offset = 0;
    while (offset < chunk.length) {
      const piece = chunk.subarray(offset, offset + this.#wanted);
      await this.#take(piece);
      offset += piece.length;
      this.#position += piece.length;
    }
  }

  /**
   * The tar is over.
   * @throws DomainError `bag-incomplete` when it does not end with two zero blocks
   */
  end(): void {
    if (this.#stage === 'tail') return;
    const between = this.#stage === 'header' || this.#stage === 'end';
    const problem = between ? 'the mark of its end is missing' : 'a file is cut off';
    throw new DomainError('bag-incomplete', { problem });
  }

  async #take(piece: Uint8Array): Promise<void> {
    if (this.#stage === 'tail') {
      if (!isZero(piece)) throw new DomainError('bag-trailing-bytes');
      return;
    }
    if (this.#stage === 'body') await this.#sink?.write(piece);
    else if (this.#stage === 'extra' && this.#extra)
      this.#extra.bytes.set(piece, this.#extra.bytes.length - this.#wanted);
    else if (this.#stage !== 'padding') this.#block.set(piece, BLOCK - this.#wanted);
    this.#wanted -= piece.length;
    if (this.#wanted === 0) await this.#finishStage();
  }

  async #finishStage(): Promise<void> {
    switch (this.#stage) {
      case 'header':
        return this.#headerRead();
      case 'end':
        if (!isZero(this.#block)) throw malformed('a lone zero block', this.#blockStart());
        {
          this.#enter('tail', Number.MAX_SAFE_INTEGER);
          return;
        }
      case 'extra':
        this.#extraRead();
        {
          this.#pad();
          return;
        }
      case 'body':
        await this.#sink?.end();
        this.#sink = undefined;
        {
          this.#pad();
          return;
        }
      default: {
        this.#enter('header', BLOCK);
        return;
      }
    }
  }

  async #headerRead(): Promise<void> {
    const at = this.#blockStart();
    if (isZero(this.#block)) {
      if (this.#extras) throw malformed('an extended header without its file', at);
      this.#enter('end', BLOCK);
      return;
    }
    const header = readHeader(this.#block, at);
    if (header.type === 'x' || header.type === 'L') this.#beginExtra(header, at);
    else await this.#beginMember(header, at);
  }

  #beginExtra({ type, size: field }: RawHeader, at: number): void {
    const size = readSize(field, at);
    this.#padding = padded(size) - size;
    if (this.#extras) throw malformed('two extended headers for one file', at);
    if (size === 0 || size > MAX_EXTRA_BYTES)
      throw malformed('an extended header of that size', at);
    this.#extra = { type, bytes: Buffer.alloc(size) };
    this.#enter('extra', size);
  }

  #extraRead(): void {
    if (!this.#extra) return;
    const { type, bytes } = this.#extra;
    this.#extra = undefined;
    this.#extras = type === 'x' ? readPaxRecords(bytes, this.#position) : readLongName(bytes);
  }

  async #beginMember(header: RawHeader, at: number): Promise<void> {
    assertOrdinary(header);
    const path = this.#extras?.path ?? decodeName(header.name);
    const size = this.#extras?.size ?? readSize(header.size, at);
    this.#extras = undefined;
    this.#padding = padded(size) - size;
    const kind = header.type === '5' ? 'folder' : 'file';
    if (kind === 'folder' && size > 0) throw malformed('a folder with content', at);
    this.#sink = await this.#onMember({
      path: kind === 'folder' ? path.replace(/\/$/, '') : path,
      kind,
      size,
    });
    this.#enter('body', size);
    if (size === 0) await this.#finishStage();
  }

  #pad(): void {
    if (this.#padding > 0) this.#enter('padding', this.#padding);
    else this.#enter('header', BLOCK);
  }

  #enter(stage: Stage, wanted: number): void {
    this.#stage = stage;
    this.#wanted = wanted;
  }

  /** Where the block that was just filled begins, or nearly so when it came in pieces. */
  #blockStart(): number {
    return this.#position - (this.#position % BLOCK);
  }
}
