import type { Party } from '../packages/fields.ts';
import type { ExportedCase, ExportedPackage } from './exported-case.ts';

/** The namespaces of CASE 1.x and UCO 1.x, whose terms this export uses and no others. */
const CONTEXT = {
  kb: 'urn:valise:',
  'case-investigation': 'https://ontology.caseontology.org/case/investigation/',
  'uco-action': 'https://ontology.unifiedcyberontology.org/uco/action/',
  'uco-core': 'https://ontology.unifiedcyberontology.org/uco/core/',
  'uco-identity': 'https://ontology.unifiedcyberontology.org/uco/identity/',
  'uco-observable': 'https://ontology.unifiedcyberontology.org/uco/observable/',
  'uco-types': 'https://ontology.unifiedcyberontology.org/uco/types/',
  'uco-vocabulary': 'https://ontology.unifiedcyberontology.org/uco/vocabulary/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

type Node = Readonly<Record<string, unknown>> & { readonly '@id': string };

/**
 * A case with its packages in the words of CASE/UCO, as JSON-LD: an investigation, a provenance
 * record for each package with its files and their digests, and an action for each step that is
 * known. Content is not in it: paths are those of the bags, beside which the bundle can be put.
 */
export function caseBundle({ record, packages }: ExportedCase): object {
  const investigation = `kb:investigation-${record.id}`;
  const parts = packages.map(packageNodes);
  const people = new Map(parts.flatMap((part) => part.people.map((one) => [one['@id'], one])));
  const nodes = [...people.values(), ...parts.flatMap((part) => part.nodes)];
  return {
    '@context': CONTEXT,
    '@id': `kb:bundle-${record.id}`,
    '@type': 'uco-core:Bundle',
    'uco-core:name': record.reference,
    'uco-core:object': [
      {
        '@id': investigation,
        '@type': 'case-investigation:Investigation',
        'uco-core:name': record.reference,
        'uco-core:description': record.title,
        'uco-core:objectCreatedTime': moment(record.openedAt),
        'case-investigation:investigationStatus': record.state,
        'uco-core:object': nodes.map(reference),
      },
      ...nodes,
    ],
  };
}

function packageNodes(given: ExportedPackage): {
  readonly people: readonly Node[];
  readonly nodes: readonly Node[];
} {
  const { manifest, manifestDigest, sealedDigest } = given;
  const { id } = manifest;
  const files = manifest.files.map((file, index): Node => ({
    '@id': `kb:file-${id}-${String(index + 1)}`,
    '@type': 'uco-observable:File',
    ...(file.description === undefined ? {} : { 'uco-core:description': file.description }),
    'uco-core:hasFacet': fileFacets(`${id}-${String(index + 1)}`, {
      path: `${id}/${file.path}`,
      size: file.size,
      sha256: file.sha256,
      mediaType: file.mediaType,
    }),
  }));
  const release: Node = {
    '@id': `kb:manifest-${id}`,
    '@type': 'uco-observable:File',
    'uco-core:hasFacet': fileFacets(`manifest-${id}`, {
      path: `${id}/release.json`,
      sha256: manifestDigest,
      mediaType: 'application/json',
    }),
  };
  const sealed: Node = {
    '@id': `kb:sealed-${id}`,
    '@type': 'uco-observable:File',
    'uco-core:hasFacet': fileFacets(`sealed-${id}`, {
      path: `VAL-${sealedDigest.slice(0, 16)}.pgp`,
      sha256: sealedDigest,
      mediaType: 'application/pgp-encrypted',
    }),
  };
  const provenance: Node = {
    '@id': `kb:package-${id}`,
    '@type': 'case-investigation:ProvenanceRecord',
    'case-investigation:exhibitNumber': id,
    'uco-core:description': manifest.purpose,
    'uco-core:objectCreatedTime': moment(manifest.createdAt),
    'uco-core:object': [release, sealed, ...files].map(reference),
  };
  const people = [manifest.sender, ...manifest.recipients].map(identity);
  const action = (name: string, at: string, by: string): Node => ({
    '@id': `kb:action-${id}-${name}-${by}`,
    '@type': 'case-investigation:InvestigativeAction',
    'uco-core:name': name,
    'uco-action:startTime': moment(at),
    'uco-action:performer': { '@id': `kb:identity-${by}` },
    'uco-action:object': [{ '@id': provenance['@id'] }],
  });
  const actions = [
    ...(given.sentAt === undefined
      ? []
      : [action('dispatched', given.sentAt, manifest.sender.fingerprint)]),
    ...given.receipts.map(({ kind, at, by }) => action(kind, at, by)),
  ];
  const unique = new Map(actions.map((one) => [one['@id'], one]));
  return { people, nodes: [provenance, release, sealed, ...files, ...unique.values()] };
}

function identity({
  name,
  fingerprint,
  organisation,
}: Pick<Party, 'name' | 'fingerprint'> & { readonly organisation?: string | undefined }): Node {
  return {
    '@id': `kb:identity-${fingerprint}`,
    '@type': 'uco-identity:Identity',
    'uco-core:name': name,
    ...(organisation === undefined ? {} : { 'uco-core:description': organisation }),
  };
}

/** Nothing is without a name: the ontology wants an id for every thing. `name` is the file's own. */
function fileFacets(
  name: string,
  {
    path,
    size,
    sha256,
    mediaType,
  }: {
    readonly path: string;
    readonly size?: number;
    readonly sha256: string;
    readonly mediaType: string;
  },
): readonly Node[] {
  const bytes = size === undefined ? {} : { 'uco-observable:sizeInBytes': size };
  return [
    {
      '@id': `kb:file-facet-${name}`,
      '@type': 'uco-observable:FileFacet',
      'uco-observable:fileName': path.replace(/^.*\//, ''),
      'uco-observable:filePath': path,
      ...bytes,
    },
    {
      '@id': `kb:content-facet-${name}`,
      '@type': 'uco-observable:ContentDataFacet',
      'uco-observable:mimeType': mediaType,
      ...bytes,
      'uco-observable:hash': [
        {
          '@id': `kb:hash-${name}`,
          '@type': 'uco-types:Hash',
          'uco-types:hashMethod': { '@type': 'uco-vocabulary:HashNameVocab', '@value': 'SHA256' },
          'uco-types:hashValue': { '@type': 'xsd:hexBinary', '@value': sha256 },
        },
      ],
    },
  ];
}

const reference = (node: Node) => ({ '@id': node['@id'] });
const moment = (at: string) => ({ '@type': 'xsd:dateTime', '@value': at });
