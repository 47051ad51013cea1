import type { Appended, Tail } from '../../domain/ledger/append.ts';
import { allWords } from '../../domain/ledger/facts.ts';
import type { Commit, Evidence, Opening } from '../../domain/vault/journal.ts';
import type { Database } from './database.ts';

/** Of a run of one actor, every checkpoint that comes to or passes a multiple of this is kept. */
const ROUND = 4096;

/**
 * The commit point: entries with their words, nodes, openings, evidence and the signed checkpoint
 * in one transaction of ledger.db. Which older checkpoint need not be kept goes.
 */
export function appendToLedger(
  ledger: Database,
  before: Tail,
  appended: Appended,
  signature: string,
  commit: Pick<Commit, 'openings' | 'evidence' | 'keepCheckpoint'>,
): void {
  ledger.transaction(() => {
    for (const opening of commit.openings ?? []) insertOpening(ledger, opening);
    for (const evidence of commit.evidence ?? []) insertEvidence(ledger, evidence);
    insertEntries(ledger, appended, commit.openings ?? []);
    const node = ledger.prepare('INSERT INTO nodes (level, idx, hash) VALUES (?, ?, ?)');
    for (const { level, index, hash } of appended.nodes)
      node.run([level, index, new Uint8Array(hash)]);
    settleLast(ledger, before, appended.tail);
    const round = Math.floor(appended.tail.size / ROUND) > Math.floor(before.size / ROUND);
    ledger
      .prepare('INSERT INTO checkpoints (size, body, signature, kept) VALUES (?, ?, ?, ?)')
      .run([
        appended.tail.size,
        appended.checkpoint,
        signature,
        commit.keepCheckpoint === true ? 'left' : round ? 'round' : 'last',
      ]);
  })();
}

/** Marks the last checkpoint as one that left the vault: it is kept for ever. */
export function keepAsLeft(ledger: Database, size: number): void {
  ledger.prepare(`UPDATE checkpoints SET kept = 'left' WHERE size = ?`).run([size]);
}

function insertEntries(ledger: Database, { entries }: Appended, openings: readonly Opening[]) {
  const known = new Map(openings.map((opening) => [opening.digest, opening]));
  const entry = ledger.prepare('INSERT INTO entries (seq, bytes) VALUES (?, ?)');
  const words = ledger.prepare('INSERT INTO words (rowid, text) VALUES (?, ?)');
  for (const { bytes, facts } of entries) {
    entry.run([facts.seq, new Uint8Array(bytes)]);
    words.run([facts.seq, allWords(facts, (digest) => known.get(digest)).join(' ')]);
  }
}

/** The checkpoint before: the last of another actor's run stays, one of the same run goes. */
function settleLast(ledger: Database, before: Tail, after: Tail): void {
  const sameRun = before.actor?.fingerprint === after.actor?.fingerprint;
  ledger
    .prepare(
      sameRun
        ? `DELETE FROM checkpoints WHERE size = ? AND kept = 'last'`
        : `UPDATE checkpoints SET kept = 'run' WHERE size = ? AND kept = 'last'`,
    )
    .run([before.size]);
}

function insertOpening(ledger: Database, { digest, salt, value }: Opening): void {
  ledger
    .prepare('INSERT OR IGNORE INTO openings (digest, salt, value) VALUES (?, ?, ?)')
    .run([digest, salt, value]);
}

function insertEvidence(ledger: Database, { sha256, kind, bytes, signature }: Evidence): void {
  ledger
    .prepare('INSERT OR IGNORE INTO evidence (sha256, kind, bytes, signature) VALUES (?, ?, ?, ?)')
    .run([
      sha256,
      kind,
      new Uint8Array(bytes),
      signature === undefined ? null : new Uint8Array(signature),
    ]);
}
