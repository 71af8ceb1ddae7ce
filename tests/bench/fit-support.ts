import { createHash } from 'node:crypto';
import { weighSupport } from '../../src/ask/ground.ts';
import { createSentenceEmbeddings } from '../../src/embeddings/sentence.ts';
import { overstates } from '../../src/language/overstates.ts';
import { extractTerms } from '../../src/language/terms.ts';

/** A claim, the addresses and texts of its evidence, and whether experts say that these support it fully. */
export interface FitClaim {
  readonly question: string;
  readonly claim: string;
  readonly addresses: readonly string[];
  readonly texts: readonly string[];
  readonly supported: boolean;
}

const WINDOW_WORDS = 60;
const MOST_WINDOWS = 4;
const NAME = /(?<=[\p{Ll},] )\p{Lu}[\p{L}\p{N}-]+/gu;
const NUMBER = /\d+(?:[.,]\d+)*/g;

/** All that is known of a claim without a language model, each 0–1 or a logarithm. */
type Features = Readonly<Record<string, number>>;

/** Claims that were not fitted on, by their places, and what the weights fitted on the others give each. */
export interface Scored {
  readonly places: readonly number[];
  readonly scores: readonly number[];
}

/**
 * Weights features on half of the questions and scores the other half, both ways, in so many splits: nothing is scored by
 * what it was fitted on, and no luck of one split is taken for a result.
 */
export async function fitSupport(
  claims: readonly FitClaim[],
  splits: number,
): Promise<{ names: string[]; scored: Scored[] }> {
  const idf = weighTerms(claims);
  const similarities = await measureSimilarities(claims, idf);
  const rows = claims.map((claim, i) => ({ ...measure(claim, idf), encoder: similarities[i] ?? 0 }));
  const names = Object.keys(rows[0] ?? {});
  const scored: Scored[] = [];
  for (let split = 0; split < splits; split++) {
    const halves = claims.map(({ question }) => halfOf(question, split));
    for (const half of [0, 1]) {
      const train = rows.flatMap((row, i) =>
        halves[i] === half ? [{ row, supported: claims[i]?.supported === true }] : [],
      );
      const score = fit(train, names);
      const places = rows.flatMap((_, i) => (halves[i] === half ? [] : [i]));
      scored.push({ places, scores: places.map((i) => score(rows[i] ?? {})) });
    }
  }
  return { names, scored };
}

function halfOf(question: string, split: number): number {
  return (createHash('sha256').update(`${split} ${question}`).digest()[0] ?? 0) % 2;
}

type Weigh = (term: string) => number;

