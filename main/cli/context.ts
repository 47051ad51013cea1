import { resolve } from 'node:path';
import type { Command } from 'commander';
import { composeOffice } from '../compose.ts';
import { DomainError } from '../domain/errors/index.ts';
import type { Work } from '../domain/ports.ts';
import type { Office, OpenOffice } from '../services/office.ts';
import { printAnswer, printError, progressBar, type Answer } from './output.ts';
import { Secrets } from './secrets.ts';

/** Options that every command understands, before or after its name. */
export interface CommonOptions {
  readonly vault?: string;
  readonly passphraseFile?: string;
  readonly member?: string;
  readonly wait?: string;
  readonly json?: boolean;
}

/** What a command works with. */
export interface Context {
  readonly office: Office;
  readonly secrets: Secrets;
  readonly work: Work;
  readonly options: CommonOptions;
}

/** The vault's folder from `--vault` or the environment. @throws DomainError `vault-not-named` */
export function vaultFolder(options: CommonOptions): string {
  const folder = options.vault ?? process.env['VALISE_VAULT'];
  if (folder === undefined || folder === '') throw new DomainError('vault-not-named');
  return resolve(folder);
}

/** Seconds to wait for a vault that is held. */
export function waitSeconds(options: CommonOptions): number {
  const seconds = Number(options.wait ?? 0);
  if (!Number.isFinite(seconds) || seconds < 0) throw new DomainError('wait-refused');
  return seconds;
}

/** Runs `work` with the vault unlocked, and locks it whatever happens. */
export async function withVault<T>(
  context: Context,
  work: (open: OpenOffice) => Promise<T>,
): Promise<T> {
  const { office, options, secrets } = context;
  const folder = vaultFolder(options);
  const passphrase = await secrets.passphrase(options.passphraseFile);
  const open = await office.unlock({
    folder,
    passphrase,
    ...(options.member === undefined ? {} : { memberId: options.member }),
    waitSeconds: waitSeconds(options),
  });
  try {
    return await work(open);
  } finally {
    await office.lock('quit');
  }
}

/**
 * Makes a commander action out of a command: runs it, prints its answer, and sets the exit code.
 * The first interrupt cancels cleanly.
 */
export function action<A extends unknown[]>(
  run: (context: Context, options: Record<string, unknown>, ...args: A) => Promise<Answer>,
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command;
    const args = given.slice(0, -2) as A;
    const options = command.optsWithGlobals();
    const stop = new AbortController();
    const interrupt = () => {
      stop.abort();
    };
    process.once('SIGINT', interrupt);
    process.once('SIGTERM', interrupt);
    const asJson = options['json'] === true;
    try {
      const context: Context = {
        office: composeOffice(),
        secrets: new Secrets(),
        work: { signal: stop.signal, report: progressBar(process.stderr) },
        options,
      };
      const answer = await run(context, options, ...args);
      printAnswer(answer, asJson, process.stdout);
      process.exitCode = answer.exit ?? 0;
    } catch (error) {
      process.exitCode = printError(error, asJson, process.stdout, process.stderr);
    } finally {
      process.removeListener('SIGINT', interrupt);
      process.removeListener('SIGTERM', interrupt);
    }
  };
}
