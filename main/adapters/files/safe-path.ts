import { isAbsolute, join, relative, sep } from 'node:path';
import { DomainError } from '../../domain/errors/index.ts';

/**
 * `name` (with `/`) below `root`, or a refusal: the last line of defence behind the rules for
 * names in a bag, for whatever writes a file under a name that came from outside.
 * @throws DomainError `path-unsafe` for absolute names, `..`, empty segments, backslashes,
 * drive letters, NUL and other control characters
 */
export function pathBelow(root: string, name: string): string {
  const segments = name.split('/');
  const refused =
    name === '' ||
    isAbsolute(name) ||
    /[\\\p{Cc}]/u.test(name) ||
    /^[A-Za-z]:/.test(name) ||
    segments.some((segment) => segment === '' || segment === '.' || segment === '..');
  const path = join(root, ...segments);
  const back = relative(root, path);
  if (refused || back === '' || back === '..' || back.startsWith(`..${sep}`) || isAbsolute(back)) {
    throw new DomainError('path-unsafe', { path: JSON.stringify(name) });
  }
  return path;
}
