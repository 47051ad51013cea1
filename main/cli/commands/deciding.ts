import type { Command } from 'commander';
import { DomainError } from '../../domain/errors/index.ts';
import { OUTCOMES } from '../../domain/packages/states.ts';
import type { Decision } from '../../services/decisions.ts';
import type { OpenOffice } from '../../services/office.ts';
import type { NoticesGiven } from '../../services/package-notices.ts';
import { action, withVault } from '../context.ts';
import type { Answer } from '../output.ts';
import { text } from './text.ts';

/** What was given with a command: texts, and true for what takes none. */
type Given = Readonly<Record<string, unknown>>;

const REASON = ['--reason <code>', 'a code from the list of reasons'] as const;
const NOTE = ['--note <text>', 'in your own words'] as const;
const RECEIPT = ['--out <dir>', 'folder that gets the receipt'] as const;
const NOTICE = ['--out <dir>', 'folder that gets the notice, or the notices'] as const;

/** What is decided about a package once it was received, or sent; each is signed for the other side. */
export function deciding(packages: Command): void {
  const act = (
    word: string,
    description: string,
    run: (open: OpenOffice, id: string, given: Given) => Promise<Answer>,
  ) =>
    packages
      .command(`${word} <id>`)
      .description(description)
      .action(
        action((context, given, id: string) => withVault(context, (open) => run(open, id, given))),
      );

  act('accept', 'Accept it, with a signed receipt', async ({ decisions }, id, { out }) =>
    decision(await decisions.accept(id, text(out))),
  ).option(...RECEIPT);

  act('destroy', 'Destroy its content, with a signed certificate', async (open, id, { out }) =>
    decision(await open.decisions.destroy(id, text(out))),
  ).option(...RECEIPT);

  act('return', 'Say that the data went back to its sender', async ({ decisions }, id, { out }) =>
    decision(await decisions.giveBack(id, text(out))),
  ).option(...RECEIPT);

  act('dispute', 'Dispute it, with a reason and a signed receipt', async (open, id, given) =>
    decision(await open.decisions.dispute(id, ...why(given), text(given['out']))),
  )
    .requiredOption(...REASON)
    .option(...NOTE)
    .option(...RECEIPT);

  act('reject', 'Reject it, with a reason and a signed receipt', async (open, id, given) =>
    decision(await open.decisions.reject(id, ...why(given), text(given['out']))),
  )
    .requiredOption(...REASON)
    .option(...NOTE)
    .option(...RECEIPT);

  act('hold', 'Keep it beyond its date, or release it', async (open, id, given) => {
    const isReleased = given['release'] === true;
    const reason = isReleased ? undefined : text(given['reason']);
    if (!isReleased && reason === undefined)
      throw refused('hold', '--reason', 'name a reason, or --release');
    const { state, hold } = await open.decisions.hold(id, reason);
    return {
      json: { id, state, ...(hold === undefined ? {} : { hold }) },
      lines: [`${id}: ${hold === undefined ? 'released' : `held (${hold.reason})`}`],
    };
  })
    .option(...REASON)
    .option('--release', 'the hold has ended');

  act('recall', 'Take it back, and tell every recipient, signed', async (open, id, given) => {
    const { packageNotices } = open;
    return notices(await packageNotices.recall(id, String(given['reason']), text(given['out'])));
  })
    .requiredOption(...REASON)
    .option(...NOTICE);

  act('delay', 'Tell who asked that the answer comes later, signed', async (open, id, given) => {
    const { reason, until, out } = given;
    return notices(await open.packageNotices.delay(id, String(reason), String(until), text(out)));
  })
    .requiredOption(...REASON)
    .requiredOption('--until <day>', 'YYYY-MM-DD')
    .option(...NOTICE);

  act('record', 'Record what a recipient without Valise let you know', async (open, id, given) => {
    const outcome = OUTCOMES.find((known) => known === given['outcome']);
    if (!outcome) throw refused('record', '--outcome', OUTCOMES.join(', '));
    const { evidence, note, recipient } = given;
    const record = await open.decisions.record(
      id,
      outcome,
      String(evidence),
      String(note),
      text(recipient),
    );
    return { json: { id, state: record.state }, lines: [`${id}: ${record.state}`] };
  })
    .requiredOption('--outcome <outcome>', OUTCOMES.join(' | '))
    .requiredOption('--evidence <file>', 'the letter, mail or form that says so')
    .requiredOption(...NOTE)
    .option('--recipient <fingerprint>', 'whose outcome, when there are several recipients');
}

function why({ reason, note }: Given): [string, string | undefined] {
  return [String(reason), text(note)];
}

function decision(decided: Decision): Answer {
  return {
    json: decided,
    lines: [`${decided.id}: ${decided.state}`, `receipt ${decided.path ?? decided.receipt}`],
  };
}

function notices(given: NoticesGiven): Answer {
  return {
    json: given,
    lines: [
      `${given.id}: ${given.state}`,
      ...given.notices.map(({ file }) => `notice ${file}`),
      ...given.notTold.map((name) => `tell ${name} in another way: their key cannot be used`),
    ],
  };
}

function refused(word: string, where: string, problem: string): DomainError {
  return new DomainError('input-refused', { what: `package ${word}`, where, problem });
}
