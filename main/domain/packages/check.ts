import type { ContactRecord } from '../certificates/contact.ts';
import type { SealRefusal } from '../pgp/engine.ts';
import { QUESTIONS } from './questions.ts';
import type { ReleaseDraft } from './release-input.ts';
import { isLower, type Judgement, type Rule } from './release-rules.ts';

/** The step of the composition where a blocker is mended. */
export type Step = 'what' | 'why' | 'who' | 'check';

const SENTENCES = {
  'no-files': { step: 'what', text: 'There is no file in the package yet.' },
  'file-changed': { step: 'what', text: '{path} has changed since it was added. Add it again.' },
  'file-missing': { step: 'what', text: '{path} is no longer where it was. Add it again.' },
  'content-executable': { step: 'what', text: 'There are programs among the files: {names}.' },
  'content-script': { step: 'what', text: 'There are files that can run something: {names}.' },
  'content-macro': { step: 'what', text: 'There are documents with macros: {names}.' },
  'content-archive': {
    step: 'what',
    text: 'There are archives, whose content nobody sees here: {names}.',
  },
  'content-encrypted': {
    step: 'what',
    text: 'There are files that are encrypted in themselves: {names}.',
  },
  'content-image-metadata': {
    step: 'what',
    text: 'Pictures may say where and by whom they were taken: {names}.',
  },
  'content-document-metadata': {
    step: 'what',
    text: 'Documents say who wrote them: {names}.',
  },
  'original-added': {
    step: 'what',
    text: '{path} is what a smaller table was made from, and goes along with it.',
  },
  'field-missing': { step: 'why', text: 'The release says nothing about: {field}.' },
  'case-closed': { step: 'why', text: 'The case {reference} is closed.' },
  'no-recipients': { step: 'who', text: 'Nobody is named to receive the package.' },
  'recipient-unknown': { step: 'who', text: 'No contact has the fingerprint {fingerprint}.' },
  'recipient-self': { step: 'who', text: 'You cannot be a recipient of your own package.' },
  'recipient-twice': { step: 'who', text: '{name} is named twice.' },
  'recipient-unverified': {
    step: 'who',
    text: 'Nobody has compared the fingerprint of {name} yet.',
  },
  'recipient-blocked': { step: 'who', text: '{name} is blocked.' },
  'recipient-conflict': {
    step: 'who',
    text: 'Two keys claim the address of {name}. Settle which one is right.',
  },
  'certificate-revoked': { step: 'who', text: 'The key of {name} is revoked.' },
  'certificate-expired': { step: 'who', text: 'The key of {name} has expired.' },
  'certificate-not-yet-valid': { step: 'who', text: 'The key of {name} is not valid yet.' },
  'certificate-sha1': {
    step: 'who',
    text: 'The key of {name} is bound with SHA-1, which can be forged.',
  },
  'certificate-rsa-short': {
    step: 'who',
    text: 'The RSA key of {name} is shorter than 2048 bits.',
  },
  'certificate-weak-algorithm': {
    step: 'who',
    text: 'The key of {name} uses an algorithm that is no longer safe.',
  },
  'certificate-no-encryption': {
    step: 'who',
    text: 'The key of {name} has no part that can be encrypted to.',
  },
  'certificate-designated-revoker': {
    step: 'who',
    text: 'The key of {name} names another key that may revoke it, which cannot be checked here.',
  },
  'answer-missing': { step: 'check', text: 'The assessment has no answer to: {question}.' },
  'evidence-missing': { step: 'check', text: 'The assessment names no evidence for: {question}.' },
  'answer-not-met': { step: 'check', text: 'The assessment says "not met" for: {question}.' },
  'risk-missing': { step: 'check', text: 'The assessment names no risk.' },
  'risk-too-low': {
    step: 'check',
    text: 'The assessment calls the risk {stated}. It is not lower than {least}: {because}',
  },
  'approvers-missing': {
    step: 'check',
    text: '{required} more people have to agree, and {listed} are named who may: {because}',
  },
  'approver-sender': { step: 'check', text: 'You cannot approve your own package.' },
  'approver-unknown': {
    step: 'check',
    text: 'Neither a member of this vault nor a contact has the fingerprint {fingerprint}.',
  },
  'approver-unverified': {
    step: 'check',
    text: 'Nobody has compared the fingerprint of {name}, who is to approve.',
  },
  'approval-missing': {
    step: 'check',
    text: '{given} of {required} approvals are there. Still asked: {names}.',
  },
  'approval-refused': { step: 'check', text: '{name} refused to approve it: {reason}.' },
  'policy-file-changed': {
    step: 'check',
    text: 'The agency’s policy is another file than the one in force. Have it looked at, and set it again.',
  },
  'policy-ended': {
    step: 'check',
    text: 'The agency’s policy was valid until {until}. Ask for the new one, and set it.',
  },
  'policy-recipient': {
    step: 'who',
    text: 'The agency’s policy does not let {name} receive packages.',
  },
  'policy-retention': {
    step: 'why',
    text: 'The agency’s policy lets nobody keep it longer than until {latest}.',
  },
  'policy-approvers': {
    step: 'check',
    text: 'The agency’s policy wants {required} more people to agree, and {listed} are named.',
  },
  'policy-profile': {
    step: 'who',
    text: 'It would be sealed as {profile}, which the agency’s policy does not allow.',
  },
  'not-the-sender': {
    step: 'check',
    text: 'Its form is fixed, with {name} as the sender: only they can seal it.',
  },
} as const satisfies Record<string, { step: Step; text: string }>;

