import type { z } from 'zod';
import { DomainError } from '../errors/index.ts';
import { problemsOf } from './problems.ts';

/**
 * Parses what a person or another program wrote for us with its schema.
 * @throws DomainError `input-refused` naming the document (`what`), the first member (`where`),
 * and what is wrong with it and with up to seven more (`problem`)
 */
export function parseInput<S extends z.ZodType>(
  schema: S,
  value: unknown,
  what: string,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [first, ...more] = problemsOf(result.error, value);
  throw new DomainError('input-refused', {
    what,
    where: first?.field ?? 'the document',
    problem: [
      first?.problem ?? 'is not what is expected',
      ...more.map(({ field, problem }) => `${field} ${problem}`),
    ].join('; '),
  });
}
