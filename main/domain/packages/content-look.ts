/** What a file holds that somebody should know before opening it, or before giving it away. */
export const CONTENT_KINDS = [
  'executable',
  'script',
  'macro',
  'archive',
  'encrypted',
  'image-metadata',
  'document-metadata',
] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** A file and what was found in it. */
export interface FileContent {
  readonly path: string;
  readonly kinds: readonly ContentKind[];
}

const PART = 64 * 1024;

/**
 * Looks at the first and last part of a file while it streams by. Nothing is opened, unpacked or
 * run: signs of a form are recognised, and what hides better than that is not found.
 */
export class ContentLook {
  readonly #path: string;
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);

  /** @param path of the file: its ending counts too */
  constructor(path: string) {
    this.#path = path;
  }

  take(chunk: Uint8Array): void {
    if (this.#head.length < PART)
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, PART - this.#head.length)]);
    if (!hasEnd(this.#head)) return;
    const last = chunk.length >= PART ? [chunk.subarray(-PART)] : [this.#tail, chunk];
    this.#tail = Buffer.from(Buffer.concat(last).subarray(-PART));
  }

  /** What was found, in the order of `CONTENT_KINDS`. */
  kinds(): ContentKind[] {
    const head = this.#head.toString('latin1');
    const all = head + this.#tail.toString('latin1');
    const ending = (/\.([a-z0-9]{1,5})$/i.exec(this.#path)?.[1] ?? '').toLowerCase();
    const found = new Set<ContentKind>([
      ...byEnding(ending),
      ...(head.startsWith('PK\u0003\u0004') ? inZip(head, all) : []),
      ...(head.startsWith(OLE) ? inOle(all) : []),
      ...(head.startsWith('%PDF') ? inPdf(all) : []),
      ...bySigns(head),
    ]);
    return CONTENT_KINDS.filter((kind) => found.has(kind));
  }
}

const OLE = '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1';

/** Forms that say at their end, too, what is in them. */
const hasEnd = (head: Buffer) => {
  const first = head.toString('latin1', 0, 8);
  return first.startsWith('PK\u0003\u0004') || first.startsWith('%PDF') || first.startsWith(OLE);
};

const EXECUTABLE = new Set('exe dll scr com msi cpl sys jar apk app deb rpm dmg'.split(' '));
const SCRIPT = new Set('bat cmd ps1 psm1 vbs vbe js jse wsf wsh hta sh lnk reg scf'.split(' '));
const MACRO = new Set('docm dotm xlsm xltm xlam xlsb pptm potm ppsm ppam'.split(' '));
const ARCHIVE = new Set('zip 7z rar tar gz tgz bz2 xz zst cab iso img vhd vhdx'.split(' '));

function byEnding(ending: string): ContentKind[] {
  return [
    ...(EXECUTABLE.has(ending) ? (['executable'] as const) : []),
    ...(SCRIPT.has(ending) ? (['script'] as const) : []),
    ...(MACRO.has(ending) ? (['macro'] as const) : []),
    ...(ARCHIVE.has(ending) ? (['archive'] as const) : []),
  ];
}

const SIGNS: readonly (readonly [RegExp, ContentKind])[] = [
  [/^MZ/, 'executable'],
  [/^\u007fELF/, 'executable'],
  [
    /^(?:\u00fe\u00ed\u00fa[\u00ce\u00cf]|[\u00ce\u00cf]\u00fa\u00ed\u00fe|\u00ca\u00fe\u00ba\u00be)/,
    'executable',
  ],
  [/^\u0000asm/, 'executable'],
  [/^#!/, 'script'],
  [/^(?:\u00ef\u00bb\u00bf)?\s*<(?:script|job|hta)/i, 'script'],
  [/^7z\u00bc\u00af/, 'archive'],
  [/^Rar!/, 'archive'],
  [/^\u001f\u008b/, 'archive'],
  [/^BZh\d/, 'archive'],
  [/^\u00fd7zXZ/, 'archive'],
  [/^\u0028\u00b5\u002f\u00fd/, 'archive'],
  [/^MSCF/, 'archive'],
  [/^[^]{257}ustar/, 'archive'],
  [
    /^\u00ff\u00d8[^]*(?:Exif\u0000\u0000|http:\/\/ns\.adobe\.com\/xap|Photoshop 3\.0)/,
    'image-metadata',
  ],
  [/^\u0089PNG[^]*(?:eXIf|tEXt|iTXt|zTXt)/, 'image-metadata'],
  [/^(?:II\*\u0000|MM\u0000\*)/, 'image-metadata'],
  [/^[^]{4}ftyp(?:heic|heix|mif1|avif)[^]*Exif/, 'image-metadata'],
  [/^RIFF[^]{4}WEBP[^]*(?:EXIF|XMP )/, 'image-metadata'],
];

function bySigns(head: string): ContentKind[] {
  return SIGNS.flatMap(([sign, kind]) => (sign.test(head) ? [kind] : []));
}

/** Names of its members stand in a ZIP in clear; office files are ZIPs. */
function inZip(head: string, all: string): ContentKind[] {
  const isEncrypted = (head.charCodeAt(6) & 1) === 1;
  const isOffice =
    all.includes('[Content_Types].xml') || head.includes('mimetypeapplication/vnd.oasis');
  const isBook = head.includes('mimetypeapplication/epub');
  const hasMacro = /vbaProject\.bin|(?:Basic|Scripts)\/[^\u0000]*\.x(?:lb|ba|dl)/.test(all);
  const hasMeta = /docProps\/(?:core|app)\.xml|meta\.xml/.test(all);
  return [
    ...(isOffice || isBook ? [] : (['archive'] as const)),
    ...(isEncrypted ? (['encrypted'] as const) : []),
    ...(hasMacro ? (['macro'] as const) : []),
    ...(hasMeta ? (['document-metadata'] as const) : []),
  ];
}

/** The older office forms: names of their streams stand in them as UTF-16. */
function inOle(all: string): ContentKind[] {
  const has = (name: string) => all.includes(name.replace(/./g, '$&\u0000'));
  return [
    ...(has('_VBA_PROJECT') || has('Macros') ? (['macro'] as const) : []),
    ...(has('EncryptedPackage') ? (['encrypted'] as const) : []),
    ...(has('SummaryInformation') ? (['document-metadata'] as const) : []),
  ];
}

function inPdf(all: string): ContentKind[] {
  return [
    ...(/\/(?:JavaScript|JS|Launch)\b/.test(all) ? (['script'] as const) : []),
    ...(/\/Encrypt\b/.test(all) ? (['encrypted'] as const) : []),
    ...(/\/(?:Author|Creator|Producer)\b|<x:xmpmeta/.test(all)
      ? (['document-metadata'] as const)
      : []),
    ...(/\/EmbeddedFiles?\b/.test(all) ? (['archive'] as const) : []),
  ];
}
