import { z } from 'zod';
import { Code, Country, Digest, Fingerprint, Uuid } from '../identifiers.ts';
import { decodeCanonical } from '../json/canonical.ts';
import { checkDocument } from '../json/document.ts';
import { OUTCOMES } from '../packages/states.ts';
import { Instant } from '../time.ts';

/**
 * An evidence bundle: a folder that proves a ledger to somebody who does not trust this program.
 * See docs/formats/bundle.md; `assets/verify.py` checks the same format, line by line alike.
 */
export const BUNDLE_FORMAT = 'valise.bundle/1';

/** The two files that `bundle.json` cannot list, since it is one of them. */
export const BUNDLE_JSON = 'bundle.json';
export const BUNDLE_SIGNATURE = 'bundle.json.asc';

/** Files that every bundle has. */
export const FIXED_FILES = [
  'entries.jsonl',
  'checkpoint',
  'checkpoint.asc',
  'checkpoints.jsonl',
  'proofs.jsonl',
  'openings.jsonl',
  'witnesses.jsonl',
  'README.txt',
  'verify.py',
] as const;

/** Folders of evidence: files in them are called by the digest that entries name them by. */
export type EvidenceFolder =
  | 'certificates'
  | 'receipts'
  | 'approvals'
  | 'statements'
  | 'recorded'
  | 'complaints'
  | 'notices'
  | 'timestamps';

const FILE_NAME = new RegExp(
  `^(?:${FIXED_FILES.map((name) => name.replace('.', '\\.')).join('|')}` +
    '|certificates/(?:[0-9A-F]{40}|[0-9A-F]{64})-[0-9a-f]{64}\\.asc' +
    '|receipts/[0-9a-f]{64}\\.(?:json|asc)|approvals/[0-9a-f]{64}\\.sig' +
    '|statements/[0-9a-f]{64}\\.json|recorded/[0-9a-f]{64}\\.bin' +
    '|complaints/[0-9a-f]{64}\\.json|notices/[0-9a-f]{64}\\.json' +
    '|timestamps/[0-9a-f]{64}\\.tsr)$',
);

/** What a redacted bundle may leave out: files that show people's names or words. */
export const REDACTABLE: readonly EvidenceFolder[] = [
  'receipts',
  'approvals',
  'recorded',
  'complaints',
  'notices',
];

/** What was asked for; a whole bundle has no filter but `redacted`. */
export const BundleFilters = z.strictObject({
  case: Uuid.exactOptional(),
  package: Uuid.exactOptional(),
  since: Instant.exactOptional(),
  until: Instant.exactOptional(),
  redacted: z.boolean(),
});
export type BundleFilters = z.infer<typeof BundleFilters>;

/** `bundle.json`, which its maker signs: everything else in the folder hangs on it. */
export const Bundle = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  /** `part` proves that its entries are in the ledger, not that there are no others. */
  scope: z.enum(['whole', 'part']),
  filters: BundleFilters,
  by: z.strictObject({ fingerprint: Fingerprint }),
  at: Instant,
  files: z.record(z.string().regex(FILE_NAME), Digest),
});
export type Bundle = z.infer<typeof Bundle>;

/** A line of `checkpoints.jsonl`. */
export const KeptLine = z.strictObject({ body: z.string(), signature: z.string() });

/** A line of `proofs.jsonl`: RFC 6962 inclusion of one entry in the tree of `checkpoint`. */
export const ProofLine = z.strictObject({
  seq: z.int().min(0),
  hashes: z.array(Digest).max(64),
});

/** A line of `openings.jsonl`: `digest` = hex SHA-256(salt ‖ UTF-8 of value). */
export const OpeningLine = z.strictObject({
  digest: Digest,
  salt: z.string().regex(/^[0-9a-f]{32}$/),
  value: z.string(),
});

/** A line of `witnesses.jsonl`: a checkpoint of another ledger, as it came with a package. */
export const WitnessLine = z.strictObject({
  by: Fingerprint,
  checkpoint: z.string(),
  signature: z.string(),
  /** What had been seen of that ledger before, when the two did not fit together. */
  known: z.unknown().optional(),
});

const Seen = z.strictObject({
  result: z.enum(['first-seen', 'consistent', 'same', 'smaller', 'inconsistent', 'none']),
  origin: z.string().max(80).exactOptional(),
  size: z.int().min(0).exactOptional(),
  root: Digest.exactOptional(),
  head: Digest.exactOptional(),
});

/**
 * What a verifier reads of a receipt (`valise.receipt/1`). Its own page has the full rules; here
 * texts may be of any length, as in `verify.py`.
 */
export const ReceiptOutline = z.strictObject({
  format: z.literal('valise.receipt/1'),
  id: Uuid,
  kind: z.enum(OUTCOMES),
  packageId: Uuid,
  manifestDigest: Digest,
  sealedDigest: Digest,
  at: Instant,
  by: z.strictObject({
    name: z.string(),
    organisation: z.string(),
    country: Country.exactOptional(),
    fingerprint: Fingerprint,
  }),
  reason: z.strictObject({ code: Code, text: z.string().exactOptional() }).exactOptional(),
  ledger: z.unknown().optional(),
  witnessed: Seen.refine(
    (seen) => seen.result === 'none' || Object.keys(seen).length === 5,
    'does not say what was seen',
  ),
});
export type ReceiptOutline = z.infer<typeof ReceiptOutline>;

/**
 * One canonical document of a bundle, or one line of it.
 * @throws DomainError `not-canonical`, `document-refused` naming the member
 */
export function decodeBundlePart<S extends z.ZodType>(
  schema: S,
  bytes: Uint8Array,
  what: string,
): z.output<S> {
  return checkDocument({ schema, what }, decodeCanonical(bytes, what));
}
