import type { AnswerResponse } from './answer-response.ts';
import type { AskTrace, Citation } from './domain.ts';

/** An answer for the terminal: the text, then each citation with its quote, authority and address. */
export function renderAnswer(response: AnswerResponse): string {
  const references = response.citations.map(renderCitation);
  const trace = response.trace ? [renderTrace(response.trace)] : [];
  return `${[response.answer, ...references, ...trace].join('\n\n')}\n`;
}

function renderCitation({ marker, title, authority, status, date, quote, uri, sources }: Citation): string {
  const rests = sources.map((source) => `${source.publisher || source.title} (${source.authority})`);
  return [
    `[${marker}] ${title}`,
    `    ${[authority, status, date].filter(Boolean).join(' · ')}`,
    `    “${quote.replaceAll(/\s+/g, ' ')}”`,
    ...(rests.length > 0 ? [`    rests on: ${rests.join(', ')}`] : []),
    `    ${uri}`,
  ].join('\n');
}

/** Why each passage ranked where it did: the fused score, BM25, how the terms stand in it, and the cosine. */
function renderTrace({ stages, passages, rejected }: AskTrace): string {
  const reasons = new Map(rejected.map(({ chunkId, reason }) => [chunkId, reason]));
  return [
    `Stages (ms): ${stages.map(({ name, durationMs }) => `${name} ${durationMs}`).join(' · ')}`,
    'rank   fused    bm25   cover   order  togeth  cosine  chunk',
    ...passages.map(({ rank, fused, lexical, coverage, order, together, cosine, chunkId }) => {
      const columns = [fused, lexical, coverage, order, together, cosine].map(renderNumber).join(' ');
      const reason = reasons.get(chunkId);
      return `${String(rank).padStart(4)} ${columns}  ${chunkId}${reason === undefined ? '' : `   left out: ${reason}`}`;
    }),
    ...rejected.flatMap(({ text, reason }) => (text === undefined ? [] : [`dropped: “${text}”: ${reason}`])),
  ].join('\n');
}

function renderNumber(value: number | undefined): string {
  return (value === undefined ? '—' : value.toFixed(3)).padStart(7);
}
