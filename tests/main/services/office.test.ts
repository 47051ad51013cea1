import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { composeOffice } from '../../../main/compose.ts';

const folder = mkdtempSync(join(tmpdir(), 'valise-office-'));
const PASSPHRASE = 'four unrelated words here';

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('opens a vault whose leftovers cannot be removed, and remembers them', async () => {
  const office = composeOffice({ program: 'test', stateFolder: join(folder, 'state') });
  const vault = join(folder, 'vault');
  const { open } = await office.create({
    folder: vault,
    name: 'Amina Diallo',
    email: 'amina@justice.example',
    organisation: 'Ministry of Justice',
    country: 'SN',
    profile: 'interop',
    passphrase: PASSPHRASE,
  });
  writeFileSync(join(folder, 'was a folder'), '');
  writeFileSync(join(folder, 'left.partial'), '');
  // A folder that became a file, a file that nobody may remove, and one that can be.
  const gone = join(folder, 'was a folder', 'x.partial');
  const stuck = '/proc/version';
  for (const path of [gone, stuck, join(folder, 'left.partial')]) open.session.scratch.begin(path);
  await office.lock('quit');
  const again = await office.unlock({ folder: vault, passphrase: PASSPHRASE });
  expect(again.session.scratch.left()).toEqual([stuck]);
  await office.lock('quit');
});
