import type {
  AnswerSentence,
  Chunk,
  Citation,
  DocumentMetadata,
  Passage,
  Span,
  SupersedingDocument,
} from '../domain.ts';
import type { GroundedClaim, GroundedQuote } from './ground.ts';

/** A verified sentence with the citations it brings in for the first time. */
export interface CitedSentence {
  readonly sentence: AnswerSentence;
  readonly added: readonly Citation[];
}

export interface CiteOptions {
  readonly publicUrl: string;
  /** What replaces the documents, by their ids. */
  readonly successors?: ReadonlyMap<string, readonly SupersedingDocument[]>;
  /** Where else chunks stand word for word, by their ids. */
  readonly twins?: ReadonlyMap<string, readonly Passage[]>;
}

/** Numbers quotes 1…n in order of first use; the same quote keeps its number. */
export function createCiter(options: CiteOptions): (claim: GroundedClaim) => CitedSentence {
  const markers = new Map<string, number>();
  return ({ text, quotes }) => {
    const added: Citation[] = [];
    const used = quotes.map((quote) => {
      const key = `${quote.passage.chunk.documentId} ${quote.start} ${quote.end}`;
      const known = markers.get(key);
      if (known !== undefined) return known;
      const marker = markers.size + 1;
      markers.set(key, marker);
      added.push(citationOf(quote, { ...options, marker }));
      return marker;
    });
    return { sentence: { text, markers: [...new Set(used)] }, added };
  };
}

/** The address of a document's page; `span` opens it at the quote. */
export function documentUri(publicUrl: string, documentId: string, span?: { start: number; end: number }): string {
  const path = documentId.split('/').map(encodeURIComponent).join('/');
  return `${publicUrl}/documents/${path}${span ? `#${span.start}-${span.end}` : ''}`;
}

function citationOf(
  { passage: { chunk, parts = [chunk], document }, quote, start, end }: GroundedQuote,
  { marker, ...options }: CiteOptions & { marker: number },
): Citation {
  const part = parts.find((one) => start < one.end) ?? chunk;
  return {
    marker,
    documentId: document.id,
    chunkId: part.id,
    title: document.title,
    uri: documentUri(options.publicUrl, document.id, { start, end }),
    authority: document.authority,
    textKind: document.textKind,
    status: document.status,
    date: document.date,
    quote,
    start,
    end,
    ...pageOf(document, start),
    sources: document.sources,
    ...relatedTo({ part, start, end }, options),
  };
}

/** What has replaced the cited document, and where else the words stand. */
function relatedTo(
  { part, start, end }: Span & { readonly part: Chunk },
  { publicUrl, successors, twins }: CiteOptions,
): Pick<Citation, 'supersededBy' | 'alsoIn'> {
  const supersededBy = successors?.get(part.documentId);
  const places = end <= part.end ? (twins?.get(part.id) ?? []) : [];
  const alsoIn = places.map(({ chunk, document: { id, title } }) => {
    const shift = chunk.start - part.start;
    return { documentId: id, title, uri: documentUri(publicUrl, id, { start: start + shift, end: end + shift }) };
  });
  return { ...(supersededBy && { supersededBy }), ...(alsoIn.length > 0 && { alsoIn }) };
}

/** The page on which an offset lies, for a document with pages. */
export function pageOf({ pageStarts }: DocumentMetadata, offset: number): { page?: number } {
  if (!pageStarts) return {};
  const after = pageStarts.findIndex((start) => start > offset);
  return { page: Math.max(1, after === -1 ? pageStarts.length : after) };
}
