import type { Contract } from '../../../preload/contract/index.ts';
import type { ValueOf } from '../../../preload/contract/kinds.ts';

export type PackageView = ValueOf<Contract['packages']['show']>;
export type DraftFile = NonNullable<PackageView['draftFiles']>[number];
export type Survey = ValueOf<Contract['packages']['change']>['survey'];
export type Blocker = ValueOf<Contract['packages']['check']>['blockers'][number];
export type Release = NonNullable<PackageView['draft']>;

/** In the order in which they are asked. */
export const QUESTIONS = [
  'ownership',
  'consentOrInterest',
  'recipientIdentity',
  'minimisation',
  'necessity',
  'harmToIndividuals',
  'onwardTransfer',
] as const;
export type Question = (typeof QUESTIONS)[number];
export const ANSWERS = ['met', 'not-met', 'not-applicable'] as const;
export type Answer = (typeof ANSWERS)[number];
export const METHODS = ['exact', 'estimated', 'unknown'] as const;
export const RISKS = ['low', 'medium', 'high'] as const;
export const TLP = ['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR'] as const;

export interface Assessed {
  readonly answer: Answer | null;
  readonly evidence: string;
}

/** The release as it stands on the glass: unlike the draft in the vault, each field may be half done. */
export interface Form {
  readonly purpose: string;
  readonly purposeCodes: readonly string[];
  readonly instrument: string | null;
  readonly legalBasis: readonly string[];
  readonly transferBasis: readonly string[];
  /** Null: not said yet. Empty: none. */
  readonly offences: readonly string[] | null;
  readonly dataCategories: readonly string[] | null;
  readonly affectedMethod: (typeof METHODS)[number] | null;
  readonly affectedCount: number | null;
  readonly originHow: string;
  readonly seizedAt: string | null;
  readonly custodian: string;
  readonly referenceHash: string;
  readonly tlp: (typeof TLP)[number] | null;
  readonly caveats: readonly string[];
  readonly deleteBy: string | null;
  readonly retentionAction: 'destroy' | 'return';
  readonly answers: Readonly<Record<Question, Assessed>>;
  readonly risk: (typeof RISKS)[number] | null;
  readonly recipients: readonly string[];
  /** What this screen does not ask and has to keep. */
  readonly kept: Pick<Release, 'kind' | 'approvers' | 'supersedes' | 'inReplyTo' | 'descriptions'>;
}

const HASH = /^(?:[a-z0-9-]{2,16}:)?[0-9A-Fa-f]{32,128}$/;

/** Whether a reference digest has a form that can be kept; nothing counts as one. */
export function isReferenceHash(text: string): boolean {
  return text.trim() === '' || HASH.test(text.trim());
}

/** The form of a draft as the vault has it. */
export function formOf(release: Release): Form {
  const { affectedIndividuals, origin, handling, retention, assessment } = release;
  return {
    purpose: release.purpose ?? '',
    purposeCodes: release.purposeCodes ?? [],
    instrument: release.instrument ?? null,
    legalBasis: release.legalBasis ?? [],
    transferBasis: release.transferBasis ?? [],
    offences: release.offences ?? null,
    dataCategories: release.dataCategories ?? null,
    affectedMethod: affectedIndividuals?.method ?? null,
    affectedCount: affectedIndividuals?.count ?? null,
    originHow: origin?.how ?? '',
    seizedAt: origin?.seizedAt ?? null,
    custodian: origin?.custodian ?? '',
    referenceHash: origin?.referenceHash ?? '',
    tlp: handling?.tlp ?? null,
    caveats: handling?.caveats ?? [],
    deleteBy: retention?.deleteBy ?? null,
    retentionAction: retention?.action ?? 'destroy',
    answers: answersOf((question) => ({
      answer: assessment?.[question]?.answer ?? null,
      evidence: assessment?.[question]?.evidence ?? '',
    })),
    risk: assessment?.risk ?? null,
    recipients: (release.recipients ?? []).map(({ fingerprint }) => fingerprint),
    kept: only(release, ['kind', 'approvers', 'supersedes', 'inReplyTo', 'descriptions']),
  };
}

/** What of the form can be kept now: whatever is whole. The rest stays on the glass. */
export function releaseOf(form: Form): Release {
  const purpose = form.purpose.trim();
  const affected = affectedOf(form);
  const origin = originOf(form);
  const { tlp, deleteBy, offences, dataCategories } = form;
  return {
    ...form.kept,
    ...(purpose === '' ? {} : { purpose }),
    ...unlessEmpty('purposeCodes', form.purposeCodes),
    ...(form.instrument === null ? {} : { instrument: form.instrument }),
    ...unlessEmpty('legalBasis', form.legalBasis),
    ...unlessEmpty('transferBasis', form.transferBasis),
    ...(offences === null ? {} : { offences }),
    ...(dataCategories === null ? {} : { dataCategories }),
    ...(affected === undefined ? {} : { affectedIndividuals: affected }),
    ...(origin === undefined ? {} : { origin }),
    ...(tlp === null ? {} : { handling: { tlp, caveats: form.caveats } }),
    ...(deleteBy === null ? {} : { retention: { deleteBy, action: form.retentionAction } }),
    assessment: assessmentOf(form),
    recipients: form.recipients.map((fingerprint) => ({ fingerprint })),
  };
}

function affectedOf({ affectedMethod: method, affectedCount }: Form) {
  if (method === null) return undefined;
  if (method === 'unknown') return { count: affectedCount ?? 0, method };
  return affectedCount === null ? undefined : { count: affectedCount, method };
}

function originOf(form: Form): Release['origin'] {
  const how = form.originHow.trim();
  const custodian = form.custodian.trim();
  const referenceHash = form.referenceHash.trim();
  if (how === '') return undefined;
  return {
    how,
    ...(form.seizedAt === null ? {} : { seizedAt: form.seizedAt }),
    ...(custodian === '' ? {} : { custodian }),
    ...(HASH.test(referenceHash) ? { referenceHash } : {}),
  };
}

function assessmentOf({ answers, risk }: Form): NonNullable<Release['assessment']> {
  const given = QUESTIONS.flatMap((question) => {
    const { answer, evidence } = answers[question];
    return answer === null ? [] : [[question, { answer, evidence: evidence.trim() }] as const];
  });
  return { ...Object.fromEntries(given), ...(risk === null ? {} : { risk }) };
}

function answersOf(answer: (question: Question) => Assessed): Form['answers'] {
  return {
    ownership: answer('ownership'),
    consentOrInterest: answer('consentOrInterest'),
    recipientIdentity: answer('recipientIdentity'),
    minimisation: answer('minimisation'),
    necessity: answer('necessity'),
    harmToIndividuals: answer('harmToIndividuals'),
    onwardTransfer: answer('onwardTransfer'),
  };
}

function unlessEmpty<Name extends string>(name: Name, codes: readonly string[]) {
  return (codes.length === 0 ? {} : { [name]: codes }) as {
    readonly [N in Name]?: readonly string[];
  };
}

function only<T extends object, K extends keyof T>(of: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(
    names.flatMap((name) => (of[name] === undefined ? [] : [[name, of[name]]])),
  ) as Pick<T, K>;
}
