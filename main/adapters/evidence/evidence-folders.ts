import { DomainError } from '../../domain/errors/index.ts';
import { decodeEntry } from '../../domain/ledger/entry.ts';
import type {
  Checked,
  CheckOptions,
  EvidenceFolders,
  Exported,
  ExportRequest,
  OpenedBundle,
  ReconciledBundles,
} from '../../domain/ledger/evidence-port.ts';
import { reconcile } from '../../domain/ledger/reconcile.ts';
import { LedgerSide } from '../../domain/ledger/reconcile-side.ts';
import { VerifyAnswer } from '../../domain/ledger/verdict.ts';
import { Fingerprint } from '../../domain/identifiers.ts';
import type { Files } from '../../domain/files.ts';
import { claimedDigest } from '../../domain/packages/file-name.ts';
import type { Engine } from '../../domain/pgp/engine.ts';
import type { Clock, Work } from '../../domain/ports.ts';
import verifyPy from '../../../assets/verify.py?raw';
import { openBundle } from './open-bundle.ts';
import { isTar, openBundleFiles } from './bundle-tar.ts';
import { verifyBundle, type BundleVerdict, type VerifyBundleOptions } from './verify-bundle.ts';
import { verifyProof, type ProofVerdict } from './verify-proof.ts';
import { writeBundle } from './write-bundle.ts';

const OPENING_BRACE = 0x7b;
/** A proof of an office with a thousand keys entries has about 2 MiB. */
const PROOF_LIMIT = 16 * 1024 * 1024;

/** Bundles of evidence as folders, checked with nothing but what stands in them. */
export class NodeEvidenceFolders implements EvidenceFolders {
  readonly #engine: Engine;
  readonly #files: Files;
  readonly #clock: Clock;

  constructor(parts: { readonly engine: Engine; readonly files: Files; readonly clock: Clock }) {
    this.#engine = parts.engine;
    this.#files = parts.files;
    this.#clock = parts.clock;
  }

  async write(request: ExportRequest, work: Work = {}): Promise<Exported> {
    return writeBundle(
      {
        ...request,
        by: { fingerprint: request.by },
        engine: this.#engine,
        verifyPy: new TextEncoder().encode(verifyPy),
      },
      work,
    );
  }

  async verify(path: string, options: CheckOptions): Promise<Checked> {
    const facts = await this.#files.facts(path);
    if (!facts) throw new DomainError('file-unknown', { path });
    if (facts.kind === 'folder' || (facts.kind === 'file' && (await isTar(path))))
      return this.#bundle(path, options);
    if (await this.#isDocument(path)) return this.#proof(path, options);
    return this.#sealedFile(path, facts.size);
  }

  open(path: string, work: Work = {}): Promise<OpenedBundle> {
    return openBundle(path, { engine: this.#engine, at: this.#clock.now(), work });
  }

  async reconcile(a: string, b: string): Promise<ReconciledBundles> {
    const [first, second] = [await this.#side(a), await this.#side(b)];
    return {
      ...reconcile(first.side, second.side),
      signers: { a: first.signer, b: second.signer },
    };
  }

  async #bundle(path: string, options: CheckOptions): Promise<Checked> {
    const verdict = await verifyBundle(path, this.#verifyOptions(options));
    const { exit, lines, entries, bundle } = verdict;
    return {
      exit,
      lines,
      json: VerifyAnswer.parse({
        kind: 'bundle',
        ...answerOf(verdict),
        entries,
        ...(bundle ? { scope: bundle.scope, redacted: bundle.filters.redacted } : {}),
      }),
    };
  }

  async #proof(path: string, options: CheckOptions): Promise<Checked> {
    const bytes = await this.#files.read(path, PROOF_LIMIT);
    const verdict = await verifyProof(bytes, this.#verifyOptions(options));
    const { exit, lines, entry, from } = verdict;
    return {
      exit,
      lines,
      json: VerifyAnswer.parse({
        kind: 'proof',
        ...answerOf(verdict),
        ...(entry === undefined ? {} : { entry }),
        ...(from === undefined ? {} : { from }),
      }),
    };
  }

  #verifyOptions({ trust, ...rest }: CheckOptions): VerifyBundleOptions {
    return {
      ...rest,
      trust: trust.map(fingerprintOf),
      engine: this.#engine,
      at: this.#clock.now(),
    };
  }

  /** A proof is JSON; an OpenPGP message, binary or armored, begins with something else. */
  async #isDocument(path: string): Promise<boolean> {
    for await (const chunk of this.#files.stream(path)) return chunk[0] === OPENING_BRACE;
    return false;
  }

  /** Without a key only the outside can be judged: one message, whole, with these readers. */
  async #sealedFile(path: string, size: number): Promise<Checked> {
    const outline = await this.#engine.inspect(this.#files.stream(path), size);
    const claimed = claimedDigest(this.#files.baseName(path));
    const named = claimed === undefined || outline.sealedDigest.startsWith(claimed);
    const readers = outline.sessionKeys.map(({ key }) => key ?? 'hidden');
    return {
      exit: named ? 0 : 4,
      lines: [
        `One sealed message of ${String(outline.bytes)} bytes, profile ${outline.profile}.`,
        `sha256 ${outline.sealedDigest}`,
        ...readers.map((reader) => `encrypted to ${reader}`),
        named
          ? 'Only the outer form was checked: signature and content need a recipient’s key.'
          : 'FAILED: the name of the file claims another digest.',
      ],
      json: VerifyAnswer.parse({ kind: 'sealed', verified: named, ...outline }),
    };
  }

  /**
   * What a bundle says of packages. A bundle that is itself not in order proves nothing, so it is
   * refused; whether its signer is the right one is for `verify` to say.
   */
  async #side(path: string): Promise<{ side: LedgerSide; signer: Fingerprint }> {
    const { exit, signer, bundle } = await verifyBundle(path, {
      trust: [],
      engine: this.#engine,
      at: this.#clock.now(),
    });
    if (exit === 4 || signer === undefined) throw new DomainError('bundle-damaged', { path });
    const side = new LedgerSide(bundle?.scope !== 'part');
    const files = await openBundleFiles(path);
    for await (const { bytes, number } of files.lines('entries.jsonl'))
      side.take(decodeEntry(bytes, number - 1));
    return { side, signer };
  }
}

/** What `verify --json` says of a ledger, whatever it was looked at through. */
function answerOf(verdict: BundleVerdict | ProofVerdict) {
  const { exit, signer } = verdict;
  return {
    verified: exit === 0,
    size: verdict.size,
    origin: verdict.origin,
    root: verdict.root,
    head: verdict.head,
    ...(signer === undefined ? {} : { signer }),
    confirmed: verdict.confirmed,
    problems: verdict.problems,
    unchecked: verdict.unchecked,
    notes: verdict.notes,
  };
}

/** A fingerprint as somebody wrote it down: in groups, in either case. */
function fingerprintOf(given: string): Fingerprint {
  const found = Fingerprint.safeParse(given.replace(/[\s:]/g, '').toUpperCase());
  if (found.success) return found.data;
  throw new DomainError('input-refused', {
    what: 'verify',
    where: '--trust',
    problem: `${JSON.stringify(given.slice(0, 80))} is no fingerprint of 40 or 64 hex digits`,
  });
}
