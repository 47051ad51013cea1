import { readFile } from 'node:fs/promises';
import { DomainError } from '../domain/errors/index.ts';

const LIMIT = 8 * 1024;

/**
 * Reads secrets from where the command line may name them: a file's first line, `-` for the next
 * line of stdin, or the environment. A secret never stands among the arguments.
 */
export class Secrets {
  private stdin: string[] | undefined;

  /** @throws DomainError `passphrase-missing`, `file-unknown` */
  async passphrase(file: string | undefined): Promise<string> {
    if (file !== undefined) return this.fromFile(file);
    const given = process.env['VALISE_PASSPHRASE'];
    if (given !== undefined && given !== '') return given;
    throw new DomainError('passphrase-missing');
  }

  /** @throws DomainError `file-unknown`, `passphrase-missing` */
  async fromFile(file: string): Promise<string> {
    if (file === '-') return this.nextLine();
    let text: string;
    try {
      const bytes = await readFile(file);
      text = bytes.subarray(0, LIMIT).toString('utf8');
    } catch {
      throw new DomainError('file-unknown', { path: file });
    }
    return firstLine(text);
  }

  private async nextLine(): Promise<string> {
    this.stdin ??= (await readStdin()).split(/\r?\n/);
    const line = this.stdin.shift();
    if (line === undefined || line === '') throw new DomainError('passphrase-missing');
    return line;
  }
}

function firstLine(text: string): string {
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  if (line === '') throw new DomainError('passphrase-missing');
  return line;
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
