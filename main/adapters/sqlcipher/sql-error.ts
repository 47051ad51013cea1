/** SQLite's own name of an error, such as `SQLITE_FULL`; undefined for other errors. */
function sqlCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/**
 * Whether the disk was full. A rollback that finds nothing to roll back, because SQLite has done
 * it already, carries the first error as its cause.
 */
export function isDiskFull(error: unknown): boolean {
  return (
    sqlCode(error)?.startsWith('SQLITE_FULL') === true ||
    (error instanceof Error && error.cause !== undefined && isDiskFull(error.cause))
  );
}

/** Whether what is stored contradicts itself: the file, or what an index of words keeps in it. */
export function isCorrupt(error: unknown): boolean {
  return sqlCode(error)?.startsWith('SQLITE_CORRUPT') === true;
}

/** The error in a few words, for a sentence. */
export function reasonOf(error: unknown): string {
  return sqlCode(error) ?? (error instanceof Error ? error.message : String(error));
}
