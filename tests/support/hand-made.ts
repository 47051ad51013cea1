import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export interface HandMade {
  readonly id: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  /** Changes to the manifest before it is written. */
  readonly change?: (manifest: Record<string, unknown>) => void;
  /** Changes to the bag's folder after everything was written. */
  readonly meddle?: (bag: string) => void;
}

/**
 * A bag as somebody makes it with an editor, `tar` and `sha256sum`: a valid release.json, no
 * ledger. Answers with the tar's path.
 */
export function handMadeBag(folder: string, bag: HandMade): string {
  const root = join(folder, bag.id);
  mkdirSync(join(root, 'data'), { recursive: true });
  for (const [path, text] of Object.entries(bag.files)) {
    mkdirSync(join(root, 'data', path, '..'), { recursive: true });
    writeFileSync(join(root, 'data', path), text);
  }
  const manifest = manifestOf(bag);
  bag.change?.(manifest);
  writeFileSync(join(root, 'release.json'), canonical(manifest));
  writeFileSync(
    join(root, 'bagit.txt'),
    'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
  );
  execFileSync(
    'bash',
    ['-c', 'find data -type f | LC_ALL=C sort | xargs -d "\\n" sha256sum > manifest-sha256.txt'],
    {
      cwd: root,
    },
  );
  bag.meddle?.(root);
  const tar = join(folder, `${bag.id}.tar`);
  execFileSync('tar', ['-cf', tar, '-C', folder, bag.id]);
  return tar;
}

/** The form that `json.dumps(sort_keys=True, ensure_ascii=False, separators=(',', ':'))` gives. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`)
      .join(',')}}`;
  return JSON.stringify(value);
}

function manifestOf(bag: HandMade): Record<string, unknown> {
  const at = '2026-11-20T10:00:00Z';
  const met = { answer: 'met', evidence: 'Seen in the file.', by: bag.sender, at };
  const recent = `${new Date().toISOString().slice(0, 19)}Z`;
  return {
    format: 'valise.release/1',
    id: bag.id,
    createdAt: recent,
    kind: 'release',
    sender: { name: 'Peer', organisation: 'A company', country: 'FR', fingerprint: bag.sender },
    recipients: bag.recipients.map((fingerprint) => ({ name: 'Officer', fingerprint })),
    approval: { required: 0, approvers: [] },
    case: { reference: 'HAND-1' },
    instrument: 'COURT-ORDER',
    legalBasis: ['A6-1-c'],
    offences: ['09031'],
    dataCategories: ['Name'],
    purpose: 'Answer to an order.',
    affectedIndividuals: { count: 1, method: 'exact' },
    origin: { how: 'Own records' },
    assessment: {
      ownership: met,
      consentOrInterest: met,
      recipientIdentity: met,
      minimisation: met,
      necessity: met,
      harmToIndividuals: met,
      onwardTransfer: met,
      risk: 'low',
    },
    handling: { tlp: 'AMBER', caveats: [] },
    retention: { deleteBy: '2030-01-01', action: 'destroy' },
    files: Object.entries(bag.files)
      .map(([path, text]) => ({
        path: `data/${path}`,
        size: Buffer.byteLength(text),
        sha256: sha256(text),
        mediaType: 'text/plain',
      }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}
