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

function renderTrace({ stages, passages, rejected }: AskTrace): string {
  const number = (value: number | undefined): string => (value === undefined ? '    —' : value.toFixed(3).padStart(5));
  const reasons = new Map(rejected.map(({ chunkId, reason }) => [chunkId, reason]));
  return [
    'Stages (ms): ' + stages.map(({ name, durationMs }) => `${name} ${durationMs}`).join(' · '),
    'rank  fused  words  cosine  chunk',
    ...passages.map(({ rank, fused, lexical, cosine, chunkId }) => {
      const reason = reasons.get(chunkId);
      return `${String(rank).padStart(4)}  ${number(fused)}  ${number(lexical)}  ${number(cosine)}   ${chunkId}${reason ? `   left out: ${reason}` : ''}`;
    }),
    ...rejected.flatMap(({ text, reason }) => (text === undefined ? [] : [`dropped: “${text}”: ${reason}`])),
  ].join('\n');
}
