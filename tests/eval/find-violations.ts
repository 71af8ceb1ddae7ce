import { markersOf, withoutMarkers, type EvalAnswer, type EvalCitation } from './eval-answer.ts';
import { isSupported, numbersOf } from './is-supported.ts';
import type { AnswerRecord } from './generate-answers.ts';

/** What must hold for every answer, whatever was asked. */
export const INVARIANTS = [
  'failed-request',
  'unsupported-sentence',
  'inexact-quote',
  'marker-mismatch',
  'unmarked-sentence',
  'short-quote',
] as const;
export type Invariant = (typeof INVARIANTS)[number];

export interface Violation {
  readonly invariant: Invariant;
  readonly detail: string;
}

const LEAST_QUOTE = 12;
const LEAST_JAPANESE_QUOTE = 6;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** Everything in a record that breaks an invariant. */
export function findViolations(record: AnswerRecord): Violation[] {
  const { answer } = record;
  if (!answer) return [{ invariant: 'failed-request', detail: record.error ?? 'no answer' }];
  return [
    ...unsupportedSentences(answer),
    ...faultyQuotes(answer.citations, record.texts),
    ...markerMismatches(answer),
    ...unmarkedSentences(answer, record),
  ];
}

/** The citations that a sentence names. */
function citedBy(markers: readonly number[], citations: readonly EvalCitation[]): EvalCitation[] {
  return citations.filter(({ marker }) => markers.includes(marker));
}

function unsupportedSentences({ sentences, citations }: EvalAnswer): Violation[] {
  return sentences
    .filter(({ text, markers }) => !isSupported(text, citedBy(markers, citations).map(evidenceOf).join('\n')))
    .map(({ text }) => ({ invariant: 'unsupported-sentence', detail: text }));
}

function evidenceOf({ quote, title, date }: EvalCitation): string {
  return `${quote}\n${title}\n${date ?? ''}`;
}

function faultyQuotes(citations: readonly EvalCitation[], texts: AnswerRecord['texts']): Violation[] {
  return citations.flatMap(({ documentId, quote, start, end }) => {
    const faults: Violation[] = [];
    const detail = `${documentId} ${start}–${end}: ${quote}`;
    if (texts[documentId]?.slice(start, end) !== quote) faults.push({ invariant: 'inexact-quote', detail });
    const least = JAPANESE.test(quote) ? LEAST_JAPANESE_QUOTE : LEAST_QUOTE;
    if (quote.trim().length < least) faults.push({ invariant: 'short-quote', detail });
    return faults;
  });
}

/** Markers are dense, in order of first use, and the same in the text, the sentences and the citations. */
function markerMismatches({ answer, sentences, citations }: EvalAnswer): Violation[] {
  const used = [...new Set(markersOf(answer))];
  const cited = citations.map(({ marker }) => marker);
  const named = new Set(sentences.flatMap(({ markers }) => markers));
  const dense = used.every((marker, index) => marker === index + 1);
  const agree = used.length === cited.length && used.length === named.size;
  if (dense && agree && used.every((marker) => cited.includes(marker) && named.has(marker))) return [];
  const detail = `text ${used.join(',')}; citations ${cited.join(',')}; sentences ${[...named].join(',')}`;
  return [{ invariant: 'marker-mismatch', detail }];
}

/** Sentences without their markers behind them, and numbers in the words around them that nobody cited or asked. */
function unmarkedSentences({ answer, sentences, citations }: EvalAnswer, { question }: AnswerRecord): Violation[] {
  const shown = sentences.map(({ text }) => text.replaceAll(/\[(\d+)\]/g, String.raw`\[$1\]`));
  const unmarked = sentences.filter(({ markers }, index) => !isMarked(answer, shown[index] ?? '', markers));
  const framing = withoutMarkers(shown.reduce((rest, text) => rest.replace(text, () => ''), answer));
  const titles = citations.map(({ title, date }) => `${title} ${date ?? ''}`);
  const allowed = new Set(numbersOf([question.question, question.asOf ?? '', ...titles].join('\n')));
  const quoted = citations.map(({ quote }) => quote).join('\n');
  const stray = numbersOf(framing).filter((number) => !allowed.has(number) && !repeats(number, quoted));
  const details = [...unmarked.map(({ text }) => text), ...stray.map((number) => `${number} in: ${framing}`)];
  return details.map((detail) => ({ invariant: 'unmarked-sentence', detail }));
}

const MONTHS = [
  'jan जनवरी ஜனவரி',
  'feb फरवरी பிப்ரவரி',
  'mar मार्च மார்ச்',
  'apr अप्रैल ஏப்ரல்',
  'may मई மே',
  'jun जून ஜூன்',
  'jul जुलाई ஜூலை',
  'aug अगस्त ஆகஸ்ட்',
  'sep सितंबर செப்டம்பர்',
  'oct अक्टूबर அக்டோபர்',
  'nov नवंबर நவம்பர்',
  'dec दिसंबर டிசம்பர்',
].map((names) => names.split(' '));

/** Whether a number says again what a quote says: its figures at another scale (5 for 500 million), or its month. */
function repeats(number: string, quoted: string): boolean {
  const figures = (text: string): string => text.replace(/[.,]/g, '').replace(/^0+|0+$/g, '');
  if (numbersOf(quoted).some((other) => figures(other) === figures(number))) return true;
  const text = quoted.toLowerCase().normalize('NFD').replaceAll('\u093c', '').normalize('NFC');
  return (MONTHS[Number(number) - 1] ?? []).some((name) => new RegExp(`(?<![\\p{L}\\p{M}])${name}`, 'u').test(text));
}

/** Whether the sentence stands in the answer with its markers, and no words, behind it. */
function isMarked(answer: string, sentence: string, markers: readonly number[]): boolean {
  const at = answer.indexOf(sentence);
  if (at === -1 || markers.length === 0) return false;
  const behind = /^[^\p{L}\p{N}[\\]*((?:\[\d+\])+)/u.exec(answer.slice(at + sentence.length));
  return markersOf(behind?.[1] ?? '').join() === markers.join();
}
