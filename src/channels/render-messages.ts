import type { AnswerResponse } from '../answer-response.ts';
import { WORDING } from '../ask/wording.ts';
import type { Citation, Language } from '../domain.ts';
import { splitSentences } from '../language/sentences.ts';
import { CHANNEL_WORDS } from './channel-words.ts';
import { chunkText } from './chunk-text.ts';
import type { Markup } from './markup.ts';
import { readAnswer, type AnswerLine } from './read-answer.ts';

/** What is rendered of an answer. */
export type Renderable = Pick<AnswerResponse, 'answer' | 'language' | 'citations'>;

export interface MessageForm {
  readonly markup: Markup;
  /** The longest message the tool takes, in what `measure` counts. */
  readonly limit: number;
  /** Default: UTF-16 units. */
  readonly measure?: (text: string) => number;
}

/** A part of a line, and the citations it uses. */
interface Piece {
  readonly text: string;
  readonly markers: readonly number[];
}

/**
 * An answer as messages of one tool: the text, then a reference for each marker used, with title, authority, date,
 * quote and a link that opens the quote. A long answer is split at sentence ends, each part with its own references.
 */
export function renderMessages(response: Renderable, form: MessageForm): string[] {
  const { citations, language } = response;
  const references = new Map(citations.map((cited) => [cited.marker, renderReference(cited, form, language)]));
  const blocksOf = ({ text, markers }: Piece): string[] => [
    text.trim(),
    ...markers.flatMap((marker) => references.get(marker) ?? []),
  ];
  const fits = (piece: Piece): boolean => measure(blocksOf(piece).join('\n\n'), form) <= form.limit;
  const messages: Piece[] = [];
  const lines = readAnswer(response.answer).map((line) => renderLine(line, response, form));
  for (const piece of lines.flatMap(({ whole, parts }) => (fits(whole) ? [whole] : parts()))) {
    const last = messages.at(-1);
    const grown = last && { text: last.text + piece.text, markers: [...new Set([...last.markers, ...piece.markers])] };
    if (grown && fits(grown)) messages.splice(-1, 1, grown);
    else messages.push({ text: piece.text, markers: [...new Set(piece.markers)] });
  }
  return messages.flatMap((message) => packBlocks(blocksOf(message), form));
}

/** `[1] Title — official · in force · 2025-06-04` with the quote below it; in several blocks if it is longer than a message. */
export function renderReference(citation: Citation, form: MessageForm, language: Language): string[] {
  const { markup, limit } = form;
  const { marker, title, uri, quote } = citation;
  const head = `[${marker}] ${markup.link(title, uri)} — ${markup.escape(describeStanding(citation, language))}`;
  const whole = `${head}\n“${markup.escape(quote)}”`;
  if (measure(whole, form) <= limit) return [whole];
  const parts = chunkText(`“${quote}”`, (part) => measure(markup.escape(part), form) <= limit / 2);
  return [head, ...parts.map((part) => markup.escape(part))];
}

/** How official a citation is, what is known of the instrument, and from when: in the reader's language. */
export function describeStanding({ authority, status, date }: Citation, language: Language): string {
  const words = [WORDING[language].authorities[authority], CHANNEL_WORDS[language].statuses[status], date];
  return words.filter(Boolean).join(' · ');
}

/** Blocks in as few messages as hold them. */
export function packBlocks(blocks: readonly string[], form: MessageForm): string[] {
  const messages: string[] = [];
  for (const block of blocks.filter(Boolean)) {
    const grown = messages.length === 0 ? undefined : `${messages.at(-1)}\n\n${block}`;
    if (grown !== undefined && measure(grown, form) <= form.limit) messages.splice(-1, 1, grown);
    else messages.push(block);
  }
  return messages;
}

/** A line as one piece, and as pieces no longer than a sentence, for when it does not fit with its references. */
function renderLine(
  line: AnswerLine,
  { citations, language }: Renderable,
  form: MessageForm,
): { readonly whole: Piece; readonly parts: () => Piece[] } {
  const { markup, limit } = form;
  const lead = (line.opensParagraph ? '\n\n' : '\n') + (line.kind === 'item' ? markup.bullet : '');
  const render = (part: string | number): string =>
    typeof part === 'string'
      ? markup.escape(part)
      : markup.marker(part, citations.find(({ marker }) => marker === part)?.uri ?? '');
  const pieceOf = (parts: AnswerLine['parts'], before: string): Piece => ({
    text: before + (line.kind === 'note' ? markup.italic(parts.join('')) : parts.map(render).join('')),
    markers: parts.filter((part) => typeof part === 'number'),
  });
  const fits = (part: string): boolean => measure(render(part), form) <= limit / 2;
  return {
    whole: pieceOf(line.parts, lead),
    parts: () =>
      partSentences(line, language)
        .flatMap((parts) => chunkParts(parts, fits))
        .map((parts, index) => pieceOf(parts, index === 0 ? lead : ' ')),
  };
}

/** The parts of a line, sentence by sentence; a marker stays with the sentence it follows. */
function partSentences({ parts }: AnswerLine, language: Language): (string | number)[][] {
  const sentences: (string | number)[][] = [];
  for (const part of parts) {
    const spans = typeof part === 'string' ? splitSentences(part, language) : [];
    const last = sentences.at(-1);
    if (last && spans.length === 0) last.push(part);
    else if (spans.length === 0) sentences.push([part]);
    else if (typeof part === 'string')
      sentences.push(...spans.map(({ start }, index) => [part.slice(start, spans[index + 1]?.start ?? part.length)]));
  }
  return sentences;
}

/** A sentence that is longer than a message, in pieces; its markers stay with the last. */
function chunkParts(
  parts: readonly (string | number)[],
  fits: (part: string) => boolean,
): (readonly (string | number)[])[] {
  const [first, ...rest] = parts;
  if (typeof first !== 'string' || fits(first)) return [parts];
  const chunks = chunkText(first, fits);
  return chunks.map((chunk, index) => (index === chunks.length - 1 ? [chunk, ...rest] : [chunk]));
}

function measure(text: string, form: MessageForm): number {
  return form.measure?.(text) ?? text.length;
}
