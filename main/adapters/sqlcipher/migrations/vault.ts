import type { Migration } from '../migrate.ts';

/** The tables that the first form had; what came later has a step of its own. */
const FIRST_TABLES = [
  'contacts',
  'cases',
  'packages',
  'draft_files',
  'channels',
  'outgoing',
  'seen',
  'quarantine',
  'settings',
];

/** The form of vault.db, step by step. */
export const VAULT_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'records, intents, scratch',
    up: `
      ${FIRST_TABLES.map(
        (table) => `CREATE TABLE ${table} (id TEXT PRIMARY KEY, doc TEXT NOT NULL) STRICT;`,
      ).join('\n')}
      CREATE INDEX packages_state ON packages (json_extract(doc, '$.state'));
      CREATE INDEX packages_direction ON packages (json_extract(doc, '$.direction'));
      CREATE INDEX packages_case ON packages (json_extract(doc, '$.case'));
      CREATE INDEX cases_reference ON cases (json_extract(doc, '$.reference'));
      CREATE INDEX outgoing_state ON outgoing (json_extract(doc, '$.state'));
      CREATE INDEX outgoing_package ON outgoing (json_extract(doc, '$.package'));
      CREATE INDEX quarantine_digest ON quarantine (json_extract(doc, '$.digest'));
      CREATE INDEX quarantine_file ON quarantine (json_extract(doc, '$.fileName'));

      CREATE TABLE intents (
        id INTEGER PRIMARY KEY,
        doc TEXT NOT NULL
      ) STRICT;
      CREATE TABLE scratch (path TEXT PRIMARY KEY) STRICT;
      CREATE TABLE applied (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL) STRICT;
    `,
  },
  {
    version: 2,
    name: 'which ledger was applied',
    up: 'ALTER TABLE applied ADD COLUMN origin TEXT',
  },
  {
    version: 3,
    name: 'tables that were made smaller',
    up: 'CREATE TABLE derivations (id TEXT PRIMARY KEY, doc TEXT NOT NULL) STRICT',
  },
  {
    version: 4,
    name: 'files on channels that are of no use here',
    up: 'CREATE TABLE passed_by (id TEXT PRIMARY KEY, doc TEXT NOT NULL) STRICT',
  },
];
