import type { AnswerResponse } from './answer-response.ts';
import { printable } from './channels/markup.ts';
import { readAnswer } from './channels/read-answer.ts';
import type { AskTrace, ModelCall } from './ask-trace.ts';
import type { Citation } from './domain.ts';
import { PLAIN_STYLE, type TerminalStyle } from './terminal-style.ts';

/** An answer for the terminal: the text, then each citation with its quote, authority and address. */
export function renderAnswer(response: AnswerResponse, style: TerminalStyle = PLAIN_STYLE): string {
  const references = response.citations.map((citation) => renderCitation(citation, style));
  const trace = response.trace ? [renderTrace(response.trace)] : [];
  return `${[renderText(response, style), ...references, ...trace].join('\n\n')}\n`;
}

/** What a document says is printed as text: it may not steer the terminal. */
function renderText(response: AnswerResponse, style: TerminalStyle): string {
  const render = (part: string | number): string => {
    if (typeof part === 'string') return printable(part);
    return style.link(`[${part}]`, response.citations.find(({ marker }) => marker === part)?.uri ?? '');
  };
  const lines = readAnswer(response.answer).map(({ kind, parts, opensParagraph }) => {
    const text = parts.map(render).join('');
    const line = { sentence: text, item: `- ${text}`, note: style.dim(`_${text}_`) }[kind];
    return `${opensParagraph ? '\n\n' : '\n'}${line}`;
  });
  return lines.join('').trim();
}

function renderCitation(citation: Citation, style: TerminalStyle): string {
  const { marker, title, authority, status, date, quote, uri, sources, alsoIn = [] } = citation;
  const rests = sources.map((source) => `${source.publisher || source.title} (${source.authority})`);
  return [
    `[${marker}] ${style.bold(style.link(printable(title), uri))}`,
    `    ${[authority, status, date].filter(Boolean).join(' · ')}`,
    `    “${printable(quote).replaceAll('\n', '\n    ')}”`,
    ...(rests.length > 0 ? [style.dim(`    rests on: ${printable(rests.join(', '))}`)] : []),
    style.dim(`    ${uri}`),
    ...alsoIn.map((other) => style.dim(`    also in: ${printable(other.title)}, ${other.uri}`)),
  ].join('\n');
}

/** Why each passage ranked where it did: the fused score, BM25, how the terms stand in it, the cosine, the reranker's score. */
function renderTrace({ stages, passages, rejected, notices, model }: AskTrace): string {
  const reasons = new Map(rejected.map(({ chunkId, reason }) => [chunkId, reason]));
  return [
    `Stages (ms): ${stages.map(({ name, durationMs }) => `${name} ${durationMs}`).join(' · ')}`,
    ...notices.map((notice) => `Notice: ${notice}`),
    'rank   fused    bm25   cover   often   order  togeth  cosine  rerank  chunk',
    ...passages.map(({ rank, fused, lexical, coverage, frequency, order, together, cosine, rerank, chunkId }) => {
      const columns = [fused, lexical, coverage, frequency, order, together, cosine, rerank]
        .map(renderNumber)
        .join(' ');
      const reason = reasons.get(chunkId);
      return `${String(rank).padStart(4)} ${columns}  ${chunkId}${reason === undefined ? '' : `   left out: ${reason}`}`;
    }),
    ...rejected.flatMap(({ chunkId, text = '…', reason }) =>
      chunkId === undefined ? [`dropped: “${text}”: ${reason}`] : [],
    ),
    ...(model?.calls.map(renderCall) ?? []),
    ...(model?.fallback === undefined ? [] : [`The model was given up: ${model.fallback}`]),
  ].join('\n');
}

function renderCall({ step, inputTokens, outputTokens, costUsd, durationMs, firstTokenMs }: ModelCall): string {
  const cost = costUsd === undefined ? '' : `, $${costUsd.toFixed(6)}`;
  const first = firstTokenMs === undefined ? '' : `, first word after ${firstTokenMs} ms`;
  return `model: ${step}, ${inputTokens} + ${outputTokens} tokens${cost}, ${durationMs} ms${first}`;
}

function renderNumber(value: number | undefined): string {
  return (value === undefined ? '—' : value.toFixed(3)).padStart(7);
}
