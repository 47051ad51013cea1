import { AnyFileToken, type FileToken, type FileUse } from '../../preload/contract/fields.ts';
import { BorderFailure } from './failure.ts';
import type { FileTokens } from '../shell/file-tokens.ts';

/** Uses under which the office may name a path of its own. */
const GIVEN: readonly FileUse[] = ['written', 'vault'];

/**
 * Puts the paths where an input has tokens. The input passed its schema before, so a token stands
 * only where one may stand; text that looks like a token stays text.
 * @throws BorderFailure `token-unknown`
 */
export function withPlaces(
  input: unknown,
  tokens: FileTokens,
): { readonly input: unknown; readonly used: readonly FileToken[] } {
  const used: FileToken[] = [];
  const replaced = deep(input, (value) => {
    const token = AnyFileToken.safeParse(value);
    if (!token.success) return undefined;
    const place = tokens.path(token.data);
    if (place === undefined) throw new BorderFailure('token-unknown');
    used.push(token.data);
    return { place, use: token.data.use };
  });
  return { input: replaced, used };
}

/** Puts new tokens where the office's answer has paths of what it wrote. */
export function withTokens(output: unknown, tokens: FileTokens): unknown {
  return deep(output, (value) => {
    const keys = Object.keys(value);
    if (keys.length !== 2 || !('place' in value) || !('use' in value)) return undefined;
    const use = GIVEN.find((given) => given === value.use);
    if (use === undefined || typeof value.place !== 'string') return undefined;
    return tokens.make(value.place, use);
  });
}

/** A copy with some of its objects replaced. Bytes and other special objects stay as they are. */
function deep(value: unknown, replace: (value: object) => object | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => deep(item, replace));
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const replaced = replace(value);
  if (replaced) return replaced;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, deep(member, replace)]),
  );
}
