import type { Passage } from '../domain.ts';
import { extractTerms } from '../language/terms.ts';
import type { Candidate } from './score-units.ts';

/** What is told of something as a whole. */
const MOST = { sentences: 3, characters: 500 };

/** How the document begins whose title holds what is asked about, or its sentence that says what that is: with what follows. */
export function chooseOpening(candidates: readonly Candidate[], defined: readonly string[]): Candidate[] {
  const opens = candidates.find(({ passage, at, held, context }) => {
    const terms = [...held.keys()];
    const asked = terms.some((term) => defined.includes(term)) ? defined : terms;
    return at === 0 && opensDocument(passage) && asked.length > 0 && asked.every((term) => context.has(term));
  });
  if (!opens) return [];
  const { documentId } = opens.passage.chunk;
  const says = ({ passage, text }: Candidate): boolean =>
    passage.chunk.documentId === documentId && saysWhatIs(text, defined);
  const first = says(opens) ? opens : (candidates.find(says) ?? opens);
  const after = candidates.filter(({ passage, at }) => passage === first.passage && at > first.at);
  // It is the document that answers, as likely as the likeliest of its units.
  const { chance } = candidates.find(({ passage }) => passage.chunk.documentId === documentId) ?? first;
  const opening = [{ ...first, chance }];
  let length = first.text.length;
  for (const candidate of after.toSorted((a, b) => a.at - b.at)) {
    length += candidate.text.length;
    if (opening.length < MOST.sentences && length <= MOST.characters) opening.push(candidate);
  }
  return opening;
}

/** What is said of something by a sentence that begins with it. */
const SAYS_WHAT = /^(.{2,80}?)\s(?:is|are|was|were)\s(?:an?|the|one|based|\p{L}+['’]s)\s/u;

function saysWhatIs(text: string, defined: readonly string[]): boolean {
  const [, subject = ''] = SAYS_WHAT.exec(text) ?? [];
  const terms = extractTerms(subject);
  return defined.length > 0 && defined.every((term) => terms.includes(term));
}

function opensDocument({ chunk, parts }: Passage): boolean {
  return (parts?.[0] ?? chunk).id.endsWith('#1');
}
