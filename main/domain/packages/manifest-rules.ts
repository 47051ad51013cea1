import type { Problem } from '../json/problems.ts';
import type { Manifest } from './manifest-schema.ts';
import { NameTree } from './name-tree.ts';
import { brokenRule, compareUtf8, escapeForDisplay } from './names.ts';

/**
 * The rules of `valise.release/1` across fields. Each answers with the first field that breaks
 * one, in words that end the sentence "The release manifest is refused: {field} …".
 */

/** Characters of all codes that a ledger entry about the release repeats: an entry has 4 KiB. */
const MAX_CODE_CHARACTERS = 2000;
const MAX_COUNTRIES = 60;

/** Who sends, receives and approves. */
export function checkPeople(manifest: Manifest): Problem | undefined {
  const sender = manifest.sender.fingerprint;
  const { approvers, required } = manifest.approval;
  const people = [
    ['recipients', manifest.recipients],
    ['approval.approvers', approvers],
  ] as const;
  for (const [field, list] of people) {
    const fingerprints = list.map(({ fingerprint }) => fingerprint);
    const index = repeated([sender, ...fingerprints]);
    if (index !== undefined)
      return {
        field: `${field}[${String(index - 1)}].fingerprint`,
        problem: fingerprints[index - 1] === sender ? "is the sender's" : 'is named twice',
      };
  }
  if (required > approvers.length)
    return { field: 'approval.required', problem: 'is more than there are approvers' };
  const countries = new Set(manifest.recipients.flatMap(({ country }) => country ?? []));
  return countries.size > MAX_COUNTRIES
    ? { field: 'recipients', problem: `are in more than ${String(MAX_COUNTRIES)} countries` }
    : undefined;
}

/** Codes and references to other packages. */
export function checkReferences(manifest: Manifest): Problem | undefined {
  const { legalBasis, transferBasis, offences, dataCategories, purposeCodes } = manifest;
  const lists = { legalBasis, transferBasis, offences, dataCategories, purposeCodes };
  for (const [field, codes] of Object.entries(lists)) {
    const index = repeated(codes ?? []);
    if (index !== undefined)
      return { field: `${field}[${String(index)}]`, problem: 'is named twice' };
  }
  if ([...offences, ...dataCategories].join('').length > MAX_CODE_CHARACTERS)
    return {
      field: 'dataCategories',
      problem: `and offences take more than ${String(MAX_CODE_CHARACTERS)} characters`,
    };
  for (const field of ['supersedes', 'inReplyTo'] as const)
    if (manifest[field] === manifest.id) return { field, problem: 'is the package itself' };
  return undefined;
}

/** The list of files: names, order, clashes, sizes, and what was done to them. */
export function checkFiles(manifest: Manifest): Problem | undefined {
  const tree = new NameTree();
  let total = 0;
  let before = '';
  for (const [index, { path, size }] of manifest.files.entries()) {
    const field = `files[${String(index)}].path`;
    const problem = nameProblem(path, before, tree);
    if (problem !== undefined) return { field, problem };
    before = path;
    total += size;
    if (!Number.isSafeInteger(total))
      return { field: `files[${String(index)}].size`, problem: 'makes the sum too large' };
  }
  const paths = new Set(manifest.files.map(({ path }) => path));
  const lost = (manifest.transformations ?? []).findIndex(({ file }) => !paths.has(file));
  return lost === -1
    ? undefined
    : { field: `transformations[${String(lost)}].file`, problem: 'is not among the files' };
}

function nameProblem(path: string, before: string, tree: NameTree): string | undefined {
  const shown = `"${escapeForDisplay(path)}"`;
  const rule = brokenRule(path);
  if (rule !== undefined) return `${shown} ${rule}`;
  if (before === path) return `${shown} is named twice`;
  if (compareUtf8(before, path) > 0) return `${shown} is not in the order of its bytes`;
  const clash = tree.add(path, 'file');
  if (clash === undefined) return undefined;
  return `${shown} would overwrite "${escapeForDisplay(clash)}" on some systems`;
}

/** Index of the first item that stands before it already. */
function repeated(items: readonly string[]): number | undefined {
  const index = items.findIndex((item, place) => items.indexOf(item) !== place);
  return index === -1 ? undefined : index;
}
