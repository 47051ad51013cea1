import { DomainError } from '../domain/errors/index.ts';
import type { PackageRecord } from '../domain/packages/package.ts';
import type { Work } from '../domain/ports.ts';
import type { Desk } from './desk.ts';
import { subjectOf } from './drafts.ts';
import type { Opening } from './opening.ts';
import { packageFor, packageRecord } from './package-record.ts';

export interface Extracted {
  readonly id: string;
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
}

/** Plaintext, only on demand, only where the officer said, and only after everything was verified again. */
export class Extraction {
  private readonly desk: Desk;
  private readonly opening: Opening;

  constructor(desk: Desk, opening: Opening) {
    this.desk = desk;
    this.opening = opening;
  }

  /**
   * Writes the whole bag to `<out>/<package id>.partial` while verifying it again, and renames it
   * when all of it was good. Never over an existing folder.
   * @throws DomainError `file-exists`, `package-gone`, `cancelled`, `disk-full`, of the verification
   */
  async extract(id: string, out: string, work: Work = {}): Promise<Extracted> {
    const { desk } = this;
    desk.assertOfficer();
    desk.assertWritable();
    const { files } = desk.tools;
    const record = this.record(id);
    const target = files.join(out, id);
    const partial = `${target}.partial`;
    if (await files.facts(target)) throw new DomainError('file-exists', { path: target });
    await files.makeFolder(out);
    if ((await files.free(out)) < record.bytes)
      throw new DomainError('disk-full', { path: target });
    await desk.withScratch(partial, async () => {
      await files.remove(partial);
      await files.makeFolder(partial);
      await this.write(record, partial, work);
      await desk.commit({
        acts: [
          {
            type: 'extracted',
            subject: subjectOf(record),
            detail: { files: record.files, bytes: record.bytes },
          },
        ],
        renames: [{ from: partial, to: target }],
      });
    });
    return { id, path: target, files: record.files, bytes: record.bytes };
  }

  private async write(record: PackageRecord, partial: string, work: Work): Promise<void> {
    const { files } = this.desk.tools;
    const sealed = this.desk.sealed(record.sealed?.fileName ?? '');
    const opened = await this.opening.open(sealed, work, async (path) => {
      const inside = files.join(partial, ...path.split('/'));
      await files.makeFolder(files.join(inside, '..'));
      const file = await files.partial(`${inside}.partial`);
      return {
        write: (chunk) => file.write(chunk),
        end: async () => {
          await file.finish();
          await files.rename(`${inside}.partial`, inside);
        },
      };
    });
    if (opened.kind !== 'bag' || opened.bag.manifestDigest !== record.manifestDigest)
      throw new DomainError('package-conflict', { id: record.id, at: record.changedAt });
  }

  private record(id: string): PackageRecord {
    if (packageRecord(this.desk, id).sealed?.kept === false)
      throw new DomainError('package-gone', { id });
    return packageFor(this.desk, id, 'extract');
  }
}