function weighTerms(claims: readonly FitClaim[]): Weigh {
  const counts = new Map<string, number>();
  for (const { texts } of claims) {
    for (const term of new Set(extractTerms(texts.join('\n')))) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  return (term) => Math.log((claims.length + 1) / ((counts.get(term) ?? 0) + 0.5));
}

function measure({ question, claim, addresses, texts }: FitClaim, idf: Weigh): Features {
  const text = texts.join('\n');
  const [own, said] = [extractTerms(claim), extractTerms(text)];
  const sentences = text.split(/(?<=[.!?])\s+|\n+/).map((sentence) => extractTerms(sentence));
  const numbers = [...new Set(claim.match(NUMBER))];
  const names = [...new Set([...claim.matchAll(NAME)].map(([name]) => name.toLowerCase()))];
  const asked = new Set(extractTerms(question));
  const missing = own.filter((term) => !said.includes(term)).map((term) => idf(term));
  const verdict = weighSupport(claim, [{ quote: text, title: '', date: null }]);
  return {
    words: shareOf(own, said),
    weighed: shareOf(own, said, idf),
    pairs: shareOf(pairsOf(own), pairsOf(said)),
    sentence: Math.max(0, ...sentences.map((terms) => shareOf(own, terms, idf))),
    news: shareOf(
      own.filter((term) => !asked.has(term)),
      said,
      idf,
    ),
    address: shareOf(own, extractTerms(addresses.join(' ').replaceAll(/[^\p{L}\p{N}]+/gu, ' ')), idf),
    rarest: Math.max(0, ...missing),
    numbers: share(numbers.filter((number) => !text.includes(number)).length, numbers.length),
    names: share(names.filter((name) => !text.toLowerCase().includes(name)).length, names.length),
    stretched: overstates(claim, [text]) === undefined ? 0 : 1,
    gate: 'reason' in verdict ? 0 : verdict.doubt ? 0.5 : 1,
    length: Math.log1p(own.length),
    evidence: Math.log1p(said.length),
    sources: texts.length,
  };
}

/** The nearest part of the evidence to the claim, by the encoder that ships. */
async function measureSimilarities(claims: readonly FitClaim[], idf: Weigh): Promise<number[]> {
  const workerFile = new URL('../../dist/embeddings/sentence-worker.js', import.meta.url);
  const encoder = createSentenceEmbeddings({ workerFile });
  const windows = claims.map(({ claim, texts }) => windowsOf(texts.join(' '), extractTerms(claim), idf));
  const vectors = await encoder.embedDocuments(claims.map(({ claim }) => claim));
  const others = await encoder.embedDocuments(windows.flat());
  await encoder.close();
  let at = 0;
  return windows.map((parts, i) => {
    const own = others.slice(at, (at += parts.length));
    return Math.max(0, ...own.map((vector) => cosine(vectors[i] ?? [], vector)));
  });
}

function windowsOf(text: string, terms: readonly string[], idf: Weigh): string[] {
  const words = text.split(/\s+/).filter(Boolean);
  const starts = Array.from({ length: Math.ceil(words.length / (WINDOW_WORDS / 2)) }, (_, i) => (i * WINDOW_WORDS) / 2);
  const parts = starts.map((start) => words.slice(start, start + WINDOW_WORDS).join(' '));
  const near = (part: string): number => shareOf(terms, extractTerms(part), idf);
  return parts.toSorted((a, b) => near(b) - near(a)).slice(0, MOST_WINDOWS);
}

/** Logistic regression with a ridge, by gradient descent on standardised features. */
function fit(
  train: readonly { readonly row: Features; readonly supported: boolean }[],
  names: readonly string[],
): (row: Features) => number {
  const scales = names.map((name) => {
    const values = train.map(({ row }) => row[name] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1;
    return (row: Features): number => ((row[name] ?? 0) - mean) / deviation;
  });
  const weights = [0, ...names.map(() => 0)];
  const inputs = train.map(({ row }) => [1, ...scales.map((scale) => scale(row))]);
  const scoreOf = (input: readonly number[]): number => input.reduce((sum, x, k) => sum + x * (weights[k] ?? 0), 0);
  for (let step = 0; step < 600; step++) {
    const errors = inputs.map((input, i) => 1 / (1 + Math.exp(-scoreOf(input))) - (train[i]?.supported ? 1 : 0));
    for (const k of weights.keys()) {
      const ridge = k === 0 ? 0 : (5 * (weights[k] ?? 0)) / train.length;
      const slope = errors.reduce((sum, error, i) => sum + error * (inputs[i]?.[k] ?? 0), 0) / train.length + ridge;
      weights[k] = (weights[k] ?? 0) - 0.5 * slope;
    }
  }
  return (row) => scoreOf([1, ...scales.map((scale) => scale(row))]);
}

function pairsOf(terms: readonly string[]): string[] {
  return terms.slice(1).map((term, i) => `${terms[i]} ${term}`);
}

function shareOf(own: readonly string[], said: readonly string[], weigh: Weigh = () => 1): number {
  const held = new Set(said);
  const all = [...new Set(own)];
  const total = all.reduce((sum, term) => sum + weigh(term), 0);
  return share(
    all.filter((term) => held.has(term)).reduce((sum, term) => sum + weigh(term), 0),
    total,
  );
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  return share(dot(a, b), Math.sqrt(dot(a, a) * dot(b, b)));
}
