import type { Span } from '../domain.ts';

/** Titles and the like, which end in a full stop and go on. Lower case, without the last stop. */
const ABBREVIATIONS = new Set(
  'mr mrs ms dr prof st vs viz approx ca cf col lt sgt hon amb e.g i.e u.s u.k u.n jan feb mar apr jun jul aug sep sept oct nov dec'.split(
    ' ',
  ),
);
/** These go on only when a number follows. */
const BEFORE_NUMBERS = new Set('rs no nos art arts sec fig vol pp para ch'.split(' '));

/** Initials as Hindi and Tamil spell the names of Latin letters, and titles. */
const INDIC_INITIALS = new Set(
  `ए बी सी डी ई एफ जी एच आई जे के एल एम एन ओ पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई ज़ेड जेड डॉ श्री प्रो मो
  ஏ பி சி டி ஈ எஃப் ஜி எச் ஐ ஜே கே எல் எம் என் ஓ பி கியூ ஆர் எஸ் டி யு வி எக்ஸ் ஒய் டாக்டர் திரு`
    .split(/\s+/)
    .map((initial) => initial.normalize('NFC')),
);

const segmenters = new Map<string, Intl.Segmenter>();

/**
 * The sentences of a paragraph, trimmed of surrounding white space, in order; offsets are those of the text.
 * `Intl.Segmenter` finds them; breaks after an abbreviation or an initial are taken back. A single line break
 * is a space: it wraps a line, it does not end a sentence.
 */
export function splitSentences(text: string, language: string): Span[] {
  const sentences: Span[] = [];
  let start = 0;
  for (const { segment, index } of segmenter(language).segment(text.replaceAll('\n', ' '))) {
    const end = index + segment.length;
    if (goesOn(text.slice(start, end).trimEnd(), text.slice(end))) continue;
    const sentence = trim(text, { start, end });
    if (sentence.start < sentence.end) sentences.push(sentence);
    start = end;
  }
  return sentences;
}

/** Narrows a span by the white space at its ends. */
function trim(text: string, { start, end }: Span): Span {
  while (start < end && /\s/u.test(text.charAt(start))) start++;
  while (end > start && /\s/u.test(text.charAt(end - 1))) end--;
  return { start, end };
}

function goesOn(sentence: string, rest: string): boolean {
  const last = /(?:^|[\s("“‘])([\p{L}\p{M}.]+)\.$/u.exec(sentence)?.[1];
  if (last === undefined || rest.trim() === '') return false;
  if (BEFORE_NUMBERS.has(last.toLowerCase())) return /^\s*\p{Nd}/u.test(rest);
  if (INDIC_INITIALS.has((last.split('.').at(-1) ?? '').normalize('NFC'))) return true;
  return ABBREVIATIONS.has(last.toLowerCase()) || /^\p{Lu}$/u.test(last);
}

function segmenter(language: string): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known) return known;
  const made = new Intl.Segmenter(language, { granularity: 'sentence' });
  segmenters.set(language, made);
  return made;
}
