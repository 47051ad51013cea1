import {
  approvalsRequired,
  blocker,
  contactBlockers,
  formBlockers,
  judgedBlockers,
  ruleBlocker,
  type Blocker,
} from '../domain/packages/check.ts';
import type { PackageRecord } from '../domain/packages/package.ts';
import type { ReleaseDraft } from '../domain/packages/release-input.ts';
import type { ContactRecord } from '../domain/certificates/contact.ts';
import { policyBlockers } from '../domain/policy/policy-blockers.ts';
import { CONTENT_KINDS } from '../domain/packages/content-look.ts';
import { judge, type Judgement } from '../domain/packages/release-rules.ts';
import { situationOf } from '../domain/packages/situation.ts';
import type { AgencyPolicy } from './agency-policy.ts';
import type { Approvers } from './approvers.ts';
import type { Cases } from './cases.ts';
import type { Contacts } from './contacts.ts';
import type { Desk } from './desk.ts';
import type { Drafts } from './drafts.ts';

/** Whether a draft can be sealed: its form, its files, its people, the rules, the second signatures. */
export class DraftCheck {
  readonly #desk: Desk;
  readonly #cases: Cases;
  readonly #contacts: Contacts;
  readonly #drafts: Drafts;
  readonly #approvers: Approvers;
  readonly #policy: AgencyPolicy;

  constructor(
    desk: Desk,
    parts: {
      readonly cases: Cases;
      readonly contacts: Contacts;
      readonly drafts: Drafts;
      readonly approvers: Approvers;
      readonly policy: AgencyPolicy;
    },
  ) {
    this.#desk = desk;
    this.#cases = parts.cases;
    this.#contacts = parts.contacts;
    this.#drafts = parts.drafts;
    this.#approvers = parts.approvers;
    this.#policy = parts.policy;
  }

