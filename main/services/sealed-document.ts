import { sha256Hex } from '../domain/digest.ts';
import { DomainError } from '../domain/errors/index.ts';
import type { Digest, Fingerprint, Uuid } from '../domain/identifiers.ts';
import { sealedFileName } from '../domain/packages/file-name.ts';
import { readArmor } from '../domain/pgp/armor.ts';
import type { OutgoingRecord } from '../domain/transfers/records.ts';
import type { Commit } from '../domain/vault/journal.ts';
import type { Effect } from '../domain/vault/records.ts';
import type { Desk } from './desk.ts';

/** A receipt or a notice that is to be sealed to one counterparty. */
export interface DocumentToSeal {
  readonly bytes: Uint8Array;
  /** The document's own. */
  readonly id: Uuid;
  readonly what: Extract<OutgoingRecord['what'], 'receipt' | 'notice'>;
  readonly to: Fingerprint;
  readonly certificate: Uint8Array;
  readonly channel: string | undefined;
  /** What it is about, if anything. */
  readonly package?: Uuid;
}

/** A sealed document, still partial: the commit renames it, and has it wait for its channel. */
export interface SealedDocument {
  readonly fileName: string;
  /** Written and synced; the commit renames it to its final name. */
  readonly partial: string;
  /** SHA-256 of the document, by which entries name it. */
  readonly digest: Digest;
  /** Our own binary signature over the document, for the ledger's copy. */
  readonly signature: Uint8Array;
  readonly effects: readonly Effect[];
  readonly renames: NonNullable<Commit['renames']>;
}

/** Signs a document, seals it to its reader, and has it ready to be committed and sent. */
export async function sealDocument(desk: Desk, given: DocumentToSeal): Promise<SealedDocument> {
  const { engine, files } = desk.tools;
  const { bytes, id, what, to, certificate, channel } = given;
  const [signer] = desk.session.keys;
  if (!signer) throw new DomainError('vault-locked');
  const { facts } = await engine.readCertificate(certificate, desk.now());
  const partial = desk.sealed(`${id}.partial`);
  // Remembered before it is there, so that not even a crash leaves it; `deliverDocument` ends this.
  desk.session.scratch.begin(partial);
  const file = await files.hashedPartial(partial);
  try {
    const content = (async function* () {
      yield await Promise.resolve(bytes);
    })();
    const sealed = engine.seal({
      content,
      recipients: [certificate],
      signer,
      profile: engine.messageProfile([facts, desk.session.certificate.facts]),
      compress: false,
      at: desk.now(),
    });
    for await (const chunk of sealed) await file.write(chunk);
    const written = await file.finish();
    // The ledger's own copy is proved by a signature of its own: the sealed one only its reader sees.
    const signature = readArmor(await engine.sign(bytes, signer, desk.now())).bytes;
    const fileName = sealedFileName(written.digest);
    const about = given.package === undefined ? {} : { package: given.package };
    const outgoing: OutgoingRecord = {
      id: desk.newId(),
      ...(channel === undefined ? {} : { channel }),
      what,
      ...about,
      fileName,
      digest: written.digest,
      bytes: written.bytes,
      to: [to],
      state: 'waiting',
      at: desk.at(),
    };
    const seen = {
      digest: written.digest,
      what: 'own',
      ...about,
      entry: 0,
      at: desk.at(),
    } as const;
    return {
      fileName,
      partial,
      digest: sha256Hex(bytes),
      signature,
      effects: [
        { put: 'outgoing', id: outgoing.id, doc: outgoing },
        { put: 'seen', id: written.digest, doc: seen },
      ],
      renames: [{ from: partial, to: desk.sealed(fileName) }],
    };
  } catch (error) {
    await file.discard();
    desk.session.scratch.end(partial);
    throw error;
  }
}

/**
 * Runs `commit` with the renames of a copy for `out`, when a folder was named; whatever fails,
 * neither the sealed document's partial nor the copy stays behind.
 */
export async function deliverDocument<T>(
  desk: Desk,
  made: Pick<SealedDocument, 'partial' | 'fileName'>,
  out: string | undefined,
  commit: (extra: readonly { from: string; to: string }[]) => Promise<T>,
): Promise<T> {
  const { files } = desk.tools;
  return desk.withScratch(made.partial, async () => {
    if (out === undefined) return commit([]);
    await files.makeFolder(out);
    const to = files.join(out, made.fileName);
    const copy = `${to}.partial`;
    return desk.withScratch(copy, async () => {
      await files.copy(made.partial, copy);
      return commit([{ from: copy, to }]);
    });
  });
}
