import { DomainError } from '../domain/errors/index.ts';
import { BagReader, type Bag, type BagFileSink } from '../domain/packages/bag-reader.ts';
import type { OpenedMessage } from '../domain/pgp/engine.ts';
import type { Work } from '../domain/ports.ts';
import { APPROVAL_REQUEST } from '../domain/transfers/approval.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';

/** What a sealed file held, after every check of the message and of the bag. */
export type Opened =
  | { readonly kind: 'bag'; readonly message: OpenedMessage; readonly bag: Bag }
  | { readonly kind: 'document'; readonly message: OpenedMessage; readonly bytes: Uint8Array };

/** Takes the payload's files as they stream by; what it wrote counts only after `open` answered. */
export type OnFile = (path: string, size: number) => Promise<BagFileSink> | BagFileSink;

/** The largest document of all: each kind has a limit of its own. */
const DOCUMENT_LIMIT = APPROVAL_REQUEST.maxBytes;
const POLICY_LIMIT = 256 * 1024 ** 3;
const OPENING_BRACE = 0x7b;

/** Opens sealed files: all checks, one answer, and nothing is let out before it. */
export class Opening {
  private readonly desk: Desk;
  private readonly contacts: Contacts;

  constructor(desk: Desk, contacts: Contacts) {
    this.desk = desk;
    this.contacts = contacts;
  }

  /**
   * @throws DomainError of the message (pgp table) and of the bag (packages table)
   */
  async open(path: string, work: Work = {}, onFile?: OnFile): Promise<Opened> {
    const { desk } = this;
    const { engine, files } = desk.tools;
    const facts = await files.facts(path);
    if (facts?.kind !== 'file') throw new DomainError('file-unknown', { path });
    const sink = new Sink(onFile);
    const free = await files.free(path);
    const message = await engine.open(
      {
        source: files.stream(path),
        size: facts.size,
        keys: desk.session.keys,
        signers: (keyId) => Promise.resolve(this.candidates(keyId)),
        sink: (chunk) => sink.write(chunk),
        maxBytes: Math.max(facts.size, Math.min(POLICY_LIMIT, free / 2)),
        at: desk.now(),
      },
      work,
    );
    return sink.finish(message);
  }

  private candidates(keyId: string): Uint8Array[] {
    const own = this.desk.session.certificate;
    const ownKeyIds = [own.facts.primary, ...own.facts.subkeys].map((key) => key.keyId);
    return [...this.contacts.byKeyId(keyId), ...(ownKeyIds.includes(keyId) ? [own.bytes] : [])];
  }
}

/** Tells a bag from a document by the first byte: canonical JSON opens with a brace, a tar never does. */
class Sink {
  private bag: BagReader | undefined;
  private readonly parts: Uint8Array[] = [];
  private length = 0;
  private readonly onFile: OnFile | undefined;

  constructor(onFile: OnFile | undefined) {
    this.onFile = onFile;
  }

  async write(chunk: Uint8Array): Promise<void> {
    if (chunk.length === 0) return;
    if (this.length === 0 && chunk[0] !== OPENING_BRACE)
      this.bag = new BagReader(this.onFile === undefined ? {} : { onFile: this.onFile });
    this.length += chunk.length;
    if (this.bag) {
      await this.bag.write(chunk);
      return;
    }
    if (this.length > DOCUMENT_LIMIT) throw new DomainError('document-too-large');
    this.parts.push(chunk.slice());
  }

  async finish(message: OpenedMessage): Promise<Opened> {
    if (this.bag) return { kind: 'bag', message, bag: await this.bag.end() };
    return { kind: 'document', message, bytes: Buffer.concat(this.parts) };
  }
}
