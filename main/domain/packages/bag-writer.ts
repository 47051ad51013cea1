import { createHash } from 'node:crypto';
import { DomainError } from '../errors/index.ts';
import { escapeForDisplay } from '../escape.ts';
import type { Work } from '../ports.ts';
import { planBag, type BagContents, type BagFile } from './bag-plan.ts';
import { BLOCK, memberHeader, needsPax, padded } from './tar-header.ts';

export type { BagApproval, BagContents, BagFile } from './bag-plan.ts';

/** Small pieces are joined up to this size: a reader downstream likes few large chunks. */
const CHUNK = 64 * 1024;

/** The exact length in bytes of the tar that `writeBag` gives. */
export function bagSize(contents: BagContents): number {
  return planBag(contents).size;
}

/**
 * The bag as a tar, streamed: members in the order of docs/formats/package.md, each file hashed
 * on the way. The same contents give the same bytes. Progress is in bytes of the tar.
 * @throws DomainError `file-changed` naming the file whose size or digest is not the manifest's,
 * `cancelled`
 */
export async function* writeBag(
  contents: BagContents,
  work: Work = {},
): AsyncGenerator<Uint8Array> {
  const { members, size } = planBag(contents);
  const frame = {
    top: contents.manifest.id,
    mtime: Math.floor(Date.parse(contents.manifest.createdAt) / 1000),
  };
  const out = new Joiner();
  let pax = 0;
  let done = 0;
  const passOn = function* (chunk: Uint8Array): Generator<Uint8Array> {
    if (work.signal?.aborted) throw new DomainError('cancelled');
    for (const joined of out.add(chunk)) {
      yield joined;
      done += joined.length;
      work.report?.({ stage: 'bag', done, total: size });
    }
  };
  for (const member of members) {
    if (needsPax(member)) pax += 1;
    yield* passOn(memberHeader(member, frame, pax));
    if (member.content === undefined) continue;
    if (member.content instanceof Uint8Array) yield* passOn(member.content);
    else for await (const chunk of checked(member.content)) yield* passOn(chunk);
    yield* passOn(new Uint8Array(padded(member.size) - member.size));
  }
  yield* passOn(new Uint8Array(2 * BLOCK));
  yield out.rest();
  work.report?.({ stage: 'bag', done: size, total: size });
}

/** The file's bytes as long as they are those that were hashed when it was added. */
async function* checked(file: BagFile): AsyncGenerator<Uint8Array> {
  const changed = () => new DomainError('file-changed', { path: escapeForDisplay(file.path) });
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of file.open()) {
    length += chunk.length;
    if (length > file.size) throw changed();
    hash.update(chunk);
    yield chunk;
  }
  if (length !== file.size || hash.digest('hex') !== file.sha256) throw changed();
}

/** Joins small chunks; large ones pass through as they are. */
class Joiner {
  #buffer = new Uint8Array(CHUNK);
  #used = 0;

  *add(chunk: Uint8Array): Generator<Uint8Array> {
    if (this.#used + chunk.length <= CHUNK) {
      this.#buffer.set(chunk, this.#used);
      this.#used += chunk.length;
      return;
    }
    if (this.#used > 0) yield this.rest();
    if (chunk.length >= CHUNK) yield chunk;
    else {
      this.#buffer.set(chunk);
      this.#used = chunk.length;
    }
  }

  rest(): Uint8Array {
    const joined = this.#buffer.subarray(0, this.#used);
    this.#buffer = new Uint8Array(CHUNK);
    this.#used = 0;
    return joined;
  }
}
