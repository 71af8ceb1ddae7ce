import { splitClauses } from './clauses.ts';
import { extractTerms } from './terms.ts';
import { familiesOf } from './word-families.ts';

/** What a clause that tells why the question is put counts beside the one that asks. */
const TELLING_SHARE = 0.35;
/** What stands before a colon names the subject. */
const SUBJECT_SHARE = 0.8;
/** With fewer terms of its own, what asks ("which is it?") points back at what tells. */
const FEWEST_ASKING_TERMS = 2;

/** A term of a question: how much it tells, and the meanings it may have. */
export interface WeighedTerm {
  readonly term: string;
  readonly weight: number;
  readonly families: readonly string[];
  /** Written in Latin letters or digits, and so found in a text of any language. */
  readonly latin: boolean;
}

export interface WeighedQuestion {
  readonly terms: readonly WeighedTerm[];
  /** The clauses that ask, together. */
  readonly asking: string;
}

/** The terms of a question, rare ones and those of the clause that asks weighing most. */
export async function weighQuestion(
  question: string,
  weighTerms: (terms: readonly string[]) => Promise<ReadonlyMap<string, number>>,
): Promise<WeighedQuestion> {
  const clauses = splitClauses(question);
  const asking = clauses.filter(({ asks }) => asks).map(({ text }) => text);
  const asked = new Set(extractTerms(asking.join('\n')));
  const subject = new Set(
    extractTerms(
      clauses
        .filter(({ text }) => /[:：]$/.test(text))
        .map(({ text }) => text)
        .join('\n'),
    ),
  );
  const elliptic = asked.size < FEWEST_ASKING_TERMS;
  const weights = await weighTerms(extractTerms(question));
  const terms = [...weights].map(([term, weight]) => ({
    term,
    weight: weight * (asked.has(term) || elliptic ? 1 : subject.has(term) ? SUBJECT_SHARE : TELLING_SHARE),
    families: familiesOf(term),
    latin: /^[\p{Script=Latin}\p{Nd}.]+$/u.test(term),
  }));
  return { terms, asking: asking.join(' ') };
}
