import type { Migration } from '../migrate.ts';

/**
 * The form of ledger.db, step by step. `words` is an index without content: for every word the
 * entries that have it. It serves the filters and the search alike; which words an entry has is
 * decided by domain/ledger/words.ts, so the tokenizer only splits at spaces.
 */
export const LEDGER_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'entries, nodes, checkpoints, openings, evidence and words',
    up: `
      CREATE TABLE entries (
        seq INTEGER PRIMARY KEY,
        bytes BLOB NOT NULL
      ) STRICT;

      CREATE TABLE nodes (
        level INTEGER NOT NULL,
        idx INTEGER NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY (level, idx)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE checkpoints (
        size INTEGER PRIMARY KEY,
        body TEXT NOT NULL,
        signature TEXT NOT NULL,
        kept TEXT NOT NULL CHECK (kept IN ('last', 'run', 'round', 'left'))
      ) STRICT;

      CREATE TABLE openings (
        row INTEGER PRIMARY KEY,
        digest TEXT NOT NULL UNIQUE,
        salt TEXT NOT NULL,
        value TEXT NOT NULL
      ) STRICT;

      CREATE TABLE evidence (
        sha256 TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        bytes BLOB NOT NULL,
        signature BLOB
      ) STRICT;
      CREATE INDEX evidence_kind ON evidence (kind, sha256);

      CREATE VIRTUAL TABLE words USING fts5 (
        text, content = '', detail = 'none', columnsize = 0, tokenize = "ascii tokenchars '=-'"
      );
      CREATE VIRTUAL TABLE postings USING fts5vocab (words, instance);
      CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
    `,
  },
];
