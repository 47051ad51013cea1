interface PathLookup {
  getPathForFile(file: File): string;
}

/**
 * Where a dropped file lies. Electron 32 took `File.path` away and has `webUtils` for it; the
 * oldest runtime has only the former. Files made by a script lie nowhere: their path is empty.
 */
export function pathOfFile(file: File, lookup: PathLookup | undefined): string {
  if (lookup) return lookup.getPathForFile(file);
  const path: unknown = Reflect.get(file, 'path');
  return typeof path === 'string' ? path : '';
}
