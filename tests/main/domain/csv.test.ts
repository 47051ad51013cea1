import { expect, test } from 'vitest';
import { csv } from '../../../main/domain/csv.ts';

test('cells are quoted where they have to be, and no cell is a formula', () => {
  expect(
    csv([
      ['a', 1, undefined],
      ['say "yes"', 'one, two', 'two\nlines'],
      ['=1+1', '-x', '@now', '+4', '\t=1', '＝1'],
    ]),
  ).toBe(`a,1,\r\n"say ""yes""","one, two","two\nlines"\r\n'=1+1,'-x,'@now,'+4,'\t=1,'＝1\r\n`);
});
