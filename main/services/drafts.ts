import { createHash } from 'node:crypto';
import { DomainError } from '../domain/errors/index.ts';
import { assessmentBlockers } from '../domain/packages/check.ts';
import { ContentLook } from '../domain/packages/content-look.ts';
import { mediaTypeOf } from '../domain/packages/media-type.ts';
import { safeName } from '../domain/packages/names.ts';
import { type Answered, type DraftFile, type PackageRecord } from '../domain/packages/package.ts';
import { QUESTIONS } from '../domain/packages/questions.ts';
import { ReleaseDraft } from '../domain/packages/release-input.ts';
import { parseInput } from '../domain/json/parse-input.ts';
import type { Work } from '../domain/ports.ts';
import type { Act } from '../domain/vault/journal.ts';
import type { Effect } from '../domain/vault/records.ts';
import type { Cases } from './cases.ts';
import type { Desk } from './desk.ts';
import { packageFor } from './package-record.ts';

/** What happened to the paths that were added. */
export interface FilesAdded {
  readonly added: readonly DraftFile[];
  /** Names that had to be replaced by safe ones. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Not carried: empty folders, links, devices. */
  readonly leftOut: readonly {
    readonly path: string;
    readonly why: 'empty-folder' | 'link' | 'special';
  }[];
}

export interface DraftMade extends PackageRecord {
  readonly survey: FilesAdded;
}

export interface DraftChange {
  readonly release?: unknown;
  readonly add?: readonly string[];
  /** Paths in the bag, with `data/`. */
  readonly remove?: readonly string[];
  readonly describe?: Readonly<Record<string, string>>;
}

/** Drafts: what, why, to whom; left and taken up again; discarded. */
export class Drafts {
  private readonly desk: Desk;
  private readonly cases: Cases;

  constructor(desk: Desk, cases: Cases) {
    this.desk = desk;
    this.cases = cases;
  }

  /**
   * A new draft in a case, with files and folders hashed as they are added.
   * @throws DomainError `case-unknown`, `case-closed`, `input-refused`, `file-unknown`, `cancelled`
   */
  async make(
    reference: string,
    release: unknown,
    paths: readonly string[],
    work: Work = {},
  ): Promise<DraftMade> {
    const { desk } = this;
    desk.assertOfficer();
    const record = this.cases.find(reference);
    if (record.state === 'closed') throw new DomainError('case-closed', { reference });
    const draft = this.parse(release);
    const id = desk.newId();
    const found = await this.hash(id, paths, [], work);
    const described = describe(found.added, draft.descriptions);
    const made: PackageRecord = this.totalled(
      {
        id,
        direction: 'out',
        state: 'draft',
        case: record.id,
        title: record.title,
        createdAt: desk.at(),
        changedAt: desk.at(),
        draft,
        author: desk.party(),
        answered: this.answered(draft, {}, {}),
        files: 0,
        bytes: 0,
        recipients: [],
      },
      described,
    );
    const acts: Act[] = [
      {
        type: 'draft-made',
        subject: { package: id, case: record.id },
        detail: { kind: draft.kind ?? 'release', files: made.files, bytes: made.bytes },
      },
    ];
    const assessed = this.assess(made, acts);
    await desk.commit({
      acts,
      effects: [put(assessed), ...described.map(putFile)],
    });
    return { ...assessed, survey: { ...found, added: described } };
  }

