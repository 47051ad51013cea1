import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { composeOffice } from '../../../main/compose.ts';
import { isDomainError } from '../../../main/domain/errors/index.ts';
import { printCalls } from '../../../main/workers/calls/print.ts';

const folder = mkdtempSync(join(tmpdir(), 'valise-print-'));
const office = composeOffice({ program: 'test', stateFolder: join(folder, 'state') });
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The error's code, or undefined when it went well. */
async function keep(name: string): Promise<string | undefined> {
  const out = { place: join(folder, name), use: 'save' } as const;
  try {
    await printCalls(office).keep({ out, pdf: Buffer.from('%PDF-') });
    return undefined;
  } catch (error) {
    return isDomainError(error) ? error.code : 'unexpected';
  }
}

it('writes over nothing, and nothing at all once the vault was locked', async () => {
  await office.create({
    folder: join(folder, 'vault'),
    name: 'Amina Diallo',
    email: 'amina@justice.example',
    organisation: 'Ministry of Justice',
    country: 'SN',
    profile: 'interop',
    passphrase: 'four unrelated words here',
  });
  expect(await keep('page.pdf')).toBeUndefined();
  expect(readFileSync(join(folder, 'page.pdf'), 'latin1')).toBe('%PDF-');
  expect(await keep('page.pdf')).toBe('file-exists');
  await office.lock('asked');
  expect(await keep('late.pdf')).toBe('vault-locked');
  expect(existsSync(join(folder, 'late.pdf'))).toBe(false);
});
