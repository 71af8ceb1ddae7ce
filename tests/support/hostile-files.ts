import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

/** Files as they should not be, by name. Those that are a document all the same say so. */
export interface HostileFile {
  readonly name: string;
  readonly content: () => string | Uint8Array;
  /** Whether there is something in it that can be answered from. */
  readonly isDocument: boolean;
}

const MIB = 1024 * 1024;
const text = (name: string, content: () => string | Uint8Array, isDocument = true): HostileFile => ({
  name,
  content,
  isDocument,
});

/** Texts: empty, in no encoding, or made to keep a parser busy. */
const TEXTS: readonly HostileFile[] = [
  text('zero.md', () => '', false),
  text('blank.md', () => ' \n\t\n', false),
  text('mark-only.txt', () => Buffer.from([0xef, 0xbb, 0xbf]), false),
  text('nul.txt', () => 'a\0b', false),
  text('all-bytes.txt', () => Buffer.from(Array.from({ length: 4096 }, (_, i) => i % 256)), false),
  text(
    'invalid-utf8.txt',
    () => Buffer.concat([Buffer.from('Text, then '), Buffer.from([0xc3, 0x28, 0xff, 0xfe])]),
    false,
  ),
  text('utf16-unmarked.txt', () => Buffer.from('Without a mark.', 'utf16le'), false),
  text('picture.md', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), false),
  text('100-mb.txt', () => Buffer.alloc(100 * MIB, 'The parties agree on a hundred megabytes. '), false),
  text('long-line.txt', () => 'word '.repeat(400_000)),
  text('no-spaces.txt', () => 'x'.repeat(MIB)),
  text('brackets.md', () => '['.repeat(50_000)),
  text('emphasis.md', () => '*a_'.repeat(20_000)),
  text('backticks.md', () => Array.from({ length: 2000 }, (_, i) => '`'.repeat(i % 300)).join(' ')),
  text('quotes.md', () => `${'>'.repeat(5000)} quoted`),
  text('nested-list.md', () => Array.from({ length: 1000 }, (_, i) => `${' '.repeat(2 * i)}- item`).join('\n')),
  text('wide-table.md', () => `|${'a|'.repeat(5000)}\n|${'-|'.repeat(5000)}\n|${'b|'.repeat(5000)}`),
  text('long-table.md', () => `| a | b |\n| --- | --- |\n${'| c | d |\n'.repeat(20_000)}`),
  text('headings.md', () => '# x\n'.repeat(20_000)),
  text('references.md', () => Array.from({ length: 5000 }, (_, i) => `[a${i}]: /u\n\n[a${i}][a${i}]`).join('\n')),
  text('html-in-markdown.md', () => `${'<div>'.repeat(10_000)}text`),
  text('control.txt', () => 'Control \u0001\u0002\u001b[31m characters.'),
  text('direction.txt', () => 'Right \u202eot tfel\u202c and \u2066isolates\u2069.'),
  text('combining.txt', () => `a${'\u0301'.repeat(100_000)}`),
  text('yaml-bomb.md', () => `---\n${yamlBomb()}\n---\nText.`, false),
  text('yaml-broken.md', () => '---\ntitle: "open\n---\ntext', false),
  text('yaml-unclosed.md', () => '---\ntitle: never closed\n\nText.'),
  text('yaml-types.md', () => '---\ntitle: [a, {b: c}]\n---\nText.', false),
  text('wrong-fields.md', () => '---\nauthority: rumour\ndate: soon\n---\nText.', false),
];

const WEB: readonly HostileFile[] = [
  text('deep.html', () => `<html>${'<div>'.repeat(100_000)}deep text`),
  text('unclosed.html', () => '<html><p>One<p>Two<table><tr><td>Three'),
  text('scripts.html', () => '<html><script>while(true){}</script><style>*{}</style></html>', false),
  text('entities.html', () => `<html><p>${'&amp;&#x41;&nosuch;'.repeat(50_000)}</p>`),
  text('attributes.html', () => `<html><p ${Array.from({ length: 20_000 }, (_, i) => `a${i}=1`).join(' ')}>Text</p>`),
  text('nested-tables.html', () => `<html>${'<table><tr><td>'.repeat(2000)}Text`),
  text('lying-charset.html', () => '<html><meta charset="no-such-charset"><p>Text – plain.</p>'),
  text('menu-only.html', () => `<html><nav>${'<a href="/">x</a>'.repeat(5000)}</nav></html>`, false),
];

const ARCHIVES: readonly HostileFile[] = [
  text('bomb.docx', () => zip([['word/document.xml', Buffer.alloc(280 * MIB)]]), false),
  text('lying-bomb.docx', () => zip([['word/document.xml', Buffer.alloc(280 * MIB)]], { statedSize: 100 }), false),
  text('entity-bomb.docx', () => zip([...wordParts(), ['word/document.xml', Buffer.from(xmlBomb())]]), false),
  text('many-entries.docx', () => zip(Array.from({ length: 20_000 }, (_, i) => [`f${i}`, Buffer.from('x')])), false),
  text('traversal.docx', () => zip([['../../etc/passwd', Buffer.from('root')]]), false),
  text('cut.docx', () => zip([['word/document.xml', Buffer.from('<w:document/>')]]).subarray(0, 60), false),
  text('encrypted.docx', () => zip([['word/document.xml', Buffer.from('x')]], { flags: 1 }), false),
  text('spreadsheet.docx', () => zip([['xl/workbook.xml', Buffer.from('<workbook/>')]]), false),
  text(
    'broken-xml.docx',
    () => zip([...wordParts(), ['word/document.xml', Buffer.from('<w:document><w:body>')]]),
    false,
  ),
  text('no-archive.docx', () => 'This is text.', false),
];

