import { describe, expect, test } from 'vitest';
import { Authority } from '../../../../main/domain/ledger/authority.ts';
import {
  APPROVER_MAY_APPEND,
  AUDITOR_MAY_APPEND,
  EntryType,
  OWN_SLOT,
} from '../../../../main/domain/ledger/entry-types.ts';
import type { Entry } from '../../../../main/domain/ledger/entry.ts';
import type { Role } from '../../../../main/domain/identifiers.ts';

const key = (letter: string) => letter.repeat(40);
const member = (letter: string) => `0190a000-0000-7000-8000-00000000000${letter}`;

/** A vault whose officer holds key A; entries are judged one after the other. */
class Vault {
  readonly authority = new Authority();
  #seq = 0;

  constructor() {
    this.by('A', 'officer', 'genesis', {
      member: member('a'),
      fingerprint: key('A'),
      role: 'officer',
    });
  }

  by<T extends EntryType>(letter: string, role: Role, type: T, detail: object) {
    const prevKeys = this.authority.keysSeq;
    const entry = {
      type,
      seq: this.#seq,
      actor: { fingerprint: key(letter), role },
      subject: {},
      detail: { prevKeys, ...detail },
    } as unknown as Entry;
    this.#seq += 1;
    return this.authority.apply(entry);
  }

  adds(letter: string, role: Role) {
    return this.by('A', 'officer', 'member-added', {
      member: member(letter.toLowerCase()),
      fingerprint: key(letter),
      role,
    });
  }
}

const rotation = (from: string, to: string, holder = from) => ({
  member: member(holder.toLowerCase()),
  from: key(from),
  to: key(to),
});

describe('genesis', () => {
  test('speaks for its own key, once, at the beginning', () => {
    const vault = new Vault();
    expect(vault.authority.roleOf(key('A'))).toBe('officer');
    expect(vault.authority.keysSeq).toBe(0);
    const again = { member: member('b'), fingerprint: key('B'), role: 'officer' };
    expect(vault.by('B', 'officer', 'genesis', again)).toBe('genesis-wrong');
    expect(vault.authority.roleOf(key('B'))).toBeUndefined();
  });

  test('by another key than it names is wrong', () => {
    const entry = {
      type: 'genesis',
      seq: 0,
      actor: { fingerprint: key('B'), role: 'officer' },
      detail: { member: member('a'), fingerprint: key('A'), role: 'officer' },
    } as unknown as Entry;
    expect(new Authority().apply(entry)).toBe('genesis-wrong');
  });
});

describe('a member', () => {
  test('counts from the entry after they were added', () => {
    const vault = new Vault();
    expect(vault.by('B', 'officer', 'unlocked', {})).toBe('actor-not-authorised');
    expect(vault.adds('B', 'officer')).toBeUndefined();
    expect(vault.by('B', 'officer', 'unlocked', {})).toBeUndefined();
    expect(vault.by('B', 'approver', 'unlocked', {})).toBe('actor-not-authorised');
  });

  test('is added, removed and changed by an officer alone', () => {
    const vault = new Vault();
    vault.adds('B', 'approver');
    const added = { member: member('c'), fingerprint: key('C'), role: 'officer' };
    expect(vault.by('B', 'approver', 'member-added', added)).toBe('role-exceeded');
    const other = new Vault();
    other.adds('B', 'approver');
    const role = { member: member('b'), fingerprint: key('B'), from: 'approver', to: 'auditor' };
    expect(other.by('A', 'officer', 'member-role', role)).toBeUndefined();
    expect(other.authority.roleOf(key('B'))).toBe('auditor');
    expect(other.by('A', 'officer', 'member-role', role)).toBe('member-wrong');
    const removed = { member: member('b'), fingerprint: key('B') };
    expect(other.by('A', 'officer', 'member-removed', removed)).toBeUndefined();
    expect(other.by('B', 'auditor', 'unlocked', {})).toBe('actor-not-authorised');
  });

  test('is not added twice, nor with a key that another has', () => {
    const vault = new Vault();
    vault.adds('B', 'officer');
    expect(vault.adds('B', 'officer')).toBe('member-wrong');
    const again = { member: member('c'), fingerprint: key('A'), role: 'officer' };
    expect(new Vault().by('A', 'officer', 'member-added', again)).toBe('member-wrong');
  });

  test('does not leave, nor change their own role: an officer is always left', () => {
    for (const type of ['member-removed', 'member-role'] as const) {
      const vault = new Vault();
      vault.adds('B', 'officer');
      const own = { member: member('a'), fingerprint: key('A'), from: 'officer', to: 'auditor' };
      expect(vault.by('A', 'officer', type, own)).toBe('member-wrong');
    }
  });
});

