import { DomainError } from '../../domain/errors/index.ts';

/** Bytes as text. @throws DomainError `table-not-utf8`: what cannot be read is never replaced */
export async function* utf8Texts(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (chunk?: Uint8Array) => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new DomainError('table-not-utf8');
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}
