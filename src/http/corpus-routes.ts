import type { RequestHandler } from 'express';
import { documentUri, pageOf } from '../ask/cite.ts';
import type { Assistant } from '../assistant.ts';
import type { DocumentSummary } from '../corpus-store/corpus-store.ts';
import type { Passage } from '../domain.ts';
import { NotFoundError } from '../errors.ts';
import { checkSearch } from '../requests.ts';

export interface CorpusRouteDependencies {
  readonly assistant: Assistant;
  readonly publicUrl: () => string;
}

/** `POST /api/search`: retrieval alone. */
export function searchRoute({ assistant }: CorpusRouteDependencies): RequestHandler {
  return async (request, response) => {
    const { query, limit, filters, asOf, explain } = checkSearch(request.body);
    const found = await assistant.search({ text: query, limit, filters: { ...filters, asOf } });
    response.json({
      passages: found.map((passage) => describePassage(passage, explain ?? false)),
      total: found.length,
    });
  };
}

/** `GET /api/documents`: what the corpus holds, and how far each document is indexed. */
export function documentsRoute({ assistant, publicUrl }: CorpusRouteDependencies): RequestHandler {
  return async (_request, response) => {
    const documents = (await assistant.listDocuments()).map((document) => describeDocument(document, publicUrl()));
    response.json({ documents, total: documents.length });
  };
}

/** `GET /api/documents/{id}`: one document with the text that offsets refer to. */
export function documentRoute({ assistant, publicUrl }: CorpusRouteDependencies): RequestHandler {
  return async (request, response) => {
    const id = idOf(request.params['id']);
    const document = await assistant.findDocument(id);
    if (!document) throw new NotFoundError(`There is no document ${id}.`);
    const summary = await assistant.findSummary(id);
    const { sources, note, text } = document;
    response.json({
      ...(summary && describeDocument(summary, publicUrl())),
      note,
      sources,
      ...(document.pageStarts && { pageStarts: document.pageStarts }),
      text,
    });
  };
}

function describePassage({ rank, similarity, chunk, document, signals }: Passage, explain: boolean): object {
  const { id: chunkId, documentId, text, start, end, headings } = chunk;
  const { title, authority, status, date, language } = document;
  return {
    rank,
    similarity,
    documentId,
    chunkId,
    title,
    headings,
    text,
    start,
    end,
    ...pageOf(document, start),
    authority,
    status,
    date,
    language,
    ...(explain && { signals }),
  };
}

/** Everything of a document but what takes room: its text, and the sources it rests on. */
export function describeDocument(
  document: DocumentSummary,
  publicUrl: string,
): Omit<DocumentSummary, 'root' | 'file' | 'sources' | 'note' | 'pageStarts'> & { readonly uri: string } {
  const { root: _root, file: _file, sources: _sources, note: _note, pageStarts: _pages, ...summary } = document;
  return { ...summary, uri: documentUri(publicUrl, document.id) };
}

/** Ids may hold slashes: express hands their parts over one by one. */
export function idOf(parameter: string | readonly string[] | undefined): string {
  return Array.isArray(parameter) ? parameter.join('/') : String(parameter ?? '');
}
