import { LRUCache } from 'lru-cache';
import { splitClauses, type Clause } from './clauses.ts';
import { extractTerms, isEverywhere } from './terms.ts';
import { wordsOfOrder } from './timeline-question.ts';
import type { Vocabulary } from './vocabulary.ts';
import { familiesOf } from './word-families.ts';

/** What a clause that tells why the question is put counts beside the one that asks. */
const TELLING_SHARE = 0.35;
/** What a word counts that says how the answer is to be told. */
const MANNER_SHARE = 0.1;
/** What stands before a colon names the subject. */
const SUBJECT_SHARE = 0.8;
/** What a word is worth that only a dictionary knows. */
const LOOSE_SHARE = 0.5;
/** With fewer terms of its own, what asks ("which is it?") is about what tells. */
const FEWEST_ASKING_TERMS = 2;

/** A term of a question: how much it tells, and what may stand for it. */
export interface WeighedTerm {
  readonly term: string;
  readonly weight: number;
  /** The meanings it may have. */
  readonly families: readonly string[];
  /** Terms that stand for it in other languages: of some form all. */
  readonly forms: readonly (readonly string[])[];
}

export interface WeighedQuestion {
  readonly terms: readonly WeighedTerm[];
  /** The same question as a text of another language may hold it: names, numbers, and what has equivalents. */
  readonly foreign: readonly WeighedTerm[];
  /** The clauses that ask, together. */
  readonly asking: string;
}

/** How long, and how many questions: an answer is searched, selected and drafted for the same one. */
const REMEMBERED = { max: 16, ttl: 2000 };
const remembered = new WeakMap<Vocabulary, LRUCache<string, Promise<WeighedQuestion>>>();

/** The terms of a question, rare ones and those of the clause that asks weighing most. */
export function weighQuestion(question: string, vocabulary: Vocabulary): Promise<WeighedQuestion> {
  const known = remembered.get(vocabulary) ?? new LRUCache<string, Promise<WeighedQuestion>>(REMEMBERED);
  remembered.set(vocabulary, known);
  const found = known.get(question);
  if (found) return found;
  const weighing = weigh(question, vocabulary);
  known.set(question, weighing);
  weighing.catch(() => known.delete(question));
  return weighing;
}

async function weigh(question: string, vocabulary: Vocabulary): Promise<WeighedQuestion> {
  const clauses = splitClauses(question);
  const asking = joinClauses(clauses, ({ asks }) => asks);
  const subject = new Set(extractTerms(joinClauses(clauses, ({ text }) => /[:：]$/.test(text))));
  const asked = new Set(extractTerms(asking));
  const elliptic = asked.size < FEWEST_ASKING_TERMS;
  const manner = new Set(extractTerms(wordsOfOrder(question)));
  const shareOf = (term: string): number => {
    if (manner.has(term)) return MANNER_SHARE;
    return asked.has(term) || elliptic ? 1 : subject.has(term) ? SUBJECT_SHARE : TELLING_SHARE;
  };
  const [weights, misspelt] = [
    await vocabulary.weighTerms(extractTerms(question)),
    await readMisspelt(question, vocabulary),
  ];
  const terms = [...weights].map(([term, weight]) => {
    const { forms = [], weight: meant = weight } = misspelt.get(term) ?? {};
    return { term, weight: meant * shareOf(term), families: familiesOf(term), forms };
  });
  return { terms, foreign: await weighForeign({ question, terms }, vocabulary), asking };
}

/** The same question where only one part of it is answered: the terms of the others tell what it is about, its subject most. */
export function narrowTo(
  part: string,
  { terms, foreign }: WeighedQuestion,
  subject: ReadonlySet<string>,
): WeighedQuestion {
  const own = new Set([...extractTerms(part), ...subject]);
  const narrow = (term: WeighedTerm): WeighedTerm =>
    own.has(term.term) ? term : { ...term, weight: term.weight * TELLING_SHARE };
  return { terms: terms.map(narrow), foreign, asking: part };
}

/** Terms that the index does not have, with what they are taken to be misspelt for, and its weight. */
async function readMisspelt(
  question: string,
  vocabulary: Vocabulary,
): Promise<ReadonlyMap<string, Pick<WeighedTerm, 'forms' | 'weight'>>> {
  const found = (await vocabulary.findEquivalents(question)).filter(({ misspelt }) => misspelt !== undefined);
  const weights = await vocabulary.weighTerms(found.flatMap(({ forms }) => forms.flat()));
  return new Map(
    found.map(({ misspelt = '', forms }) => {
      const weight = Math.min(...forms.flat().map((term) => weights.get(term) ?? 0));
      return [misspelt, { forms, weight }];
    }),
  );
}

function joinClauses(clauses: readonly Clause[], isWanted: (clause: Clause) => boolean): string {
  return clauses
    .filter(isWanted)
    .map(({ text }) => text)
    .join('\n');
}

/** Equivalents weigh as much as the most frequent of their forms; a word that has some is not asked for itself. */
async function weighForeign(
  { question, terms }: { question: string; terms: readonly WeighedTerm[] },
  vocabulary: Vocabulary,
): Promise<WeighedTerm[]> {
  const equivalents = await vocabulary.findEquivalents(question);
  const weights = await vocabulary.weighTerms(equivalents.flatMap(({ forms }) => forms.flat()));
  const meanWeight = (form: readonly string[]): number =>
    form.reduce((sum, term) => sum + (weights.get(term) ?? 0), 0) / form.length;
  const weighed = equivalents.map(({ forms, loose = false }) => ({
    term: forms.map((form) => form.join(' ')).join('|'),
    weight: Math.min(...forms.map(meanWeight)) * (loose ? LOOSE_SHARE : 1),
    families: [],
    forms,
  }));
  const everywhere = terms.filter(({ term, families }) => isEverywhere(term) || families.length > 0);
  return [...everywhere, ...weighed];
}