const PDFS: readonly HostileFile[] = [
  text('thousand-pages.pdf', () => pdf(Array.from({ length: 1000 }, (_, i) => `Page ${i + 1} grants ${i} licences.`))),
  text('cut.pdf', () => pdf(['Cut off in the middle.']).subarray(0, 300), false),
  text('header-only.pdf', () => '%PDF-1.7\n', false),
  text('garbage.pdf', () => Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(100_000, 0x9d)]), false),
  text('scanned.pdf', () => pdf(['']), false),
  text('xobject-bomb.pdf', () => xobjectBomb(), false),
  text('page-cycle.pdf', () => pageCycle(), false),
  text('flate-bomb.pdf', () => pdfOf([CATALOG, PAGES, PAGE, flateBomb()]), false),
  text('encrypted.pdf', () => pdfOf([CATALOG, PAGES, PAGE, streamOf('BT ET')], ENCRYPTION), false),
  text('zip-as.pdf', () => zip([['a', Buffer.from('x')]]), false),
  text('text-as.pdf', () => 'Not a PDF at all.', false),
];

const NAMES: readonly HostileFile[] = [
  text('sp ace and\nnewline.md', () => 'A name with a newline.'),
  text('नाम 名前 பெயர் é.md', () => 'A name in four scripts.'),
  text(`${'n'.repeat(240)}.md`, () => 'A long name.'),
  text('-rf.md', () => 'A name like a flag.'),
  text('quote\'"$(id).md', () => 'A name like a command.'),
  text('upper.MD', () => 'An upper-case extension.'),
  text('program.exe', () => 'MZ', false),
  text('no-extension', () => 'Text.', false),
];

/** All of them. */
export const HOSTILE_FILES: readonly HostileFile[] = [...TEXTS, ...WEB, ...ARCHIVES, ...PDFS, ...NAMES];

function yamlBomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 12; i++)
    lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]`);
  return lines.join('\n');
}

function xmlBomb(): string {
  const entities = Array.from({ length: 12 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');
  return `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "boom">${entities}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e12;</w:t></w:r></w:p></w:body></w:document>`;
}

/** What a Word file holds besides its text. */
export function wordParts(): [string, Buffer][] {
  const types =
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
  const relations =
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';
  return [
    ['[Content_Types].xml', Buffer.from(types)],
    ['_rels/.rels', Buffer.from(relations)],
  ];
}

/** A ZIP archive; `statedSize` and `flags` are written into every entry instead of the truth. */
export function zip(
  entries: readonly (readonly [string, Buffer])[],
  { statedSize, flags = 0 }: { readonly statedSize?: number; readonly flags?: number } = {},
): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const packed = deflateRawSync(content, { level: 6 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(statedSize ?? content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, place, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('504b0506', 0, 'hex');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';
const PAGES = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';
const PAGE = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>';
const ENCRYPTION = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >> /ID [<00> <00>]`;

/** A PDF with one line of text a page. */
function pdf(lines: readonly string[]): Buffer {
  const pages = lines.map((_, i) => `${4 + 2 * i} 0 R`).join(' ');
  const objects = lines.flatMap((line, i) => [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
    streamOf(line === '' ? '' : `BT /F1 12 Tf 72 700 Td (${line}) Tj ET`),
  ]);
  return pdfOf([
    CATALOG,
    `<< /Type /Pages /Kids [${pages}] /Count ${lines.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...objects,
  ]);
}

export function pdfOf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [i, object] of objects.entries()) {
    offsets.push(length);
    const part = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]);
    parts.push(part);
    length += part.length;
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer << /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF`;
  return Buffer.concat([...parts, Buffer.from(table)]);
}

export function streamOf(content: string, entries = ''): string {
  return `<< /Length ${content.length} ${entries} >>\nstream\n${content}\nendstream`;
}

function flateBomb(): Buffer {
  const packed = deflateSync(Buffer.alloc(500 * MIB, ' '));
  const head = `<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')]);
}

/** Forms that each draw the next ten times. */
function xobjectBomb(): Buffer {
  const depth = 12;
  const forms = Array.from({ length: depth }, (_, i) => {
    const next = i + 1 < depth ? `/Resources << /XObject << /X ${6 + i} 0 R >> >>` : '';
    return streamOf(
      i + 1 < depth ? '/X Do '.repeat(10) : 'BT ET',
      `/Type /XObject /Subtype /Form /BBox [0 0 9 9] ${next}`,
    );
  });
  const page =
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>';
  return pdfOf([CATALOG, PAGES, page, streamOf('/X Do '.repeat(10)), ...forms]);
}

/** Pages whose child is their parent. */
function pageCycle(): Buffer {
  return pdfOf([CATALOG, '<< /Type /Pages /Kids [2 0 R] /Count 1 >>']);
}
