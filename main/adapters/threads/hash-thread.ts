import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { HashName, RunningHash, StartHash } from '../../domain/pgp/hashing.ts';

/** What may be on its way to the thread; less than this never starts one. */
const CAPACITY = 4 * 1024 * 1024;

/**
 * To wake somebody costs more than to hash a slice: the thread is woken for this much or for the
 * end, and wakes a writer that waits only when it has made that much room.
 */
const WORTH_WAKING = CAPACITY / 4;

/** Places in the shared state: bytes written and read (both may wrap), and who sleeps. */
const WRITTEN = 0;
const READ = 1;
const CLOSED = 2;
const THREAD_SLEEPS = 3;
const WRITER_WAITS = 4;

/**
 * The thread's whole program: takes what was written into the ring, hashes it, and says how far it
 * is. It is text, because a bundle of one file has no second file to start a thread from.
 */
const PROGRAM = `
'use strict';
const { parentPort, workerData } = require('node:worker_threads');
const { createHash } = require('node:crypto');
const ring = new Uint8Array(workerData.ring);
const state = new Int32Array(workerData.state);
const hash = createHash(workerData.name);
const available = () => (Atomics.load(state, ${WRITTEN}) - read) >>> 0;
let read = 0;
for (;;) {
  const closed = Atomics.load(state, ${CLOSED}) === 1;
  if (available() > 0) {
    const at = (read >>> 0) % ring.length;
    const length = Math.min(available(), ring.length - at, 262144);
    hash.update(ring.subarray(at, at + length));
    read = (read + length) | 0;
    Atomics.store(state, ${READ}, read);
    if (
      ring.length - available() >= ${WORTH_WAKING} &&
      Atomics.exchange(state, ${WRITER_WAITS}, 0) === 1
    )
      parentPort.postMessage(undefined);
  } else if (closed) break;
  else {
    // Whoever writes after this look takes the mark away, and the wait ends before it begins.
    Atomics.store(state, ${THREAD_SLEEPS}, 1);
    if (available() < ${WORTH_WAKING} && Atomics.load(state, ${CLOSED}) === 0)
      Atomics.wait(state, ${THREAD_SLEEPS}, 1);
  }
}
parentPort.postMessage(hash.digest());
`;

/**
 * Hashes on a thread of its own: bytes are copied into a ring that both share. The thread is
 * started when the ring is full for the first time, so that small things cost no thread.
 */
export const hashOnThread: StartHash = (name) => new ThreadedHash(name);

class ThreadedHash implements RunningHash {
  readonly #name: HashName;
  readonly #ringBuffer = new SharedArrayBuffer(CAPACITY);
  readonly #stateBuffer = new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT);
  readonly #ring = new Uint8Array(this.#ringBuffer);
  readonly #state = new Int32Array(this.#stateBuffer);
  #written = 0;
  #worker: Worker | undefined;
  #failure: Error | undefined;
  #digest: Uint8Array | undefined;
  #wake: () => void = () => undefined;

  constructor(name: HashName) {
    this.#name = name;
  }

  update(bytes: Uint8Array): Promise<void> | undefined {
    const rest = this.#write(bytes);
    return rest.length === 0 ? undefined : this.#writeWhenRead(rest);
  }

  async digest(): Promise<Uint8Array> {
    if (!this.#worker)
      return createHash(this.#name).update(this.#ring.subarray(0, this.#written)).digest();
    Atomics.store(this.#state, CLOSED, 1);
    this.#wakeThread();
    while (!this.#digest) await this.#news();
    return this.#digest;
  }

  stop(): void {
    void this.#worker?.terminate();
  }

  /** Copies as much as there is room for; answers with the rest. */
  #write(bytes: Uint8Array): Uint8Array {
    let rest = bytes;
    while (rest.length > 0) {
      const used = (this.#written - Atomics.load(this.#state, READ)) >>> 0;
      const at = (this.#written >>> 0) % CAPACITY;
      const part = rest.subarray(0, Math.min(CAPACITY - used, CAPACITY - at));
      if (part.length === 0) break;
      this.#ring.set(part, at);
      this.#written = (this.#written + part.length) | 0;
      Atomics.store(this.#state, WRITTEN, this.#written);
      if (used + part.length >= WORTH_WAKING) this.#wakeThread();
      rest = rest.subarray(part.length);
    }
    return rest;
  }

  async #writeWhenRead(bytes: Uint8Array): Promise<void> {
    this.#worker ??= this.#begin();
    let rest = bytes;
    while (rest.length > 0) {
      Atomics.store(this.#state, WRITER_WAITS, 1);
      const left = this.#write(rest);
      if (left.length === rest.length) await this.#news();
      rest = left;
    }
  }

  #wakeThread(): void {
    if (Atomics.exchange(this.#state, THREAD_SLEEPS, 0) === 1)
      Atomics.notify(this.#state, THREAD_SLEEPS);
  }

  /** Until the thread has said something; it says something whenever `WRITER_WAITS` is set. */
  async #news(): Promise<void> {
    // A thread that nobody waits for does not keep the program from ending.
    this.#worker?.ref();
    if (!this.#failure && !this.#digest)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    this.#worker?.unref();
    // The thread ends by itself once it has given the digest.
    if (this.#failure && !this.#digest) throw this.#failure;
  }

  #begin(): Worker {
    const workerData = { ring: this.#ringBuffer, state: this.#stateBuffer, name: this.#name };
    const worker = new Worker(PROGRAM, { eval: true, workerData });
    worker.on('message', (digest: Uint8Array | undefined) => {
      this.#digest = digest;
      this.#wake();
    });
    worker.on('error', (error) => {
      this.#failure = error;
      this.#wake();
    });
    worker.on('exit', () => {
      this.#failure ??= new Error('the hashing thread has ended');
      this.#wake();
    });
    worker.unref();
    return worker;
  }
}
