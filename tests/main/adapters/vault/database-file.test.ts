import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  asDatabaseError,
  databaseSalt,
  isCheckedWhole,
} from '../../../../main/adapters/vault/database-file.ts';

const source = {
  path: '/v/ledger.db',
  file: 'ledger.db' as const,
  vaultId: '019ded47-d100-7edd-8772-4430658a7291',
  keys: [],
  newest: 1,
};
const error = (code: string) => Object.assign(new Error(code), { code });
const turned = (code: string) => asDatabaseError(error(code), source);
const refused = (code: string) => expect.objectContaining({ code }) as unknown;

describe('the database files of a vault', () => {
  it('start with bytes that name their vault', () => {
    const text = 'valise ledger.db 019ded47-d100-7edd-8772-4430658a7291';
    expect(Buffer.from(databaseSalt(source.vaultId, 'ledger.db'))).toEqual(
      createHash('sha256').update(text).digest().subarray(0, 16),
    );
    expect(databaseSalt(source.vaultId, 'vault.db')).not.toEqual(
      databaseSalt(source.vaultId, 'ledger.db'),
    );
  });

  it('are read whole unless they are large and were closed in order', () => {
    const mebibyte = 1024 * 1024;
    expect(isCheckedWhole(64 * mebibyte, false)).toBe(true);
    expect(isCheckedWhole(64 * mebibyte + 4096, false)).toBe(false);
    expect(isCheckedWhole(1024 * mebibyte, true)).toBe(true);
  });

  it('fail in sentences', () => {
    expect(turned('SQLITE_BUSY')).toEqual(refused('vault-busy'));
    expect(turned('SQLITE_FULL')).toEqual(refused('disk-full'));
    expect(turned('SQLITE_READONLY_DBMOVED')).toEqual(refused('not-writable'));
    expect(turned('SQLITE_CANTOPEN')).toEqual(refused('not-writable'));
    expect(turned('SQLITE_IOERR_WRITE')).toEqual(refused('disk-failed'));
    expect(turned('SQLITE_CORRUPT')).toEqual(refused('database-damaged'));
    const bug = new TypeError('bug');
    expect(asDatabaseError(error('ENOSPC'), source)).toEqual(refused('disk-full'));
    expect(asDatabaseError(bug, source)).toBe(bug);
  });
});
