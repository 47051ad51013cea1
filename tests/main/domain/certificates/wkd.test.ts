import { describe, expect, it } from 'vitest';
import { wkdPlaces } from '../../../../main/domain/certificates/wkd.ts';

describe('places of the Web Key Directory', () => {
  it('are those of the example in the draft', () => {
    expect(wkdPlaces('Joe.Doe@Example.ORG')).toEqual({
      fileName: 'iy9q119eutrkn8s1mk4r39qejnbu3n5q',
      advanced:
        'https://openpgpkey.example.org/.well-known/openpgpkey/example.org/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe',
      direct:
        'https://example.org/.well-known/openpgpkey/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe',
    });
  });

  it('make only A to Z small, as the draft asks', () => {
    expect(wkdPlaces('ÅSA@example.org').fileName).toBe(wkdPlaces('Åsa@example.org').fileName);
    expect(wkdPlaces('Åsa@example.org').fileName).not.toBe(wkdPlaces('åsa@example.org').fileName);
  });

  for (const address of ['', 'nobody', 'a@', '@b', 'a@b/c', 'a b@c', 'a@b?x', 'a@.b', 'a@b@c'])
    it(`refuses “${address}”`, () => {
      expect(() => wkdPlaces(address)).toThrow(
        expect.objectContaining({ code: 'address-malformed' }),
      );
    });
});