/** Written out, so that a change of the rule has to be made twice. */
const AUDITORS = [
  'unlocked',
  'unlock-failed',
  'locked',
  'clock-went-back',
  'passphrase-changed',
  'recovery-used',
  'ledger-verified',
  'exported',
  'finding',
];
const APPROVERS = [
  ...AUDITORS,
  'recovery-renewed',
  'key-rotated',
  'key-revoked',
  'frozen',
  'addressed',
  'approved',
  'refused',
];

describe.each([
  ['auditor', AUDITORS, AUDITOR_MAY_APPEND],
  ['approver', APPROVERS, APPROVER_MAY_APPEND],
] as const)('who is an %s', (role, may, list) => {
  const types = EntryType.options.filter((type) => type !== 'genesis');

  test('has a list of what they may append', () => {
    expect(list).toEqual(may);
  });

  test.each(types)('is held to it: %s', (type) => {
    const vault = new Vault();
    vault.adds('B', role);
    const rotated = { ...rotation('B', 'C'), fingerprint: key('D') };
    const problem = vault.by('B', role, type, rotated);
    expect(problem).toBe(may.includes(type) ? undefined : 'role-exceeded');
  });

  test.each(OWN_SLOT)('speaks for nobody else’s slot: %s', (type) => {
    const vault = new Vault();
    vault.adds('B', role);
    const problem = list.includes(type) ? 'member-wrong' : 'role-exceeded';
    expect(vault.by('B', role, type, { member: member('a') })).toBe(problem);
  });
});

