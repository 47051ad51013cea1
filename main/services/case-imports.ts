import { DomainError } from '../domain/errors/index.ts';
import { escapeForDisplay } from '../domain/escape.ts';
import { readCase, type NamedFile } from '../domain/exports/read-case.ts';
import { checkDeclaration, readChecksums } from '../domain/packages/bag-lists.ts';
import type { Work } from '../domain/ports.ts';
import type { Desk } from './desk.ts';
import type { DraftMade, Drafts } from './drafts.ts';

export interface Imported extends DraftMade {
  /** Named by the bundle, and not there: paths. */
  readonly absent: readonly string[];
}

const LIST = 'manifest-sha256.txt';
const LARGEST_LIST = 64 * 1024 * 1024;

/** Takes what other programs packed into a draft: every digest that they wrote down is checked. */
export class CaseImports {
  readonly #desk: Desk;
  readonly #drafts: Drafts;

  constructor(desk: Desk, drafts: Drafts) {
    this.#desk = desk;
    this.#drafts = drafts;
  }

  /**
   * A draft from the folder of a plain bag (RFC 8493), or from a CASE/UCO bundle with its files
   * beside it. The files stay where they are, as with any draft.
   * @param release what the draft says at first
   * @throws DomainError `import-unknown`, `import-differs` with the file, `import-outside`,
   * `bag-tag-malformed`, `case-unknown`, `case-closed`, `input-refused`, `not-allowed`, `cancelled`
   */
  async take(
    path: string,
    reference: string,
    release: unknown = {},
    work: Work = {},
  ): Promise<Imported> {
    const desk = this.#desk;
    desk.assertOfficer();
    desk.assertWritable();
    const { files } = desk.tools;
    const kind = (await files.facts(path))?.kind;
    const isBag = kind === 'folder';
    if (kind !== 'file' && !isBag) throw new DomainError('file-unknown', { path });
    const folder = isBag ? path : files.join(path, '..');
    const named = isBag
      ? await this.#bagFiles(path)
      : readCase(await files.read(path, LARGEST_LIST));
    const present: NamedFile[] = [];
    const absent: string[] = [];
    for (const file of named) {
      if (work.signal?.aborted) throw new DomainError('cancelled');
      assertInside(file.path);
      const place = files.join(folder, file.path);
      if ((await files.facts(place))?.kind !== 'file') absent.push(file.path);
      else if ((await files.digest(place)) !== file.sha256)
        throw new DomainError('import-differs', { path: escapeForDisplay(file.path) });
      else present.push(file);
    }
    if (present.length === 0) throw new DomainError('import-unknown');
    // A bag is complete, or it is not what was packed.
    const [first] = absent;
    if (isBag && first !== undefined)
      throw new DomainError('import-differs', { path: escapeForDisplay(first) });
    const descriptions = Object.fromEntries(
      present.flatMap(({ path: name, description }) =>
        description === undefined ? [] : [[files.baseName(name), description]],
      ),
    );
    const made = await this.#drafts.make(
      reference,
      release,
      present.map((file) => files.join(folder, file.path)),
      work,
    );
    const described = await this.#drafts.change(made.id, { describe: descriptions }, work);
    return { ...described, survey: made.survey, absent };
  }

  async #bagFiles(folder: string): Promise<NamedFile[]> {
    const { files } = this.#desk.tools;
    const text = async (name: string) => {
      const place = files.join(folder, name);
      if ((await files.facts(place))?.kind !== 'file') throw new DomainError('import-unknown');
      return files.read(place, LARGEST_LIST);
    };
    checkDeclaration(await text('bagit.txt'));
    return [...readChecksums(await text(LIST), LIST)].map(([path, sha256]) => ({ path, sha256 }));
  }
}

/** @throws DomainError `import-outside` for a path that leads out of the folder */
function assertInside(path: string): void {
  const parts = path.split(/[\\/]/);
  if (
    path === '' ||
    /^(?:[\\/]|[A-Za-z]:)/.test(path) ||
    parts.includes('..') ||
    path.includes('\0')
  )
    throw new DomainError('import-outside', { path: escapeForDisplay(path) });
}
