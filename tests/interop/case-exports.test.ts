import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import jsonld from 'jsonld';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDomainError } from '../../main/domain/errors/index.ts';
import { releaseFor, runCli } from '../support/cli.ts';
import { twoOffices, type TwoOffices } from '../support/two-offices.ts';

interface Terms {
  classes: string[];
  properties: string[];
  datatypes: string[];
}
interface Entity {
  '@id': string;
  sha256?: string;
  identifier?: string;
  hasPart?: { '@id': string }[];
}

const TERMS = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../vectors/case-uco-terms.json'), 'utf8'),
) as Terms;

/** Nothing is fetched to read it: a document that names a context elsewhere fails. */
const documentLoader = (url: string): Promise<never> =>
  Promise.reject(new Error(`it wants to load ${url}`));

describe('a case for other programs', () => {
  let both: TwoOffices;
  const ids: string[] = [];

  beforeAll(async () => {
    both = await twoOffices('2026-03-02T09:00:00Z');
    const { sender, receiver, place } = both;
    await sender.open.cases.open({ reference: 'CASE-1', title: 'Records', counterpart: ['FR'] });
    place.write('payload/records.csv', 'name\nAwa Sample\n');
    place.write('payload/größe 1.txt', 'x\n');
    while (ids.length < 2) {
      const { id } = await sender.open.drafts.make(
        'CASE-1',
        { ...releaseFor([receiver.fingerprint]), transferBasis: ['A45-3'] },
        [place.path('payload')],
      );
      await sender.open.sealing.seal(id);
      await sender.open.exchange.send(id, 'share');
      ids.push(id);
    }
    await both.exchange();
    await receiver.open.decisions.accept(ids[0] ?? '');
    await both.exchange();
  });
  afterAll(() => both.close());

  it('is JSON-LD with the terms of the published ontology and no others', async () => {
    const made = await both.sender.open.caseExports.write(
      'CASE-1',
      'case',
      both.place.path('case'),
    );
    expect(made).toMatchObject({ packages: 2, bags: 0 });
    const document = JSON.parse(readFileSync(made.path, 'utf8')) as object;
    const expanded = await jsonld.expand(document, { documentLoader });
    const used = {
      classes: new Set<string>(),
      properties: new Set<string>(),
      datatypes: new Set<string>(),
    };
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) {
        value.forEach(visit);
        return;
      }
      if (typeof value !== 'object' || value === null) return;
      const isLiteral = '@value' in value;
      if (!isLiteral) expect(value).toHaveProperty('@id');
      for (const [key, inner] of Object.entries(value)) {
        if (key === '@type')
          for (const type of [inner].flat() as string[])
            used[isLiteral ? 'datatypes' : 'classes'].add(type);
        else if (!key.startsWith('@')) used.properties.add(key);
        visit(inner);
      }
    };
    visit(expanded);
    expect([...used.classes].sort()).toEqual(TERMS.classes);
    expect(TERMS.properties).toEqual(expect.arrayContaining([...used.properties]));
    expect(TERMS.datatypes).toEqual(expect.arrayContaining([...used.datatypes]));
    expect(used.properties.size).toBeGreaterThan(12);
    expect(JSON.stringify(document)).not.toContain('Awa');
  });

  it('has the ids and digests of the manifests, in both forms, and of the files beside it', async () => {
    const { sender, place } = both;
    const crate = place.path('crate');
    const made = await sender.open.caseExports.write('CASE-1', 'ro-crate', crate);
    expect(made).toMatchObject({ packages: 2, bags: 2 });
    const { '@graph': graph } = JSON.parse(readFileSync(made.path, 'utf8')) as {
      '@graph': Entity[];
    };
    const entity = (id: string) => graph.find((one) => one['@id'] === id);
    // Both were made in the same millisecond of this clock: either may come first.
    const parts = entity('./')?.hasPart?.map((part) => part['@id']) ?? [];
    expect(parts.sort()).toEqual(ids.map((id) => `${id}/`).sort());
    const case_ = readFileSync(place.path('case', 'case.jsonld'), 'utf8');
    for (const id of ids) {
      const { manifest, manifestDigest, sealed } = sender.open.packages.show(id);
      expect(entity(`${id}/`)).toMatchObject({ identifier: id, sha256: sealed?.digest });
      expect(entity(`${id}/release.json`)?.sha256).toBe(manifestDigest);
      const digests = [
        manifestDigest,
        sealed?.digest,
        ...(manifest?.files ?? []).map(({ sha256 }) => sha256),
      ];
      for (const digest of digests) expect(case_).toContain(`"@value": "${digest ?? ''}"`);
      expect(case_).toContain(`urn:valise:`);
      expect(case_).toContain(`"case-investigation:exhibitNumber": "${id}"`);
      for (const { path, sha256 } of manifest?.files ?? []) {
        const found = entity(`${id}/${path.split('/').map(encodeURIComponent).join('/')}`);
        expect(found?.sha256).toBe(sha256);
        const file = place.path('crate', decodeURIComponent(found?.['@id'] ?? ''));
        expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(sha256);
      }
    }
    const actions = case_.match(/"uco-core:name": "(dispatched|delivered|accepted)"/gu) ?? [];
    expect(actions).toHaveLength(5);
  });

  it('comes back as a draft: from a bag, and from a CASE bundle with its files beside it', async () => {
    const { sender, place } = both;
    const [id = ''] = ids;
    const digests = (package_: string) =>
      sender.open.drafts
        .files(package_)
        .map(({ sha256 }) => sha256)
        .sort();
    const packed = sender.open.packages.show(id).manifest?.files.map(({ sha256 }) => sha256);
    const bag = place.path('crate', id);
    const fromBag = await sender.open.caseImports.take(bag, 'CASE-1');
    expect(digests(fromBag.id)).toEqual(packed?.sort());
    expect(fromBag).toMatchObject({ state: 'draft', absent: [] });

    const bundle = place.path('crate', 'case.jsonld');
    copyFileSync(place.path('case', 'case.jsonld'), bundle);
    const fromCase = await sender.open.caseImports.take(bundle, 'CASE-1');
    expect(digests(fromCase.id)).toEqual(expect.arrayContaining(packed ?? []));
    expect(fromCase.absent.every((name) => name.endsWith('.pgp'))).toBe(true);

    const code = async (path: string) => {
      try {
        await sender.open.caseImports.take(path, 'CASE-1');
      } catch (error) {
        if (isDomainError(error)) return [error.code, error.exit];
        throw error;
      }
      return ['none', 0];
    };
    const entries = sender.open.session.ledger.size();
    expect(await code(place.path('payload'))).toEqual(['import-unknown', 1]);
    expect(await code(place.write('x.json', '{"a":1}'))).toEqual(['import-unknown', 1]);
    const text = readFileSync(bundle, 'utf8');
    const outside = text.replaceAll('data/payload/records.csv', '../../../secret');
    expect(await code(place.write('crate/outside.json', outside))).toEqual(['import-outside', 4]);
    writeFileSync(place.path('crate', id, 'data/payload/records.csv'), 'name\nSomebody else\n');
    expect(await code(bag)).toEqual(['import-differs', 4]);
    expect(await code(bundle)).toEqual(['import-differs', 4]);
    rmSync(place.path('crate', id, 'data/payload/records.csv'));
    expect(await code(bag)).toEqual(['import-differs', 4]);
    expect(sender.open.session.ledger.size()).toBe(entries);
  });

  it('is never written over, and content only goes where it can be read', async () => {
    const { sender, place } = both;
    const again = sender.open.caseExports.write('CASE-1', 'case', place.path('case'));
    await expect(again).rejects.toSatisfy(
      (error: unknown) => isDomainError(error) && error.code === 'file-exists',
    );
    await sender.office.lock('quit');
    const env = {
      ...place.env,
      VALISE_VAULT: sender.vault,
      VALISE_PASSPHRASE: sender.passphrase,
      XDG_STATE_HOME: place.path('state-of-another-user'),
    };
    const out = place.path('by-command');
    const ran = runCli(['case', 'export', 'CASE-1', '--format', 'case', '--out', out], env);
    expect([ran.code, existsSync(`${out}/case.jsonld`)]).toEqual([0, true]);
    const wrong = runCli(['case', 'export', 'CASE-1', '--format', 'pdf', '--out', out], env);
    expect([wrong.code, wrong.json]).toMatchObject([1, { error: { code: 'input-refused' } }]);
  });
});
