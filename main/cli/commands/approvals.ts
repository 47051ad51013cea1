import type { Command } from 'commander';
import type { ApprovalAsked } from '../../services/approval-files.ts';
import { action, withVault } from '../context.ts';
import type { Answer } from '../output.ts';
import { approvalAnswer } from './packages.ts';
import { text } from './text.ts';

/** approval: the second signature by somebody with another vault */
export function approvalCommands(program: Command): void {
  const approval = program
    .command('approval')
    .description('Approvals by people with another vault, by file');

  approval
    .command('request <id>')
    .description('Fix the form, and write a sealed request for those who are to approve')
    .requiredOption('--out <file>', 'a new file')
    .action(
      action((context, options, id: string) =>
        withVault(context, async (open) => {
          const path = String(options['out']);
          const { record, to } = await open.approvalFiles.request(id, path);
          const { manifestDigest, state } = record;
          return {
            json: { id, state, manifestDigest, path, to },
            lines: [path, `for ${to.join(', ')}`, `manifest ${manifestDigest ?? ''}`],
          };
        }),
      ),
    );

  approval
    .command('show <request>')
    .description('What you are asked to agree to')
    .action(
      action((context, _options, path: string) =>
        withVault(context, async (open) => askedAnswer(await open.approvalFiles.look(path))),
      ),
    );

  approval
    .command('sign <request>')
    .description('Agree with your own key, or refuse, into a sealed answer')
    .requiredOption('--out <file>', 'a new file for who asked')
    .option('--refuse <code>', 'say no, with a code from the list of reasons')
    .option('--note <text>', 'with --refuse: in your own words')
    .action(
      action((context, options, path: string) =>
        withVault(context, async (open) => {
          const reason = text(options['refuse']);
          const out = String(options['out']);
          const asked = await open.approvalFiles.sign(
            path,
            out,
            reason === undefined
              ? { decision: 'approved' }
              : { decision: 'refused', reason, note: text(options['note']) },
          );
          const { json, lines } = askedAnswer(asked);
          const decision = reason === undefined ? 'approved' : 'refused';
          return { json: { ...json, decision, path: out }, lines: [...lines, decision, out] };
        }),
      ),
    );

  approval
    .command('add <answer>')
    .description('Take an answer in')
    .action(
      action((context, _options, path: string) =>
        withVault(context, async (open) => approvalAnswer(await open.approvalFiles.add(path))),
      ),
    );
}

function askedAnswer({ manifest, ...asked }: ApprovalAsked): Answer & { json: object } {
  const bytes = manifest.files.reduce((sum, { size }) => sum + size, 0);
  return {
    json: { id: asked.packageId, ...asked, manifest },
    lines: [
      `${asked.packageId}, asked by ${asked.askedBy.name} at ${asked.at}`,
      ...asked.warnings,
      manifest.purpose,
      ...manifest.recipients.map(({ name, organisation }) => `to ${name}, ${organisation ?? ''}`),
      `${String(manifest.files.length)} files, ${String(bytes)} bytes`,
      `risk ${manifest.assessment.risk}, keep until ${manifest.retention.deleteBy}`,
      `manifest ${asked.manifestDigest}`,
    ],
  };
}