  /**
   * Changes a draft: its form, its files, or both. One whose manifest is fixed makes place for a
   * new draft, with an id of its own: what people agreed to is never changed.
   * @throws DomainError `package-unknown`, `package-state`, `input-refused`, `file-unknown`
   */
  async change(given: string, change: DraftChange, work: Work = {}): Promise<DraftMade> {
    const { desk } = this;
    desk.assertOfficer();
    const before = this.draft(given, 'edit');
    const isFixed = before.manifest !== undefined;
    const record = isFixed ? anew(before, desk.newId()) : before;
    const { id } = record;
    const draft = change.release === undefined ? (record.draft ?? {}) : this.parse(change.release);
    const gone = new Set(change.remove ?? []);
    const kept = this.files(given)
      .filter((file) => !gone.has(file.path))
      .map((file) => ({ ...file, package: id }));
    const found = await this.hash(id, change.add ?? [], kept, work);
    const replaced = new Set(found.added.map((file) => file.path));
    const files = describe([...kept.filter((file) => !replaced.has(file.path)), ...found.added], {
      ...draft.descriptions,
      ...change.describe,
    });
    const changed = this.totalled(
      {
        ...record,
        state: 'draft',
        draft,
        author: desk.party(),
        answered: this.answered(draft, record.draft ?? {}, record.answered ?? {}),
        changedAt: desk.at(),
      },
      files,
    );
    const size = { files: changed.files, bytes: changed.bytes };
    const acts: Act[] = isFixed
      ? [
          { type: 'draft-discarded', subject: subjectOf(before), detail: {} },
          {
            type: 'draft-made',
            subject: subjectOf(record),
            detail: { kind: draft.kind ?? 'release', ...size },
          },
        ]
      : [{ type: 'draft-changed', subject: subjectOf(record), detail: size }];
    const assessed = this.assess(changed, acts);
    await desk.commit({
      acts,
      effects: [
        ...(isFixed ? dropAll(given) : []),
        put(assessed),
        ...[...gone].map((path): Effect => ({ drop: 'draft_files', id: `${id}/${path}` })),
        ...files.map(putFile),
      ],
    });
    return { ...assessed, survey: found };
  }

  /** Removes a draft and all its rows; the files that were added stay where they are. */
  async discard(id: string): Promise<void> {
    const { desk } = this;
    desk.assertOfficer();
    const record = this.draft(id, 'discard');
    await desk.commit({
      acts: [{ type: 'draft-discarded', subject: subjectOf(record), detail: {} }],
      effects: dropAll(id),
    });
  }

  files(id: string): DraftFile[] {
    return this.desk.session.records.list('draft_files', { idPrefix: `${id}/` });
  }

  /** The package when it is a draft that allows `event`. @throws DomainError `package-unknown`, `package-state` */
  draft(id: string, event: 'edit' | 'discard' | 'seal'): PackageRecord {
    // Before the seal a draft says what is missing in it, rather than where it stands.
    return packageFor(this.desk, id, event === 'seal' ? 'discard' : event);
  }

  private parse(release: unknown): ReleaseDraft {
    return parseInput(ReleaseDraft, release, 'release.json');
  }

  /** Moves a draft to `assessed` when its assessment is complete. */
  private assess(record: PackageRecord, acts: Act[]): PackageRecord {
    const { assessment } = record.draft ?? {};
    const risk = assessment?.risk;
    if (!assessment || !risk || assessmentBlockers(record.draft ?? {}).length > 0) return record;
    const answers: Extract<Act, { type: 'assessed' }>['detail']['answers'] = {
      ownership: 'met',
      consentOrInterest: 'met',
      recipientIdentity: 'met',
      minimisation: 'met',
      necessity: 'met',
      harmToIndividuals: 'met',
      onwardTransfer: 'met',
    };
    for (const question of QUESTIONS) {
      const given = assessment[question];
      if (given) answers[question] = given.answer;
    }
    acts.push({ type: 'assessed', subject: subjectOf(record), detail: { answers, risk } });
    return { ...record, state: 'assessed' };
  }

  /** Keeps who gave an answer and when, as long as the answer stays as it was given. */
  private answered(now: ReleaseDraft, before: ReleaseDraft, given: Answered): Answered {
    const { desk } = this;
    const by = desk.session.member.fingerprint;
    const entries = QUESTIONS.flatMap((question) => {
      const answer = now.assessment?.[question];
      if (answer === undefined) return [];
      const old = before.assessment?.[question];
      const same = old?.answer === answer.answer && old.evidence === answer.evidence;
      return [[question, (same ? given[question] : undefined) ?? { by, at: desk.at() }] as const];
    });
    return Object.fromEntries(entries);
  }

