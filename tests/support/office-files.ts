import { pdfOf, streamOf, wordParts, zip } from './hostile-files.ts';

/** A line of text on a page: where its base line begins, from the left and from the bottom, in points. */
export interface PlacedText {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size?: number;
}

/** A PDF in Helvetica; one list of lines a page. ASCII alone. */
export function pdfWith(pages: readonly (readonly PlacedText[])[]): Buffer {
  const kids = pages.map((_, i) => `${4 + 2 * i} 0 R`).join(' ');
  const objects = pages.flatMap((lines, i) => [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
    streamOf(lines.map(({ x, y, text, size = 10 }) => `BT /F1 ${size} Tf ${x} ${y} Td (${text}) Tj ET`).join('\n')),
  ]);
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...objects,
  ]);
}

/** A Word file: paragraphs, one of them a heading, and a table. */
export function docxWith({
  heading,
  paragraph,
  rows,
}: {
  heading: string;
  paragraph: string;
  rows: readonly (readonly string[])[];
}): Buffer {
  const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
  const cells = (row: readonly string[]): string => row.map((cell) => `<w:tc><w:p>${run(cell)}</w:p></w:tc>`).join('');
  const document = `<?xml version="1.0" encoding="UTF-8"?>
    <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
    <w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${run(heading)}</w:p><w:p>${run(paragraph)}</w:p>
    <w:tbl>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl></w:body></w:document>`;
  return zip([...wordParts(), ['word/document.xml', Buffer.from(document)]]);
}
