import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EntryType } from '../../../../main/domain/ledger/entry-types.ts';
import { decodeEntry, encodeEntry, type Entry } from '../../../../main/domain/ledger/entry.ts';
import { factsOf } from '../../../../main/domain/ledger/facts.ts';
import { quickFacts } from '../../../../main/domain/ledger/quick-facts.ts';
import { shapeOf, type Leaf, type Shape } from '../../../../main/domain/ledger/shape.ts';

/** Any value of a form, from the published schema itself. */
function anyOf(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.kind === 'leaf') return anyText(shape);
  if (shape.kind === 'list')
    return fc.array(anyText(shape.item), { maxLength: Math.min(shape.max, 3) });
  const members = shape.members.filter((member) => member.required || isSimple(member.shape));
  return fc.record(
    Object.fromEntries(members.map(({ key, shape: inner }) => [key, anyOf(inner)])),
    { requiredKeys: members.filter(({ required }) => required).map(({ key }) => key) },
  );
}

function anyText({ source }: Leaf): fc.Arbitrary<unknown> {
  if (source === undefined) throw new Error('no simple form');
  if (source.startsWith('"')) return fc.stringMatching(new RegExp(`^${source.slice(1, -1)}$`));
  return source.includes('true') ? fc.boolean() : fc.nat();
}

function isSimple(shape: Shape): boolean {
  if (shape.kind === 'leaf') return shape.source !== undefined;
  return shape.kind === 'list' || shape.members.every((member) => isSimple(member.shape));
}

const text = (entry: Entry) => Buffer.from(encodeEntry(entry)).toString('latin1');

function strictly(candidate: string) {
  try {
    return factsOf(decodeEntry(Buffer.from(candidate, 'latin1'), 0));
  } catch {
    return undefined;
  }
}

const EDITS = [' ', ',', '"', '{', '}', '[', ']', ':', '0', 'a', 'Z', '\\', '\0', 'é'];

/** Types that are always read strictly: a member of theirs has no simple form. */
const SLOW: readonly EntryType[] = ['genesis'];

describe.each(EntryType.options)('an entry of type %s', (type) => {
  const entries = anyOf(shapeOf(type)) as fc.Arbitrary<Entry>;

  test('says the same when it is read fast', () => {
    fc.assert(
      fc.property(entries, (entry) => {
        const quick = quickFacts(text(entry));
        if (SLOW.includes(type)) expect(quick).toBeUndefined();
        else expect(quick).toEqual(factsOf(entry));
      }),
      { numRuns: 12 },
    );
  });

  test('is never taken fast when it would be refused', () => {
    const edits = fc.tuple(fc.nat(), fc.constantFrom(...EDITS), fc.nat(2));
    fc.assert(
      fc.property(entries, edits, (entry, [at, letter, removed]) => {
        const whole = text(entry);
        const place = at % whole.length;
        const edited = whole.slice(0, place) + letter + whole.slice(place + removed);
        const quick = quickFacts(edited);
        if (quick) expect(strictly(edited)).toEqual(quick);
      }),
      { numRuns: 60 },
    );
  });
});

test('what is no entry at all says nothing', () => {
  for (const candidate of ['', '"', '{}', '[]', '"type":"locked"}', '\u0000'.repeat(5000)])
    expect(quickFacts(candidate)).toBeUndefined();
});
