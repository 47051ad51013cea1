// Makes a vault for a test as `valise init` does, at the least cost that the format allows.
//
//   node out/tests/new-vault.cjs FOLDER NAME PROFILE      the passphrase is in VALISE_PASSPHRASE
import { composeOffice } from '../../main/compose.ts';
import { leastCost } from './least-cost.ts';

async function make(folder = '', name = '', profile = ''): Promise<void> {
  const office = composeOffice({ program: 'test', kdf: leastCost });
  const { fingerprint, recoveryCode } = await office.create({
    ...{ folder, name: `Officer ${name}`, email: `${name}@office.example` },
    ...{ organisation: `Office ${name}`, country: 'FR' },
    profile: profile === 'rfc9580' ? profile : 'interop',
    passphrase: process.env['VALISE_PASSPHRASE'] ?? '',
  });
  await office.lock('quit');
  process.stdout.write(JSON.stringify({ fingerprint, recoveryCode }));
}

void make(...process.argv.slice(2));
