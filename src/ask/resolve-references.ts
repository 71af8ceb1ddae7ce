import { phrasesOf, splitQuestion, type Topic, type Word } from './question-topic.ts';

const OF_IT = new Set(['its', 'their', 'theirs', 'his', 'hers', "it's"]);
const IT = new Set(['it', 'they', 'them', 'he', 'him', 'she']);
const SEVERAL = new Set(['they', 'them', 'their', 'theirs', 'these', 'those']);
const POINTING = new Set(['this', 'that', 'these', 'those']);

/** What "that agreement" may call anything that was spoken of. */
const GENERIC = new Set(
  `accord agreement arrangement bill body deal declaration document event group initiative instrument law meeting mission pact partnership plan
  policy programme program project scheme statement summit system text thing treaty visit`.split(/\s+/),
);

/** "Is it true that …", "How long does it take": nothing is pointed at. */
const EMPTY_IT =
  /\bit\b(?= (?:(?:really|still|also) )?(?:true|certain|possible|likely|clear|correct|important to|take|takes|took|mean to|mean that|seems?)\b)/i;

const AUXILIARY =
  /^(?:is|are|was|were|does|did|do|has|had|have|can|could|will|would|happen|happened|mean|affect|change|changed)$/;

interface Reference {
  readonly word: Word;
  readonly length: number;
  readonly topic: Topic;
  readonly possessive: boolean;
}

/** The question with what it points at put in; undefined when it points at nothing that was spoken of. */
export function resolveReferences(question: string, topics: readonly Topic[]): string | undefined {
  const references = findReferences(question, topics);
  if (references.length === 0) return undefined;
  let resolved = '';
  let rest = 0;
  const used = new Set<string>();
  for (const { word, length, topic, possessive } of references) {
    if (used.has(topic.text)) continue;
    used.add(topic.text);
    resolved += question.slice(rest, word.at) + (possessive ? genitive(topic.text) : topic.text);
    rest = word.at + length;
  }
  const whole = resolved + question.slice(rest);
  return whole.charAt(0).toUpperCase() + whole.slice(1);
}

function genitive(text: string): string {
  return /s$/i.test(text) ? `${text}'` : `${text}'s`;
}

function findReferences(question: string, topics: readonly Topic[]): Reference[] {
  const split = splitQuestion(question);
  const empty = EMPTY_IT.exec(question)?.index;
  return split.flatMap((word, i) => {
    if (word.at === empty || isOwn(question, word)) return [];
    const topic = chooseTopic(word.lower, topics);
    const next = split[i + 1];
    return topic ? referTo({ word, next, topic, question }) : [];
  });
}

/** What the question itself named before, in a clause of its own, is what it points at. */
function isOwn(question: string, { at }: Word): boolean {
  const before = question.slice(0, at);
  const clause = /^(.*)(?:[,;:]\s|\sand\s)/s.exec(before)?.[1];
  if (clause === undefined) return false;
  return phrasesOf(clause).some(({ named, words }) => named || words.length > 1);
}

function chooseTopic(word: string, topics: readonly Topic[]): Topic | undefined {
  const latest = topics.at(-1);
  if (SEVERAL.has(word)) return topics.findLast(({ plural }) => plural) ?? latest;
  if (word === 'it' || word === 'its') return topics.findLast(({ plural }) => !plural) ?? latest;
  return latest;
}

interface Pointing {
  readonly word: Word;
  readonly next: Word | undefined;
  readonly topic: Topic;
  readonly question: string;
}

function referTo({ word, next, topic, question }: Pointing): Reference[] {
  const { lower, text } = word;
  const reference = { word, length: text.length, topic };
  if (OF_IT.has(lower)) return [{ ...reference, possessive: true }];
  if (IT.has(lower)) return [{ ...reference, possessive: false }];
  const follows = next && question.slice(word.at + text.length, next.at).trim() === '' ? next : undefined;
  if (lower === 'her') return [{ ...reference, possessive: isNoun(follows) }];
  return POINTING.has(lower) ? pointAt(follows, reference) : [];
}

/** "That agreement" is the topic, if the topic is one or may be called so; "that" alone is, unless it joins clauses. */
function pointAt(next: Word | undefined, { word, topic }: Pick<Reference, 'word' | 'topic'>): Reference[] {
  const reference = { word, topic, possessive: false };
  if (isNoun(next)) {
    const called = next.lower.replace(/s$/, '');
    if (!GENERIC.has(called) && !topic.text.toLowerCase().includes(called)) return [];
    return [{ ...reference, length: next.at + next.text.length - word.at }];
  }
  return word.lower === 'that' && joinsClauses(next) ? [] : [{ ...reference, length: word.text.length }];
}

function isNoun(word: Word | undefined): word is Word {
  return word !== undefined && phrasesOf(`the ${word.text}`).length > 0;
}

/** "It is certain that India gets …": not a pointing "that". */
function joinsClauses(next: Word | undefined): boolean {
  return next !== undefined && !AUXILIARY.test(next.lower);
}
