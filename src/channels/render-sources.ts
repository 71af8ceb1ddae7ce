import type { AnswerResponse } from '../answer-response.ts';
import { CHANNEL_WORDS } from './channel-words.ts';
import type { Markup } from './markup.ts';

/** The publications that each cited document rests on, one block a document. */
export function renderSources({ citations, language }: AnswerResponse, markup: Markup): string[] {
  const words = CHANNEL_WORDS[language];
  const documents = new Map(citations.map((citation) => [citation.documentId, citation]));
  const blocks = [...documents.values()].map(({ title, uri, sources }) => {
    const lines = sources.map(({ title: name, publisher, url, published }) => {
      const details = [publisher, published].filter(Boolean).join(', ');
      const named = url === undefined ? markup.escape(name) : markup.link(name, url);
      return `${markup.bullet}${named}${details === '' ? '' : markup.escape(` (${details})`)}`;
    });
    const rests = lines.length === 0 ? [] : [`${markup.escape(words.restsOn)}:`, ...lines];
    return [markup.link(title, uri), ...rests].join('\n');
  });
  return [markup.escape(`${words.sources}:`), ...blocks];
}
