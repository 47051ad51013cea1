import type { ExportedCase } from './exported-case.ts';

/** The name that RO-Crate 1.1 gives the file. */
export const CRATE_FILE = 'ro-crate-metadata.json';

/**
 * The description of a folder that holds the bags of a case, by RO-Crate 1.1: each bag a dataset,
 * each of its files with size, type and digest.
 * @param held ids of the packages whose bags are in the folder; the others are only mentioned
 * @param at when the folder was made
 */
export function roCrate(
  { record, packages }: ExportedCase,
  held: ReadonlySet<string>,
  at: string,
): object {
  const bags = packages.map(({ manifest, manifestDigest, sealedDigest }) => {
    const { id, files } = manifest;
    const folder = `${id}/`;
    const isHeld = held.has(id);
    const entities = [
      ...(isHeld
        ? [
            {
              '@id': `${folder}release.json`,
              '@type': 'File',
              name: 'Release manifest',
              encodingFormat: 'application/json',
              sha256: manifestDigest,
            },
            ...files.map((file) => ({
              '@id': `${folder}${encodePath(file.path)}`,
              '@type': 'File',
              name: file.path.replace(/^.*\//, ''),
              ...(file.description === undefined ? {} : { description: file.description }),
              contentSize: String(file.size),
              encodingFormat: file.mediaType,
              sha256: file.sha256,
            })),
          ]
        : []),
    ];
    return {
      isHeld,
      dataset: {
        '@id': isHeld ? folder : `#${id}`,
        '@type': 'Dataset',
        name: manifest.case.title ?? manifest.case.reference,
        description: manifest.purpose,
        identifier: id,
        dateCreated: manifest.createdAt,
        creator: { '@id': `#${manifest.sender.fingerprint}` },
        sha256: sealedDigest,
        ...(isHeld ? { hasPart: entities.map((one) => ({ '@id': one['@id'] })) } : {}),
      },
      entities,
      sender: {
        '@id': `#${manifest.sender.fingerprint}`,
        '@type': 'Organization',
        name: manifest.sender.organisation,
        identifier: manifest.sender.fingerprint,
      },
    };
  });
  const senders = new Map(bags.map(({ sender }) => [sender['@id'], sender]));
  const named = (isHeld: boolean) =>
    bags.filter((bag) => bag.isHeld === isHeld).map(({ dataset }) => ({ '@id': dataset['@id'] }));
  return {
    '@context': ['https://w3id.org/ro/crate/1.1/context', { sha256: 'https://schema.org/sha256' }],
    '@graph': [
      {
        '@id': CRATE_FILE,
        '@type': 'CreativeWork',
        conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
        about: { '@id': './' },
      },
      {
        '@id': './',
        '@type': 'Dataset',
        name: record.reference,
        description: record.title,
        datePublished: at,
        identifier: record.id,
        license:
          'Not for publication: personal data, to be kept and used as each release.json says.',
        hasPart: named(true),
        mentions: named(false),
      },
      ...bags.map(({ dataset }) => dataset),
      ...bags.flatMap(({ entities }) => entities),
      ...senders.values(),
    ],
  };
}

/** A path as RO-Crate writes it: a relative address. */
function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
