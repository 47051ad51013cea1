import type { ReleaseFacts } from '../ledger/entry-types.ts';
import type { Manifest } from './manifest.ts';

const MOST_CODES = 6;

/**
 * The manifest as coded data for the ledger: what the indicators need, without any name.
 * @param held bytes before minimisation, where that is known: as many as were released if not
 */
export function releaseFacts(manifest: Manifest, held?: number): ReleaseFacts {
  const released = manifest.files.reduce((sum, file) => sum + file.size, 0);
  return {
    kind: manifest.kind,
    instrument: manifest.instrument,
    countries: [
      ...new Set(
        manifest.recipients.flatMap(({ country }) => (country === undefined ? [] : [country])),
      ),
    ].sort(),
    categories: [...manifest.dataCategories],
    offences: [...manifest.offences],
    files: manifest.files.length,
    bytesHeld: held ?? released,
    bytesReleased: released,
    affected: manifest.affectedIndividuals.count,
    affectedMethod: manifest.affectedIndividuals.method,
    risk: manifest.assessment.risk,
    deleteBy: manifest.retention.deleteBy,
    retention: manifest.retention.action,
    recipients: manifest.recipients.length,
    legalBasis: manifest.legalBasis.slice(0, MOST_CODES),
    ...(manifest.purposeCodes === undefined
      ? {}
      : { purposes: manifest.purposeCodes.slice(0, MOST_CODES) }),
  };
}
