import { sha256Hex } from '../digest.ts';
import type { Digest } from '../identifiers.ts';
import { decodeCanonical, encodeCanonical } from '../json/canonical.ts';
import { checkDocument } from '../json/document.ts';
import { DomainError } from '../errors/index.ts';
import { FileEntry, ManifestHead, RELEASE_FORMAT, type Manifest } from './manifest-schema.ts';
import { checkFiles, checkPeople, checkReferences } from './manifest-rules.ts';

export { FileEntry, Manifest, RELEASE_FORMAT } from './manifest-schema.ts';

/** Bounds the number of files as well: no entry of `files` takes less than 121 bytes. */
export const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;

const WHAT = 'The release manifest';

/**
 * The canonical bytes of a manifest, checked as a reader would check it.
 * @throws DomainError `document-refused` naming the field, `oversized`
 */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const bytes = encodeCanonical(checkManifest(manifest));
  if (bytes.length > MAX_MANIFEST_BYTES)
    throw new DomainError('oversized', { what: WHAT, limit: MAX_MANIFEST_BYTES });
  return bytes;
}

/**
 * Reads `release.json`. `digest` is the manifest digest, by which receipts, approvals and ledger
 * entries name the package.
 * @throws DomainError `oversized`, `version-unknown`, `not-canonical`, or
 * `document-refused` naming the field
 */
export function decodeManifest(bytes: Uint8Array): { manifest: Manifest; digest: Digest } {
  const value = decodeCanonical(bytes, WHAT, {
    format: RELEASE_FORMAT,
    maxBytes: MAX_MANIFEST_BYTES,
  });
  return { manifest: checkManifest(value), digest: sha256Hex(bytes) };
}

/**
 * Every rule of docs/formats/release.md: the form of each field, then the rules across fields.
 * The items of `files` are parsed one by one, so that the first wrong one ends it.
 * @throws DomainError `document-refused` naming the field
 */
export function checkManifest(value: unknown): Manifest {
  const head = checkDocument({ schema: ManifestHead, what: WHAT }, value);
  const files = head.files.map((item, index) => {
    const result = FileEntry.safeParse(item);
    return result.success ? result.data : checkFileEntry(item, index);
  });
  const manifest: Manifest = { ...head, files };
  const broken = checkPeople(manifest) ?? checkReferences(manifest) ?? checkFiles(manifest);
  if (broken) throw new DomainError('document-refused', { what: WHAT, ...broken });
  return manifest;
}

function checkFileEntry(item: unknown, index: number): FileEntry {
  try {
    return checkDocument({ schema: FileEntry, what: WHAT }, item);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const field = String(error.params['field']);
    const within = field === 'the document' ? '' : `.${field}`;
    throw new DomainError('document-refused', {
      ...error.params,
      field: `files[${String(index)}]${within}`,
    });
  }
}
