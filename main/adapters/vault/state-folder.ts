import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Where a program of this user keeps what it remembers: `XDG_STATE_HOME` (absolute paths only, as
 * its specification says) or `~/.local/state`, `~/Library/Application Support`, `%LOCALAPPDATA%`.
 */
export function stateFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  const chosen = env['XDG_STATE_HOME'];
  if (chosen !== undefined && isAbsolute(chosen)) return chosen;
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
  return join(home, '.local', 'state');
}
