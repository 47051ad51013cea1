import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ContentLook, type ContentKind } from '../../../../main/domain/packages/content-look.ts';

const folder = mkdtempSync(join(tmpdir(), 'valise-content-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function kinds(path: string, bytes: Uint8Array | string, slice = 1000): ContentKind[] {
  const look = new ContentLook(path);
  const all = Buffer.from(bytes);
  for (let at = 0; at < all.length; at += slice) look.take(all.subarray(at, at + slice));
  return look.kinds();
}

/** Made by Python's own zip writer, with these names in it. */
function zip(names: readonly string[], padding = 0): Buffer {
  const path = join(folder, 'made.zip');
  const script = `import sys, zipfile, os
with zipfile.ZipFile(sys.argv[1], 'w') as out:
    for name in sys.argv[3:]: out.writestr(name, os.urandom(int(sys.argv[2]) + 1))`;
  execFileSync('python3', ['-c', script, path, String(padding), ...names]);
  return readFileSync(path);
}
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const ole = (...names: string[]) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), ...names.map(utf16)]);

describe('what a file holds is recognised by its form', () => {
  it.each<[string, string, Uint8Array | string, ContentKind[]]>([
    ['a text', 'a.txt', 'name,email\n', []],
    ['a table with signs of other forms inside', 'a.csv', 'a,MZ,#!,PK\u0003\u0004,%PDF\n', []],
    ['a program of Windows without its ending', 'letter', 'MZ\u0090\u0000', ['executable']],
    ['a program of Linux', 'a', Buffer.from('7f454c46020101', 'hex'), ['executable']],
    ['a script by its first line', 'a.txt', '#!/bin/sh\n', ['script']],
    ['a script by its ending', 'a.ps1', 'dir', ['script']],
    ['a shortcut', 'report.pdf.lnk', 'x', ['script']],
    ['an archive with another ending', 'a.dat', Buffer.from('1f8b0800', 'hex'), ['archive']],
    ['an old document with a macro', 'a.doc', ole('Macros', 'x'), ['macro']],
    ['an old document with an author', 'a.xls', ole('SummaryInformation'), ['document-metadata']],
    ['an encrypted document', 'a.docx', ole('EncryptedPackage'), ['encrypted']],
    ['a PDF that runs something', 'a.pdf', '%PDF-1.7 /OpenAction << /S /JavaScript', ['script']],
    ['a PDF with an author', 'a.pdf', '%PDF-1.7 /Author (Awa)', ['document-metadata']],
    [
      'a photograph with a place',
      'a.jpg',
      Buffer.from('\xff\xd8\xff\xe1..Exif\0\0', 'latin1'),
      ['image-metadata'],
    ],
    ['a drawing without', 'a.png', Buffer.from('\x89PNG\r\n\x1a\n....IHDR', 'latin1'), []],
  ])('%s', (_, path, bytes, expected) => {
    expect(kinds(path, bytes)).toEqual(expected);
  });

  it('a ZIP, an office file, one with a macro and an author', () => {
    expect(kinds('a.bin', zip(['x.txt']))).toEqual(['archive']);
    expect(kinds('a.docx', zip(['[Content_Types].xml', 'word/document.xml']))).toEqual([]);
    const macro = ['[Content_Types].xml', 'word/vbaProject.bin', 'docProps/core.xml'];
    expect(kinds('harmless.docx', zip(macro))).toEqual(['macro', 'document-metadata']);
  });

  it('what stands behind the first part of a long file, however it is cut', () => {
    const long = zip(['[Content_Types].xml', 'a', 'b', 'xl/vbaProject.bin', 'c'], 150_000);
    for (const slice of [777, 65_536, 1_000_000])
      expect(kinds('a.xlsx', long, slice)).toEqual(['macro']);
  });

  it('a real photograph’s form is enough, and an empty file is nothing', () => {
    writeFileSync(join(folder, 'empty'), '');
    expect(kinds('empty', '')).toEqual([]);
  });
});