export type BlockerCode = keyof typeof SENTENCES;

/** One thing that still stands between a draft and its seal, or that somebody should look at. */
export interface Blocker {
  /** Of the sentences above, or of a rule. */
  readonly code: string;
  readonly step: Step;
  readonly message: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Makes one blocker with its sentence. */
export function blocker(code: BlockerCode, params: Record<string, string> = {}): Blocker {
  const { step, text } = SENTENCES[code];
  const message = text.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
  return { code, step, message, params };
}

/** What a rule says of a draft. */
export function ruleBlocker({ code, step, text, question }: Rule): Blocker {
  return { code, step, message: text, params: question === undefined ? {} : { question } };
}

/** What the rules make of a draft: what blocks, and what the officer should look at. */
export function judgedBlockers(draft: ReleaseDraft, judged: Judgement): Blocker[] {
  const found = judged.blocks.map(ruleBlocker);
  const stated = draft.assessment?.risk;
  const { least, because } = judged.risk;
  if (stated !== undefined && isLower(stated, least))
    found.push(blocker('risk-too-low', { stated, least, ...reasons(because) }));
  const listed = draft.approvers?.length ?? 0;
  const { required } = judged.approvals;
  if (listed < required)
    found.push(
      blocker('approvers-missing', {
        required: String(required),
        listed: String(listed),
        ...reasons(judged.approvals.because),
      }),
    );
  return found;
}

/** How many have to agree: as many as the rules ask, and one when somebody is named at all. */
export function approvalsRequired(draft: ReleaseDraft, judged: Judgement): number {
  return Math.max(judged.approvals.required, (draft.approvers?.length ?? 0) > 0 ? 1 : 0);
}

/** The rules behind it, in words and by their codes. */
function reasons(rules: readonly Rule[]): { because: string; rules: string } {
  return {
    because: rules.map(({ text }) => text).join(' '),
    rules: rules.map(({ code }) => code).join(' '),
  };
}

const REQUIRED = [
  'purpose',
  'instrument',
  'legalBasis',
  'offences',
  'dataCategories',
  'affectedIndividuals',
  'origin',
  'handling',
  'retention',
] as const satisfies readonly (keyof ReleaseDraft)[];

/** What the form itself lacks: fields, and the assessment's answers. */
export function formBlockers(draft: ReleaseDraft): Blocker[] {
  const missing = REQUIRED.filter((field) => draft[field] === undefined).map((field) =>
    blocker('field-missing', { field }),
  );
  return [...missing, ...assessmentBlockers(draft)];
}

/** What the assessment lacks. Empty means: assessed. */
export function assessmentBlockers(draft: ReleaseDraft): Blocker[] {
  const found: Blocker[] = [];
  for (const question of QUESTIONS) {
    const given = draft.assessment?.[question];
    if (given === undefined) found.push(blocker('answer-missing', { question }));
    else if (given.answer === 'not-met') found.push(blocker('answer-not-met', { question }));
    else if (given.evidence.trim() === '') found.push(blocker('evidence-missing', { question }));
  }
  if (draft.assessment?.risk === undefined) found.push(blocker('risk-missing'));
  return found;
}

/** What stands against sealing to one contact; `refusals` are of its certificate, as of now. */
export function contactBlockers(
  contact: ContactRecord,
  refusals: readonly SealRefusal[],
): Blocker[] {
  const name = contact.name;
  const found: Blocker[] = refusals.map((code) => blocker(code, { name }));
  if (contact.blocked) found.push(blocker('recipient-blocked', { name }));
  if (contact.conflictsWith) found.push(blocker('recipient-conflict', { name }));
  if (!contact.verification && !contact.exception)
    found.push(blocker('recipient-unverified', { name, fingerprint: contact.fingerprint }));
  return found.map((item) => ({
    ...item,
    params: { ...item.params, fingerprint: contact.fingerprint },
  }));
}
