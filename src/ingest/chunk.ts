import { sha256 } from '../digest.ts';
import type { Chunk, SourceDocument, Span, Unit } from '../domain.ts';
import { outline, type Section } from './outline.ts';

/** What a chunk should hold at most, unless one unit alone is longer. Characters. */
const TARGET_LENGTH = 1200;
/** A section that exceeds the target by no more than this share of it stays whole: halves would hold half the context each. */
const TOLERANCE = 0.3;

/**
 * The chunks of a document, in order: exact substrings of its text that follow the headings, never cut a unit
 * (a sentence, an item, a row) and together hold every unit once. Chunks of one section touch.
 */
export function chunkDocument(document: SourceDocument): Chunk[] {
  return outline(document.text, document.language)
    .flatMap((section) => cutSection(section, document.text))
    .map((part, ordinal) => makeChunk(document, part, ordinal));
}

/** A part of a section: its units, and where it lies in the text. */
interface Part extends Span {
  readonly section: Section;
  readonly units: readonly Unit[];
}

/** Each part ends where the next begins, so that neighbours read as one. */
function cutSection(section: Section, text: string): Part[] {
  const parts = packUnits(section.units).map((units) => ({ section, units, ...enclose(text, units) }));
  return parts.map((part, i) => ({ ...part, end: parts[i + 1]?.start ?? part.end }));
}

/** In parts of about equal length, since a short remainder would rank above its section for its brevity alone. */
function packUnits(units: readonly Unit[]): Unit[][] {
  const length = lengthOf(units);
  const share = length / Math.max(1, Math.ceil(length / TARGET_LENGTH - TOLERANCE));
  const packs: Unit[][] = [];
  for (const unit of units) {
    const pack = packs.at(-1);
    // A unit belongs to the part in which at least half of it lies.
    if (pack && lengthOf([...pack, unit]) - (unit.end - unit.start) / 2 <= share) pack.push(unit);
    else packs.push([unit]);
  }
  return packs;
}

/** From the start of the first unit to the end of the last. */
function lengthOf(units: readonly Unit[]): number {
  return (units.at(-1)?.end ?? 0) - (units[0]?.start ?? 0);
}

function makeChunk(document: SourceDocument, { section, units, start, end }: Part, ordinal: number): Chunk {
  const text = document.text.slice(start, end);
  const context = describeContext(document, section.headings);
  return {
    id: `${document.id}#${ordinal + 1}`,
    documentId: document.id,
    start,
    end,
    headings: section.headings,
    text,
    units,
    context,
    digest: sha256(`${context}\n${text}`),
  };
}

/** From the first unit to the last, with the list marker or table bar in front of the first on its line. */
function enclose(text: string, units: readonly Unit[]): Span {
  const first = units[0]?.start ?? 0;
  const lineStart = text.lastIndexOf('\n', first - 1) + 1;
  const lead = text.slice(lineStart, first);
  const start = /^\s*(?:[-*+>|]|\d+[.)])?\s*$/.test(lead) ? lineStart + lead.search(/\S|$/) : first;
  return { start, end: units.at(-1)?.end ?? first };
}

/** Title, date and headings, each said once. */
function describeContext({ title, date }: SourceDocument, headings: readonly string[]): string {
  const dated = date !== null && !title.includes(date.slice(0, 4)) ? `${title} (${date})` : title;
  const below = headings.filter((heading) => heading !== title);
  return [dated, ...below].join(' › ');
}
