import { EITHER_WAY, FUNCTION_WORDS, RELATIONAL, VERBS } from '../language/question-words.ts';

/** What a question is about, as it may stand in another one. */
export interface Topic {
  /** With the article it had. */
  readonly text: string;
  readonly plural: boolean;
  /** Whether the question brought it up, rather than only spoke of it. */
  readonly broughtUp: boolean;
}

/** A word of a question; `at` counts UTF-16 units. */
export interface Word {
  readonly text: string;
  readonly lower: string;
  readonly at: number;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.–-]*[\p{L}\p{M}\p{N}]|[\p{L}\p{N}]/gu;

export function splitQuestion(text: string): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    text: match[0],
    lower: match[0].toLowerCase().replaceAll('’', "'"),
    at: match.index,
  }));
}

export function isRelational(word: string): boolean {
  return RELATIONAL.has(word);
}

/** A run of words that name something. */
export interface Phrase {
  readonly words: readonly Word[];
  readonly article: string;
  /** The word before it, in lower case. */
  readonly before: string;
  readonly named: boolean;
}

/** By its capitals or digits; a capital at the beginning of a sentence says nothing. */
function isName({ text }: Word, isFirst: boolean): boolean {
  if (/^\p{Lu}[\p{Lu}\p{Nd}.-]+$/u.test(text) || /\p{Nd}/u.test(text)) return true;
  return !isFirst && /^\p{Lu}/u.test(text) && text !== 'I';
}

const SENTENCE_END = /[.?!:]\s/;

const ARTICLES: ReadonlySet<string> = new Set(['a', 'an', 'the']);

type PhraseWord = Word & { readonly capital: boolean };

/** The phrases of a question in order: runs of words that neither ask, point, relate nor say what is done. */
export function phrasesOf(text: string): Phrase[] {
  const split = splitQuestion(text);
  const phrases: Phrase[] = [];
  let open: PhraseWord[] = [];
  const close = (next: number): void => {
    if (open.length > 0) phrases.push(closePhrase(open, split.slice(0, next - open.length)));
    open = [];
  };
  for (const [position, word] of split.entries()) {
    const previous = split[position - 1];
    const gap = previous ? text.slice(previous.at + previous.text.length, word.at) : '. ';
    if (/[,;:.?!()"“”]/.test(gap)) close(position);
    const capital = isName(word, SENTENCE_END.test(gap));
    if (capital || isContent(word.lower, previous?.lower, open.length > 0)) open.push({ ...word, capital });
    else close(position);
  }
  close(split.length);
  return phrases;
}

function closePhrase(open: readonly PhraseWord[], before: readonly Word[]): Phrase {
  const last = before.at(-1)?.lower ?? '';
  const isArticle = ARTICLES.has(last);
  return {
    words: open,
    article: isArticle ? last : '',
    before: isArticle ? (before.at(-2)?.lower ?? '') : last,
    named: open.some(({ capital }) => capital),
  };
}

/** Behind an article, or within a phrase, what may be a verb is a noun: "the work", "a progress report". */
function isContent(word: string, before = '', within = false): boolean {
  if (FUNCTION_WORDS.has(word)) return false;
  if (ARTICLES.has(before) || before === 'of') return true;
  return !VERBS.has(word) && (within || !EITHER_WAY.has(word));
}

/** "Tell me about X", "What is X?": X is what is spoken of from here on. */
const BRINGS_UP =
  /^(?:\p{L}+[,.!]? ){0,2}?(?:(?:tell|teach) (?:me|us)(?: more)? about|describe|explain|(?:what|who)(?:'s|’s| is| are| was| were)) (?:(?:the|an?|some|all) )?(?:[\p{L}\p{N}'’.-]+ ?){1,4}[?.!]*$/iu;
const JOINS = /^ (?:of|in|on|for) (?:the )?$/;
const JOINS_BETWEEN = /^ and (?:the )?$/;

/** What a question that stands alone is about; undefined when it names nothing. */
export function topicOf(text: string): Topic | undefined {
  const chains = chainsOf(text).map(withoutRelation).filter(isTelling);
  const about = chains.find(([first]) => first?.before === 'about');
  const named = chains.find((chain) => chain.some((phrase) => phrase.named));
  const which = chains.find(([first]) => first?.before === 'which' || first?.before === 'what');
  const chosen = which ?? about ?? named ?? chains[0];
  return chosen && describeTopic(text, chosen, which === chosen && named !== chosen ? named : undefined);
}

type Chain = readonly Phrase[];

/** Phrases that belong together: "the memorandum on resources of 2025", "between predator and prey". */
function chainsOf(text: string): Chain[] {
  const chains: Phrase[][] = [];
  for (const phrase of phrasesOf(text)) {
    const chain = chains.at(-1);
    const joins = chain?.[0]?.before === 'between' ? JOINS_BETWEEN : JOINS;
    if (chain && joins.test(text.slice(endOf(chain), phrase.words[0]?.at))) chain.push(phrase);
    else chains.push([phrase]);
  }
  return chains;
}

function endOf(chain: Chain): number {
  const last = chain.at(-1)?.words.at(-1);
  return last ? last.at + last.text.length : 0;
}

/** "The symptoms of X" are of X, which is what is spoken of. */
function withoutRelation(chain: Chain): Chain {
  const [first, ...rest] = chain;
  const relational = isRelational(first?.words.at(-1)?.lower ?? '') && first?.named === false;
  return relational && rest.length > 0 ? withoutRelation(rest) : chain;
}

function isTelling([first]: Chain): boolean {
  const [word, ...further] = first?.words ?? [];
  return word !== undefined && (further.length > 0 || !isRelational(word.lower));
}

/** `further` names what "which model" asks for: "the model (Ada)". */
function describeTopic(text: string, chain: Chain, further: Chain = []): Topic {
  const all = [...chain, ...further];
  const body = sliceOf(text, chain);
  const article = chain[0]?.article ?? '';
  return {
    text: further.length > 0 ? `the ${body} (${sliceOf(text, further)})` : `${article} ${body}`.trim(),
    plural: isPlural(chain[0]?.words.at(-1)),
    broughtUp: all.some(({ named }) => named) || BRINGS_UP.test(text),
  };
}

function isPlural({ text }: Pick<Word, 'text'> = { text: '' }): boolean {
  return /[^s]s$/i.test(text) && !/^\p{Lu}{2,}s$/u.test(text);
}

/** The words of a chain; of "Ada's boat" what is spoken of is Ada. */
function sliceOf(text: string, chain: Chain): string {
  return text.slice(chain[0]?.words[0]?.at, endOf(chain)).replace(/(?<=\p{L})['’]s?\s.*$/u, '');
}
