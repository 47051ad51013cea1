import type { Command } from 'commander';
import { writeNew } from '../files.ts';
import { action, withVault } from '../context.ts';
import { groups } from '../../domain/certificates/fingerprint.ts';
import { readWhole } from '../files.ts';

/** key: your own certificate and secret key */
export function keyCommands(program: Command): void {
  const key = program.command('key').description('Your own key');

  key
    .command('export')
    .description('Your certificate, armored: to give to others')
    .option('--out <file>', 'write it to a new file')
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const certificate = open.keys.exportCertificate();
          const { fingerprint } = open.session.member;
          const out = typeof options['out'] === 'string' ? options['out'] : undefined;
          if (out === undefined)
            return { json: { fingerprint, certificate }, lines: [certificate.trimEnd()] };
          await writeNew(out, certificate);
          return { json: { fingerprint, path: out }, lines: [`Certificate written to ${out}`] };
        }),
      ),
    );

  key
    .command('publish')
    .description(
      'What has to be put on your domain’s web server, for others to find your certificate',
    )
    .requiredOption('--out <dir>', 'a new folder that gets it')
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const out = String(options['out']);
          const { path, address } = await open.keys.publishTo(out);
          const [server = ''] = address.split('/hu/');
          return {
            json: { path, address },
            lines: [path, `Put the content of ${out} at ${server}/`, `Others look at ${address}`],
          };
        }),
      ),
    );

  key
    .command('list')
    .description('Your keys, the current one first')
    .action(
      action((context) =>
        withVault(context, async (open) => {
          const items = await open.keys.list();
          return {
            json: { fingerprint: open.session.member.fingerprint, items },
            lines: items.flatMap((item) => [...groups(item.fingerprint), `  ${item.state}`]),
          };
        }),
      ),
    );

  key
    .command('import <file>')
    .description(
      'Use an existing secret key from now on; the present one is kept to open old packages',
    )
    .option('--key-passphrase-file <file>', 'file whose first line unlocks the key')
    .action(
      action((context, options, file: string) =>
        withVault(context, async (open) => {
          const from = options['keyPassphraseFile'];
          const passphrase =
            typeof from === 'string' ? await context.secrets.fromFile(from) : undefined;
          const { fingerprint } = await open.keys.import(await readWhole(file), passphrase);
          return { json: { fingerprint }, lines: [`Your key is now ${fingerprint}`] };
        }),
      ),
    );

  key
    .command('rotate')
    .description('Make a new key and sign with it from now on; both keys sign that it takes over')
    .action(
      action((context) =>
        withVault(context, async (open) => {
          const { fingerprint } = await open.keys.rotate();
          return { json: { fingerprint }, lines: [`Your key is now ${fingerprint}`] };
        }),
      ),
    );

  key
    .command('revoke')
    .description('Revoke your current key; prints the revoked certificate to give to others')
    .option('--reason <reason>', 'unspecified | superseded | compromised | retired', 'unspecified')
    .option('--out <file>', 'write the revoked certificate to a new file')
    .action(
      action((context, options) =>
        withVault(context, async (open) => {
          const { fingerprint, certificate } = await open.keys.revoke(String(options['reason']));
          const out = typeof options['out'] === 'string' ? options['out'] : undefined;
          if (out !== undefined) await writeNew(out, certificate);
          return {
            json: { fingerprint, ...(out === undefined ? { certificate } : { path: out }) },
            lines: [
              `Revoked: ${fingerprint}`,
              ...(out === undefined ? [certificate.trimEnd()] : [out]),
            ],
          };
        }),
      ),
    );
}
