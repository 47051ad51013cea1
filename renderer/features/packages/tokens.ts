import type { Contract } from '../../../preload/contract/index.ts';
import type { ValueOf } from '../../../preload/contract/kinds.ts';

type Chosen = ValueOf<Contract['files']['pick']>[number];

/** A chosen file or folder that serves one use. */
export interface Token<U extends Chosen['token']['use']> {
  readonly id: string;
  readonly use: U;
}

/** The tokens of what was chosen for `use`. */
export function tokensOf<U extends Chosen['token']['use']>(
  chosen: readonly Chosen[],
  use: U,
): readonly Token<U>[] {
  return chosen.flatMap(({ token }) => (token.use === use ? [{ id: token.id, use }] : []));
}
