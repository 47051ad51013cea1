import type { Fingerprint, Role, Uuid } from '../identifiers.ts';
import type { Entry, EntryOf } from './entry.ts';
import {
  APPROVER_MAY_APPEND,
  AUDITOR_MAY_APPEND,
  OWN_SLOT,
  type EntryType,
} from './entry-types.ts';

/** Why an entry may not stand where it stands. Each has its sentence in problems.ts. */
export type AuthorityProblem =
  'genesis-wrong' | 'actor-not-authorised' | 'role-exceeded' | 'keys-chain' | 'member-wrong';

interface Holder {
  readonly member: Uuid;
  readonly role: Role;
}

type KeysEntry = Extract<Entry, { detail: { prevKeys: number } }>;

/**
 * Who may act, computed from the ledger alone. Entry k, and the checkpoint that its actor signs
 * at size k+1, are judged by entries 0 to k-1; genesis speaks for itself. So `key-rotated` is
 * appended by the old key, and a new member's entries count from the one after `member-added`.
 */
export class Authority {
  readonly #roles = new Map<Uuid, Role>();
  readonly #keys = new Map<Fingerprint, Uuid>();
  readonly #breaks: number[] = [];
  #keysSeq = -1;

  /** seq of the latest genesis, member-* or key-* entry; -1 before genesis. */
  get keysSeq(): number {
    return this.#keysSeq;
  }

  /**
   * Where the only officer's lost key was replaced without anybody else to vouch for it: from
   * there on, whoever trusted the old key has to compare the new one anew.
   */
  get breaks(): readonly number[] {
    return this.#breaks;
  }

  /** The role that a key has now, if any. */
  roleOf(fingerprint: Fingerprint): Role | undefined {
    return this.#holder(fingerprint)?.role;
  }

