import { describe, expect, test } from 'vitest';
import { Authority } from '../../../../main/domain/ledger/authority.ts';
import type { EntryType } from '../../../../main/domain/ledger/entry-types.ts';
import { AUDITOR_MAY_APPEND, OFFICER_ONLY } from '../../../../main/domain/ledger/entry-types.ts';
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

  test.each(AUDITOR_MAY_APPEND)('who is an auditor may append %s', (type) => {
    const vault = new Vault();
    vault.adds('B', 'auditor');
    expect(vault.by('B', 'auditor', type, {})).toBeUndefined();
  });

  test.each(['case-opened', 'exported', 'sealed', 'approved', 'contact-added'] as const)(
    'who is an auditor appends %s only when the list says so',
    (type) => {
      const vault = new Vault();
      vault.adds('B', 'auditor');
      const expected = AUDITOR_MAY_APPEND.includes(type) ? undefined : 'role-exceeded';
      expect(vault.by('B', 'auditor', type, {})).toBe(expected);
    },
  );

  test.each(OFFICER_ONLY)('who is an approver may not append %s', (type) => {
    const vault = new Vault();
    vault.adds('B', 'approver');
    expect(vault.by('B', 'approver', type, rotation('A', 'C'))).toBe('role-exceeded');
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

  test('is made and revoked by its member or an officer', () => {
    const vault = new Vault();
    vault.adds('B', 'approver');
    const made = { member: member('b'), fingerprint: key('C') };
    expect(vault.by('B', 'approver', 'key-made', made)).toBeUndefined();
    expect(vault.by('C', 'approver', 'unlocked', {})).toBeUndefined();
    const revoked = { member: member('b'), fingerprint: key('B') };
    expect(vault.by('C', 'approver', 'key-revoked', revoked)).toBeUndefined();
    expect(vault.by('B', 'approver', 'unlocked', {})).toBe('actor-not-authorised');
    expect(vault.authority.keys()).toEqual([key('A'), key('C')]);
    const ofOthers = { member: member('a'), fingerprint: key('A') };
    expect(vault.by('C', 'approver', 'key-revoked', ofOthers)).toBe('member-wrong');
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
    expect(vault.by('A', 'officer', 'key-made', { ...added, prevKeys: 3 })).toBeUndefined();
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
