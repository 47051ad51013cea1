import type { z } from 'zod';
import { DomainError } from '../errors/index.ts';
import { problemsOf } from './problems.ts';

/**
 * Parses what a person or another program wrote for us with its schema.
 * @throws DomainError `input-refused` naming the document (`what`), the first member (`where`) and
 * what is wrong with up to eight members (`problem`)
 */
export function parseInput<S extends z.ZodType>(
  schema: S,
  value: unknown,
  what: string,
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = problemsOf(result.error, value);
  throw new DomainError('input-refused', {
    what,
    where: problems[0]?.field ?? 'the document',
    problem: problems.map(({ field, problem }) => `${field} ${problem}`).join('; '),
  });
}