  /** Every key that may act now. */
  keys(): Fingerprint[] {
    return [...this.#keys.keys()];
  }

  /** An authority that goes on from here by itself. */
  copy(): Authority {
    const copy = new Authority();
    for (const [member, role] of this.#roles) copy.#roles.set(member, role);
    for (const [key, member] of this.#keys) copy.#keys.set(key, member);
    copy.#breaks.push(...this.#breaks);
    copy.#keysSeq = this.#keysSeq;
    return copy;
  }

  /**
   * Whether this actor may append an entry of this type, which is none of those that have to be
   * read whole. Cheap: for the many.
   */
  judgeActor(fingerprint: Fingerprint, role: Role, type: EntryType): AuthorityProblem | undefined {
    if (this.roleOf(fingerprint) !== role) return 'actor-not-authorised';
    return mayAppend(role, type) ? undefined : 'role-exceeded';
  }

  /** Judges an entry by those before it, then lets it count, good or not. */
  apply(entry: Entry): AuthorityProblem | undefined {
    if (entry.type === 'genesis') return this.#genesis(entry);
    if (!isKeysEntry(entry)) return this.#judgeAct(entry);
    const problem = this.#judgeKeys(entry);
    this.#count(entry);
    this.#keysSeq = entry.seq;
    return problem;
  }

  #genesis(entry: EntryOf<'genesis'>): AuthorityProblem | undefined {
    const { member, fingerprint, role } = entry.detail;
    const own = entry.actor.fingerprint === fingerprint && entry.actor.role === role;
    if (entry.seq !== 0 || this.#keysSeq !== -1 || !own) return 'genesis-wrong';
    this.#roles.set(member, role);
    this.#keys.set(fingerprint, member);
    this.#keysSeq = 0;
    return undefined;
  }

  #judgeAct(entry: Entry): AuthorityProblem | undefined {
    const { actor, detail, type } = entry;
    const problem = this.judgeActor(actor.fingerprint, actor.role, type);
    if (problem !== undefined || !OWN_SLOT.includes(type) || !('member' in detail)) return problem;
    return this.#keys.get(actor.fingerprint) === detail.member ? undefined : 'member-wrong';
  }

  #judgeKeys(entry: KeysEntry): AuthorityProblem | undefined {
    const { actor, detail } = entry;
    const replacesOwn = entry.type === 'key-replaced' && this.#isBreak(entry);
    const problem = replacesOwn
      ? undefined
      : this.judgeActor(actor.fingerprint, actor.role, entry.type);
    if (problem !== undefined) return problem;
    if (detail.prevKeys !== this.#keysSeq) return 'keys-chain';
    return this.#isAsItSays(entry, replacesOwn) ? undefined : 'member-wrong';
  }

  /**
   * Nobody leaves or changes their own role, so an officer is always left. A key comes with its
   * member, by rotation or by replacement; `key-made` gives one only to who has none any more.
   */
  #isAsItSays(entry: KeysEntry, replacesOwn: boolean): boolean {
    const { actor, detail } = entry;
    const own = this.#keys.get(actor.fingerprint) === detail.member;
    switch (entry.type) {
      case 'member-added':
        return !this.#roles.has(detail.member) && !this.#keys.has(entry.detail.fingerprint);
      case 'member-removed':
        return !own && this.#keys.get(entry.detail.fingerprint) === detail.member;
      case 'member-role':
        return (
          !own &&
          this.#keys.get(entry.detail.fingerprint) === detail.member &&
          this.#roles.get(detail.member) === entry.detail.from
        );
      case 'key-made':
        return (
          this.#roles.has(detail.member) &&
          ![...this.#keys.values()].includes(detail.member) &&
          !this.#keys.has(entry.detail.fingerprint)
        );
      case 'key-rotated':
        return own && entry.detail.from === actor.fingerprint && !this.#keys.has(entry.detail.to);
      case 'key-replaced':
        return (
          this.#keys.get(entry.detail.from) === detail.member &&
          (replacesOwn || !own) &&
          !this.#keys.has(entry.detail.to)
        );
      case 'key-revoked': {
        const { fingerprint } = entry.detail;
        const holder = this.#keys.get(fingerprint) ?? detail.member;
        const allowed = own || actor.role === 'officer';
        return allowed && holder === detail.member && fingerprint !== actor.fingerprint;
      }
    }
  }

  #count(entry: KeysEntry): void {
    const { detail } = entry;
    switch (entry.type) {
      case 'member-added':
        this.#roles.set(detail.member, entry.detail.role);
        this.#keys.set(entry.detail.fingerprint, detail.member);
        return;
      case 'member-removed':
        this.#roles.delete(detail.member);
        for (const [key, member] of this.#keys)
          if (member === detail.member) this.#keys.delete(key);
        return;
      case 'member-role':
        this.#roles.set(detail.member, entry.detail.to);
        return;
      case 'key-made':
        this.#keys.set(entry.detail.fingerprint, detail.member);
        return;
      case 'key-rotated':
      case 'key-replaced':
        if (entry.type === 'key-replaced' && this.#isBreak(entry)) this.#breaks.push(entry.seq);
        this.#keys.delete(entry.detail.from);
        this.#keys.set(entry.detail.to, detail.member);
        return;
      case 'key-revoked':
        this.#keys.delete(entry.detail.fingerprint);
    }
  }

  /** The only officer's own new key in the place of the lost one. */
  #isBreak({ actor, detail }: EntryOf<'key-replaced'>): boolean {
    const officers = [...this.#roles.values()].filter((role) => role === 'officer');
    return (
      actor.fingerprint === detail.to &&
      actor.role === 'officer' &&
      officers.length === 1 &&
      this.#roles.get(detail.member) === 'officer'
    );
  }

  #holder(fingerprint: Fingerprint): Holder | undefined {
    const member = this.#keys.get(fingerprint);
    const role = member === undefined ? undefined : this.#roles.get(member);
    return member === undefined || role === undefined ? undefined : { member, role };
  }
}

/** Whether a role may append entries of this type at all. */
export function mayAppend(role: Role, type: EntryType): boolean {
  switch (role) {
    case 'officer':
      return true;
    case 'approver':
      return APPROVER_MAY_APPEND.includes(type);
    case 'auditor':
      return AUDITOR_MAY_APPEND.includes(type);
  }
}

/** Whether who may append an entry of this type depends on all that it says. */
export function isJudgedWhole(type: EntryType): boolean {
  return isKeysType(type) || OWN_SLOT.includes(type);
}

/** Whether entries of this type decide who may act: `keys` of a checkpoint names the latest. */
export function isKeysType(type: EntryType): boolean {
  return type === 'genesis' || type.startsWith('member-') || type.startsWith('key-');
}

/** The keys entries but genesis: those that hold `prevKeys`. */
export const KEYS_TYPES: readonly EntryType[] = [
  'member-added',
  'member-removed',
  'member-role',
  'key-made',
  'key-rotated',
  'key-replaced',
  'key-revoked',
];

function isKeysEntry(entry: Entry): entry is KeysEntry {
  return entry.type !== 'genesis' && isKeysType(entry.type);
}