  /** What still blocks the seal, each with the step that mends it. Empty: it can be sealed. */
  async check(id: string): Promise<Blocker[]> {
    const record = this.#drafts.draft(id, 'seal');
    const draft = record.draft ?? {};
    const owner = record.case === undefined ? undefined : this.#cases.find(record.case);
    const found: Blocker[] = [];
    if (owner?.state === 'closed')
      found.push(blocker('case-closed', { reference: owner.reference }));
    found.push(...(await this.#fileBlockers(id)));
    found.push(...formBlockers(draft));
    found.push(...(await this.#recipientBlockers(draft.recipients ?? [])));
    found.push(...judgedBlockers(draft, this.judged(record)));
    found.push(...(await this.#policyBlockers(draft)));
    found.push(...this.#approvalBlockers(record));
    return found;
  }

  /** What the rules say to look at, although it blocks nothing. */
  warnings(id: string): Blocker[] {
    const record = this.#drafts.draft(id, 'seal');
    return [
      ...this.#contents(id),
      ...this.#originals(id),
      ...this.judged(record).warns.map(ruleBlocker),
    ];
  }

  /** Files that hold something to know, kind by kind: one line names all of them. */
  #contents(id: string): Blocker[] {
    const files = this.#drafts.files(id);
    return CONTENT_KINDS.flatMap((kind) => {
      const found = files.filter(({ content }) => content?.includes(kind));
      const names = found.map(({ path }) => path.slice('data/'.length));
      const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : '');
      return found.length === 0 ? [] : [blocker(`content-${kind}`, { names: shown })];
    });
  }

  /** Files from which others of the package were made by leaving something out. */
  #originals(id: string): Blocker[] {
    const files = this.#drafts.files(id);
    const { records } = this.#desk.session;
    const origins = new Set(files.map(({ sha256 }) => records.get('derivations', sha256)?.from));
    return files
      .filter(({ sha256 }) => origins.has(sha256))
      .map(({ path }) => blocker('original-added', { path }));
  }

  /** What the table of rules makes of a draft as it stands. */
  judged(record: PackageRecord): Judgement {
    const draft = record.draft ?? {};
    const recipients = this.#known(draft);
    const from = record.author?.country ?? this.#desk.session.member.country;
    return judge(situationOf(draft, recipients, from, this.#desk.at().slice(0, 10)));
  }

  /** How many people beside the officer have to agree. */
  approvalsRequired(record: PackageRecord): number {
    const byRules = approvalsRequired(record.draft ?? {}, this.judged(record));
    return Math.max(byRules, this.#policy.rules?.approvers ?? 0);
  }

  /** What the agency's policy says, and whether its file is still the one that was put in force. */
  async #policyBlockers(draft: ReleaseDraft): Promise<Blocker[]> {
    const inForce = await this.#policy.show();
    if (!inForce) return [];
    const recipients = this.#known(draft);
    const facts = await Promise.all(recipients.map((each) => this.#contacts.facts(each)));
    const own = this.#desk.session.certificate.facts;
    return [
      ...(inForce.file === 'changed' ? [blocker('policy-file-changed')] : []),
      ...policyBlockers(inForce.policy, {
        ...{ draft, recipients },
        profile: this.#desk.tools.engine.messageProfile([...facts, own]),
        today: this.#desk.at().slice(0, 10),
      }),
    ];
  }

  #known(draft: ReleaseDraft): ContactRecord[] {
    return (draft.recipients ?? []).flatMap(
      ({ fingerprint }) => this.#contacts.find(fingerprint) ?? [],
    );
  }

  /** People who are to approve, and their words so far. */
  #approvalBlockers(record: PackageRecord): Blocker[] {
    const found: Blocker[] = [];
    const sender = record.author?.fingerprint ?? this.#desk.session.member.fingerprint;
    const named = record.draft?.approvers ?? [];
    const names = new Map<string, string>();
    for (const fingerprint of named) {
      const approver = this.#approvers.find(fingerprint);
      names.set(fingerprint, approver?.name ?? fingerprint);
      if (fingerprint === sender) found.push(blocker('approver-sender'));
      else if (!approver) found.push(blocker('approver-unknown', { fingerprint }));
      else if (!approver.isVerified)
        found.push(blocker('approver-unverified', { fingerprint, name: approver.name }));
    }
    const said = record.approvals ?? [];
    for (const given of said)
      if (given.decision === 'refused')
        found.push(blocker('approval-refused', { name: given.name, reason: given.reason.code }));
    const approved = said.filter(({ decision }) => decision === 'approved');
    const required = record.approvalsRequired ?? this.approvalsRequired(record);
    if (named.length > 0 && approved.length < required) {
      const open = named.filter((each) => !said.some(({ fingerprint }) => fingerprint === each));
      found.push(
        blocker('approval-missing', {
          given: String(approved.length),
          required: String(required),
          names: open.map((fingerprint) => names.get(fingerprint) ?? fingerprint).join(', '),
        }),
      );
    }
    return found;
  }

  async #fileBlockers(id: string): Promise<Blocker[]> {
    const files = this.#drafts.files(id);
    if (files.length === 0) return [blocker('no-files')];
    const found: Blocker[] = [];
    for (const file of files) {
      const facts = await this.#desk.tools.files.facts(file.source);
      if (facts?.kind !== 'file') found.push(blocker('file-missing', { path: file.path }));
      else if (facts.size !== file.size || facts.modified !== file.modified)
        found.push(blocker('file-changed', { path: file.path }));
    }
    return found;
  }

  async #recipientBlockers(
    recipients: readonly { readonly fingerprint: string }[],
  ): Promise<Blocker[]> {
    if (recipients.length === 0) return [blocker('no-recipients')];
    const own = this.#desk.session.member.fingerprint;
    const found: Blocker[] = [];
    const seen = new Set<string>();
    for (const { fingerprint } of recipients) {
      const contact = this.#contacts.find(fingerprint);
      if (fingerprint === own) found.push(blocker('recipient-self'));
      else if (!contact) found.push(blocker('recipient-unknown', { fingerprint }));
      else if (seen.has(fingerprint))
        found.push(blocker('recipient-twice', { name: contact.name }));
      else found.push(...contactBlockers(contact, (await this.#contacts.facts(contact)).refusals));
      seen.add(fingerprint);
    }
    return found;
  }
}