describe('a key', () => {
  test('is rotated by the old one', () => {
    const vault = new Vault();
    expect(vault.by('A', 'officer', 'key-rotated', rotation('A', 'B'))).toBeUndefined();
    expect(vault.by('A', 'officer', 'unlocked', {})).toBe('actor-not-authorised');
    expect(vault.by('B', 'officer', 'unlocked', {})).toBeUndefined();
    expect(vault.authority.breaks).toEqual([]);
  });

  test('is not rotated by the new one, nor by another member', () => {
    expect(new Vault().by('B', 'officer', 'key-rotated', rotation('A', 'B', 'A'))).toBe(
      'actor-not-authorised',
    );
    const vault = new Vault();
    vault.adds('B', 'officer');
    expect(vault.by('B', 'officer', 'key-rotated', rotation('A', 'C', 'A'))).toBe('member-wrong');
  });

  test('that was lost is replaced by another officer', () => {
    const vault = new Vault();
    vault.adds('B', 'officer');
    expect(vault.by('B', 'officer', 'key-replaced', rotation('A', 'C', 'A'))).toBeUndefined();
    expect(vault.by('C', 'officer', 'unlocked', {})).toBeUndefined();
    expect(vault.by('A', 'officer', 'unlocked', {})).toBe('actor-not-authorised');
    expect(vault.authority.breaks).toEqual([]);
  });

  test('that was lost by the only officer breaks continuity', () => {
    const vault = new Vault();
    vault.adds('B', 'auditor');
    expect(vault.by('C', 'officer', 'key-replaced', rotation('A', 'C', 'A'))).toBeUndefined();
    expect(vault.authority.breaks).toEqual([2]);
    expect(vault.by('C', 'officer', 'unlocked', {})).toBeUndefined();
  });

  test('is not replaced by its own member, nor by a stranger beside another officer', () => {
    expect(new Vault().by('A', 'officer', 'key-replaced', rotation('A', 'C', 'A'))).toBe(
      'member-wrong',
    );
    const vault = new Vault();
    vault.adds('B', 'officer');
    expect(vault.by('C', 'officer', 'key-replaced', rotation('A', 'C', 'A'))).toBe(
      'actor-not-authorised',
    );
  });

  test.each(['key-rotated', 'key-replaced'] as const)(
    'that somebody has is not taken by another: %s',
    (type) => {
      const vault = new Vault();
      vault.adds('B', 'officer');
      vault.adds('C', 'auditor');
      const [from, holder] = type === 'key-rotated' ? ['B', 'B'] : ['C', 'C'];
      expect(vault.by('B', 'officer', type, rotation(from, 'A', holder))).toBe('member-wrong');
    },
  );

  test('is made for who has none any more, by an officer', () => {
    const vault = new Vault();
    vault.adds('B', 'approver');
    const made = { member: member('b'), fingerprint: key('C') };
    const revoked = { member: member('b'), fingerprint: key('B') };
    // Not beside another: whoever held the first one said nothing.
    expect(vault.by('A', 'officer', 'key-made', made)).toBe('member-wrong');
    const other = new Vault();
    other.adds('B', 'approver');
    expect(other.by('A', 'officer', 'key-revoked', revoked)).toBeUndefined();
    expect(other.by('B', 'approver', 'unlocked', {})).toBe('actor-not-authorised');
    expect(other.by('A', 'officer', 'key-made', { ...made, fingerprint: key('A') })).toBe(
      'member-wrong',
    );
    const another = new Vault();
    another.adds('B', 'approver');
    another.by('A', 'officer', 'key-revoked', revoked);
    expect(another.by('A', 'officer', 'key-made', made)).toBeUndefined();
    expect(another.by('C', 'approver', 'unlocked', {})).toBeUndefined();
    expect(another.authority.keys()).toEqual([key('A'), key('C')]);
  });

  test('is revoked by its member or an officer, and never by itself', () => {
    const retired = { member: member('a'), fingerprint: key('E') };
    expect(new Vault().by('A', 'officer', 'key-revoked', retired)).toBeUndefined();
    const own = { member: member('a'), fingerprint: key('A') };
    expect(new Vault().by('A', 'officer', 'key-revoked', own)).toBe('member-wrong');
    const vault = new Vault();
    vault.adds('B', 'approver');
    expect(vault.by('B', 'approver', 'key-revoked', own)).toBe('member-wrong');
    const misnamed = { member: member('a'), fingerprint: key('B') };
    expect(new Vault().by('A', 'officer', 'key-revoked', misnamed)).toBeUndefined();
    const other = new Vault();
    other.adds('B', 'approver');
    expect(other.by('A', 'officer', 'key-revoked', misnamed)).toBe('member-wrong');
  });
});

describe('the keys chain', () => {
  test('names the keys entry before', () => {
    const vault = new Vault();
    vault.by('A', 'officer', 'unlocked', {});
    vault.adds('B', 'officer');
    expect(vault.authority.keysSeq).toBe(2);
    const added = { member: member('c'), fingerprint: key('C'), role: 'officer' };
    expect(vault.by('A', 'officer', 'member-added', { ...added, prevKeys: 0 })).toBe('keys-chain');
    const next = { member: member('d'), fingerprint: key('D'), role: 'officer', prevKeys: 3 };
    expect(vault.by('A', 'officer', 'member-added', next)).toBeUndefined();
  });

  test('of a copy goes on by itself', () => {
    const vault = new Vault();
    const copy = vault.authority.copy();
    vault.adds('B', 'officer');
    expect(copy.roleOf(key('B'))).toBeUndefined();
    expect(copy.keysSeq).toBe(0);
    expect(copy.roleOf(key('A'))).toBe('officer');
  });
});