  private async hash(
    id: string,
    paths: readonly string[],
    existing: readonly DraftFile[],
    work: Work,
  ): Promise<FilesAdded> {
    const { files } = this.desk.tools;
    const added: DraftFile[] = [];
    const renamed: { from: string; to: string }[] = [];
    const leftOut: { path: string; why: 'empty-folder' | 'link' | 'special' }[] = [];
    const bySource = new Map(existing.map((file) => [file.source, file.path]));
    const taken = new Set(existing.map((file) => foldName(file.path)));
    const found = await this.survey(paths, leftOut);
    const total = found.reduce((sum, item) => sum + item.size, 0);
    let done = 0;
    for (const item of found) {
      const again = bySource.get(item.path);
      const safe = again === undefined ? freeName(item.relative, taken) : undefined;
      const path = again ?? `data/${safe?.path ?? item.relative}`;
      if (safe?.replaced) renamed.push({ from: item.relative, to: safe.path });
      taken.add(foldName(path));
      const look = new ContentLook(path);
      const digest = await this.digest(
        item.path,
        look,
        (bytes) => {
          work.report?.({ stage: 'hashing', done: done + bytes, total });
        },
        work,
      );
      done += item.size;
      if (digest.bytes !== item.size) throw new DomainError('file-changed', { path });
      added.push({
        package: id,
        path,
        source: item.path,
        size: digest.bytes,
        sha256: digest.sha256,
        mediaType: mediaTypeOf(path),
        modified: item.modified,
        ...(look.kinds().length === 0 ? {} : { content: look.kinds() }),
        ...(safe?.replaced ? { originalName: files.baseName(item.relative) } : {}),
      });
    }
    return { added, renamed, leftOut };
  }

  private async survey(
    paths: readonly string[],
    leftOut: { path: string; why: 'empty-folder' | 'link' | 'special' }[],
  ) {
    const found: { path: string; relative: string; size: number; modified: number }[] = [];
    for (const path of paths)
      for await (const item of this.desk.tools.files.walk(path)) {
        if (item.kind === 'file') found.push(item);
        else leftOut.push({ path: item.relative, why: item.kind });
      }
    return found;
  }

  private async digest(
    path: string,
    look: ContentLook,
    report: (bytes: number) => void,
    work: Work,
  ) {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of this.desk.tools.files.stream(path)) {
      if (work.signal?.aborted) throw new DomainError('cancelled');
      hash.update(chunk);
      look.take(chunk);
      bytes += chunk.length;
      report(bytes);
    }
    return { bytes, sha256: hash.digest('hex') };
  }

  private totalled(record: PackageRecord, files: readonly DraftFile[]): PackageRecord {
    const deleteBy = record.draft?.retention?.deleteBy;
    return {
      ...record,
      files: files.length,
      bytes: files.reduce((sum, file) => sum + file.size, 0),
      ...(deleteBy === undefined ? {} : { deleteBy }),
    };
  }
}

/** Ids that an entry about this package carries. */
export function subjectOf(record: PackageRecord): {
  package: string;
  case?: string;
  manifest?: string;
  sealed?: string;
} {
  return {
    package: record.id,
    ...(record.case === undefined ? {} : { case: record.case }),
    ...(record.manifestDigest === undefined ? {} : { manifest: record.manifestDigest }),
    ...(record.sealed === undefined ? {} : { sealed: record.sealed.digest }),
  };
}

/** The same draft with another id, and nothing fixed. */
function anew(record: PackageRecord, id: string): PackageRecord {
  const {
    manifest: _manifest,
    manifestDigest: _digest,
    stand: _stand,
    approvals: _approvals,
    approvalsRequired: _required,
    ...rest
  } = record;
  return { ...rest, id, state: 'draft' };
}

function dropAll(id: string): Effect[] {
  return [
    { drop: 'packages', id },
    { drop: 'draft_files', prefix: `${id}/` },
  ];
}

function describe(
  files: readonly DraftFile[],
  texts: Readonly<Record<string, string>> | undefined,
): DraftFile[] {
  return files.map((file) => {
    const text = texts?.[file.path] ?? texts?.[file.path.slice('data/'.length)];
    return text === undefined ? file : { ...file, description: text };
  });
}

/** The safe form of a name; a number is added when another file took it already. */
function freeName(
  relative: string,
  taken: ReadonlySet<string>,
): { path: string; replaced: boolean } {
  const safe = safeName(relative);
  for (let number = 2; ; number += 1) {
    const path = number === 2 ? safe.path : numbered(safe.path, number - 1);
    if (!taken.has(foldName(`data/${path}`)))
      return { path, replaced: safe.replaced || path !== safe.path };
  }
}

function numbered(path: string, number: number): string {
  const dot = path.lastIndexOf('.');
  const slash = path.lastIndexOf('/');
  const cut = dot > slash + 1 ? dot : path.length;
  return `${path.slice(0, cut)} (${String(number)})${path.slice(cut)}`;
}

function foldName(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

function put(record: PackageRecord): Effect {
  return { put: 'packages', id: record.id, doc: record };
}

function putFile(file: DraftFile): Effect {
  return { put: 'draft_files', id: `${file.package}/${file.path}`, doc: file };
}
