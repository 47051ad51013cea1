import { sha256Hex } from '../digest.ts';
import { encodeCanonical } from '../json/canonical.ts';
import type { ConsistencyProof } from '../transfers/ledger-part.ts';
import type { Manifest } from './manifest.ts';
import { compareUtf8 } from './names.ts';
import { BLOCK, headerSize, padded, type TarMember } from './tar-header.ts';

/** One file of the payload, and how its bytes are had. */
export interface BagFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  open(): AsyncIterable<Uint8Array>;
}

export interface BagApproval {
  /** The approver's. */
  readonly fingerprint: string;
  /** Armored, detached, over the bytes of `release.json`. */
  readonly signature: string;
  /** The approver's certificate, armored. */
  readonly certificate: string;
}

/** All that goes into a bag. The same contents give the same bytes. */
export interface BagContents {
  readonly manifest: Manifest;
  /** What was approved and what the digest is of: never rebuilt from `manifest`. */
  readonly manifestBytes: Uint8Array;
  readonly approvals: readonly BagApproval[];
  /** The sender's latest checkpoint before the sealing; absent only in bags made by hand. */
  readonly ledger?: {
    readonly checkpoint: string;
    readonly signature: string;
    readonly consistency: readonly ConsistencyProof[];
    /** Entry 0, when it says that the ledger continues another. */
    readonly genesis?: string;
  };
  /** In the manifest's order, one for each of its files. */
  readonly files: readonly BagFile[];
}

/** A member of the tar: a folder, a tag file with its bytes, or a file of the payload. */
export interface PlannedMember extends TarMember {
  readonly content?: Uint8Array | BagFile;
}

export const BAG_PROFILE = 'urn:valise:bag:1';

/** The members in their order, and the exact length of the tar. */
export function planBag(contents: BagContents): { members: PlannedMember[]; size: number } {
  const { manifest, files } = contents;
  const expected = manifest.files.every(
    ({ path, size, sha256 }, index) =>
      files[index]?.path === path && files[index].size === size && files[index].sha256 === sha256,
  );
  if (!expected || files.length !== manifest.files.length)
    throw new TypeError('the files are not those of the manifest');
  const top = `${manifest.id}/`;
  const members = [folder(top), ...tagMembers(contents), ...payloadMembers(files)].map(
    (member) => ({
      ...member,
      path: member.path === top ? top : `${top}${member.path}`,
    }),
  );
  const size = members.reduce(
    (sum, member) => sum + headerSize(member) + padded(member.size),
    2 * BLOCK,
  );
  return { members, size };
}

/** Tag files in the order of docs/formats/package.md, each folder before what it holds. */
function tagMembers(contents: BagContents): PlannedMember[] {
  const { manifest, manifestBytes, approvals, ledger } = contents;
  const plain = [
    file('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'),
    file('bag-info.txt', bagInfo(manifest)),
    file('release.json', manifestBytes),
    ...approvals
      .flatMap(({ fingerprint, signature, certificate }) => [
        file(`approvals/${fingerprint}.asc`, signature),
        file(`approvals/${fingerprint}.cert.asc`, certificate),
      ])
      .sort((a, b) => compareUtf8(a.path, b.path)),
    ...(ledger
      ? [
          file('ledger/checkpoint', ledger.checkpoint),
          file('ledger/checkpoint.asc', ledger.signature),
          file('ledger/consistency.json', encodeCanonical(ledger.consistency)),
          ...(ledger.genesis === undefined ? [] : [file('ledger/genesis.json', ledger.genesis)]),
        ]
      : []),
    file('manifest-sha256.txt', checksums(manifest.files)),
  ];
  const tags = file(
    'tagmanifest-sha256.txt',
    checksums(plain.map(({ path, content }) => ({ path, sha256: sha256Hex(content) }))),
  );
  return [...plain, tags].flatMap((member, index, all) => {
    const parent = member.path.slice(0, member.path.indexOf('/') + 1);
    const first = parent !== '' && !all[index - 1]?.path.startsWith(parent);
    return first ? [folder(parent), member] : [member];
  });
}

function bagInfo({ sender, id, createdAt, files }: Manifest): string {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return [
    `Source-Organization: ${sender.organisation}`,
    `External-Identifier: ${id}`,
    `Bagging-Date: ${createdAt.slice(0, 10)}`,
    `Payload-Oxum: ${String(bytes)}.${String(files.length)}`,
    `BagIt-Profile-Identifier: ${BAG_PROFILE}`,
    '',
  ].join('\n');
}

/** What `sha256sum` prints and checks, in text mode. */
function checksums(files: readonly { path: string; sha256: string }[]): string {
  return files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
}

/** `data/` and all below it, sorted by bytes: a folder's `/` puts it right before its files. */
function payloadMembers(files: readonly BagFile[]): PlannedMember[] {
  const folders = new Set(['data/']);
  for (const { path } of files)
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const parent = path.slice(0, slash + 1);
      if (folders.has(parent)) break;
      folders.add(parent);
    }
  const members: PlannedMember[] = [
    ...[...folders].map(folder),
    ...files.map((content) => ({
      path: content.path,
      kind: 'file' as const,
      size: content.size,
      content,
    })),
  ];
  return members.sort((a, b) => compareUtf8(a.path, b.path));
}

function folder(path: string): PlannedMember {
  return { path, kind: 'folder', size: 0 };
}

function file(path: string, text: string | Uint8Array) {
  const content = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return { path, kind: 'file' as const, size: content.length, content };
}
