import { getDocumentProxy } from 'unpdf';
import { UnreadableError } from '../unreadable.ts';
import { isLanguageTag, withoutAbsent } from './metadata.ts';
import { assemblePages } from './pdf-assemble.ts';
import { layOutPage } from './pdf-layout.ts';
import type { PdfPage, PdfText } from './pdf-page.ts';
import { checkStreams } from './pdf-streams.ts';
import type { Extracted, FormatSource } from './read-format.ts';

const MOST_PAGES = 5000;

type Proxy = Awaited<ReturnType<typeof getDocumentProxy>>;

/** The text of a PDF through pdf.js, laid out as Markdown, with where each page begins. */
export async function readPdf({ bytes }: FormatSource): Promise<Extracted> {
  checkStreams(bytes);
  const document = await open(bytes);
  try {
    if (document.numPages > MOST_PAGES) throw new UnreadableError(`The PDF has more than ${MOST_PAGES} pages.`);
    const pages: PdfPage[] = [];
    for (let number = 1; number <= document.numPages; number++) pages.push(await readPage(document, number));
    if (pages.every(({ texts }) => texts.length === 0)) {
      throw new UnreadableError('The PDF has no text: scanned pages have to go through text recognition (OCR) first.');
    }
    const { text, pageStarts } = assemblePages(pages.map(layOutPage));
    return { text, pageStarts, metadata: await describe(document) };
  } finally {
    await document.destroy();
  }
}

async function open(bytes: Uint8Array): Promise<Proxy> {
  try {
    // pdf.js takes the bytes over: it gets its own.
    return await getDocumentProxy(Uint8Array.from(bytes), {
      verbosity: 0,
      stopAtErrors: false,
      isEvalSupported: false,
    });
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'PasswordException') throw new UnreadableError('The PDF is encrypted: remove its password first.');
    throw new UnreadableError(`The PDF is damaged: ${message}`);
  }
}

async function readPage(document: Proxy, number: number): Promise<PdfPage> {
  const empty = { width: 0, height: 0, texts: [] };
  try {
    const page = await document.getPage(number);
    const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
    const { items } = await page.getTextContent();
    page.cleanup();
    const texts = items.flatMap((item) => ('str' in item ? (placeText(item, { left, top }) ?? []) : []));
    return { width: right - left, height: top - bottom, texts };
  } catch {
    // One broken page does not take the others away.
    return empty;
  }
}

/** Upright text with its place from the top left; a watermark across the page is none. */
function placeText(
  { str, transform, width }: { str: string; transform: number[]; width: number },
  { left, top }: { left: number; top: number },
): PdfText | undefined {
  const [a, b, c, d, x, y] = Float64Array.from({ length: 6 }, (_, i) => transform[i] ?? 0) as unknown as Matrix;
  const size = Math.hypot(c, d) || Math.hypot(a, b);
  const isUpright = Math.abs(b) <= Math.abs(a) * 0.2;
  if (str.trim() === '' || size === 0 || !isUpright) return undefined;
  return { text: str, x: x - left, y: top - y, width, size };
}

type Matrix = readonly [number, number, number, number, number, number];

async function describe(document: Proxy): Promise<Record<string, string>> {
  const { info } = await document.getMetadata().catch(() => ({ info: {} }));
  const { Title: title, Language: language } = info as { Title?: unknown; Language?: unknown };
  return withoutAbsent({
    title: isProperTitle(title) ? title.trim() : undefined,
    language: isLanguageTag(language) ? language : undefined,
  });
}

/** Programs leave file names and their own names in the title. */
function isProperTitle(title: unknown): title is string {
  if (typeof title !== 'string' || title.trim().length < 4) return false;
  const isName = /\.(?:docx?|pdf|xlsx?|indd|qxd|htm|html)\b|^microsoft |untitled|^document\d*$/i.test(title);
  return /\s/.test(title.trim()) && !isName;
}
