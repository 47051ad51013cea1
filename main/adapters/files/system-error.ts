import { DomainError } from '../../domain/errors/index.ts';

type Act = 'read' | 'write';

/** The `code` of an error of the operating system, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/**
 * What an error of the operating system means to a person: `disk-full`, `not-writable`,
 * `not-readable`, `file-missing`, `file-exists` or `disk-failed`, each naming the path.
 * A DomainError passes through unchanged; so does what is no system error (a bug).
 */
export function asDomainError(error: unknown, path: string, act: Act): unknown {
  if (error instanceof DomainError) return error;
  const code = systemCode(error);
  switch (code) {
    case undefined:
      return error;
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new DomainError('disk-full', { path }, { cause: error });
    case 'EROFS':
      return new DomainError('not-writable', { path }, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new DomainError(
        act === 'write' ? 'not-writable' : 'not-readable',
        { path },
        { cause: error },
      );
    case 'ENOENT':
    case 'ENOTDIR':
      return new DomainError('file-missing', { path }, { cause: error });
    case 'EEXIST':
    case 'ENOTEMPTY':
      return new DomainError('file-exists', { path }, { cause: error });
    default:
      return code.startsWith('E')
        ? new DomainError('disk-failed', { path, reason: code }, { cause: error })
        : error;
  }
}

/** Runs `work`; an error of the operating system becomes a DomainError naming `path`. */
export async function onDisk<T>(path: string, act: Act, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asDomainError(error, path, act);
  }
}
