import { z } from 'zod';
import { DomainError } from '../errors/index.ts';
import { Digest } from '../identifiers.ts';

/** A file that a CASE bundle names. */
export interface NamedFile {
  /** As the bundle writes it: a path relative to the bundle. */
  readonly path: string;
  readonly sha256: Digest;
  readonly description?: string;
}

const Hash = z.looseObject({
  'uco-types:hashMethod': z.unknown().optional(),
  'uco-types:hashValue': z.unknown(),
});
const Facet = z.looseObject({
  'uco-observable:filePath': z.string().max(4096).optional(),
  'uco-observable:fileName': z.string().max(4096).optional(),
  'uco-observable:hash': z.union([Hash, z.array(Hash)]).optional(),
});
const FileNode = z.looseObject({
  '@type': z.union([z.string(), z.array(z.string())]),
  'uco-core:description': z.union([z.string(), z.array(z.string())]).optional(),
  'uco-core:hasFacet': z.union([Facet, z.array(Facet)]).optional(),
});

/**
 * The files of a CASE/UCO bundle that have a path and a SHA-256, wherever in it they stand. The
 * usual prefixes are taken for what they usually mean; nothing is fetched.
 * @throws DomainError `import-unknown` when it is no JSON, or names no such file
 */
export function readCase(bytes: Uint8Array): NamedFile[] {
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new DomainError('import-unknown');
  }
  const found = new Map<string, NamedFile>();
  // Without recursion: how deep it is nested is the choice of who wrote it.
  const waiting: unknown[] = [document];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null) continue;
    const file = Array.isArray(value) ? undefined : fileOf(value);
    if (file !== undefined) found.set(file.path, file);
    for (const inner of Object.values(value).reverse()) waiting.push(inner);
  }
  if (found.size === 0) throw new DomainError('import-unknown');
  return [...found.values()];
}

function fileOf(value: object): NamedFile | undefined {
  const node = FileNode.safeParse(value).data;
  if (node === undefined || ![node['@type']].flat().includes('uco-observable:File'))
    return undefined;
  const facets = [node['uco-core:hasFacet'] ?? []].flat();
  const path = facets
    .map((facet) => facet['uco-observable:filePath'] ?? facet['uco-observable:fileName'])
    .find((one) => one !== undefined);
  const digest = facets
    .flatMap((facet) => [facet['uco-observable:hash'] ?? []].flat())
    .filter((hash) => /^SHA-?256$/i.test(textOf(hash['uco-types:hashMethod'])))
    .map((hash) => textOf(hash['uco-types:hashValue']).toLowerCase())
    .find((one) => Digest.safeParse(one).success);
  if (path === undefined || digest === undefined) return undefined;
  const [description] = [node['uco-core:description'] ?? []].flat();
  return {
    path,
    sha256: digest,
    ...(description ? { description: description.slice(0, 2000) } : {}),
  };
}

/** A literal, with or without its type. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const inner = z.looseObject({ '@value': z.string() }).safeParse(value);
  return inner.success ? inner.data['@value'] : '';
}
