/** Spelling → sound, in this order, over the letters a-z; `C` is the ch of "chip", `S` the sh of "ship". */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:kn|gn)/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/^x/, 'z'],
  [/^eu/, 'yu'],
  [/^u(?=n[ie]|[st][aeiou])/, 'yu'],
  [/mb$/, 'm'],
  [/[ts]ion/, 'San'],
  [/cian/, 'San'],
  [/[ct]ious/, 'Sas'],
  [/[ct]ial/, 'Sal'],
  [/tu(?=[aeor])/, 'Cu'],
  [/igh(?=t|$)/, 'ai'],
  [/[ao]ugh(?=t)/, 'o'],
  [/tch/, 'C'],
  [/s?ch(?=[rnlm])/, 'k'],
  [/sch/, 'sk'],
  [/ch/, 'C'],
  [/sh/, 'S'],
  [/ph/, 'f'],
  [/dg(?=e)/, 'j'],
  [/g(?=[eiy])/, 'j'],
  [/wh/, 'w'],
  [/qu/, 'kw'],
  [/(?<=[kg])u(?=a)/, 'w'],
  [/cc(?=[eiy])/, 'ks'],
  [/c(?=[eiy])/, 's'],
  [/ck|c|q/, 'k'],
  [/x/, 'ks'],
  [/ts/, 's'],
  [/(?<=[bcdfgjklmnprstvzSC])h/, ''],
  [/(?<=[aeo])w(?![aeiou])/, 'u'],
  [/(?<=[^aeiouy].*)e(?=s?$)/, ''],
  [/oo|ou/, 'u'],
  [/ee|ea|ie/, 'i'],
  [/ai|ay|ei|ey/, 'e'],
  [/au|oa/, 'o'],
  [/y(?![aeiou])/, 'i'],
  [/(.)\1+/, '$1'],
];
const RULES = SPELLINGS.map(([pattern, sound]) => [new RegExp(pattern, 'g'), sound] as const);

/** How a romanised word sounds, with the habits of English spelling undone; what the two functions below compare. */
export function soundOf(roman: string): string {
  return RULES.reduce((word, [pattern, sound]) => word.replace(pattern, sound), roman);
}

const CLASSES = new Map(
  ['Ppbfvw', 'Ttd', 'Kkg', 'Nmn', 'SszjCS', 'Rrl', 'Hh'].flatMap(([name = '', ...letters]) =>
    letters.map((letter) => [letter, name] as const),
  ),
);
const BUCKET_LENGTH = 3;

/**
 * A coarse key that words which sound alike share: the classes of the first three consonants, a first vowel as `A`.
 * After the first letter, r, l, h and repetitions do not count: scripts disagree most on them.
 */
export function soundBucket(roman: string): string {
  return bucketOf(soundOf(roman));
}

/** `soundBucket` of what `soundOf` gave. */
export function bucketOf(sound: string): string {
  const first = CLASSES.get(sound.slice(0, 1)) ?? 'A';
  const others = Array.from(sound.slice(1), (letter) => CLASSES.get(letter) ?? '').join('');
  return `${first}${others.replace(/[RH]/g, '')}`.replace(/(.)\1+/g, '$1').slice(0, BUCKET_LENGTH);
}

/** 1 for words that sound the same, down to 0; symmetric. Both in the letters a-z, as `romanise` gives them. */
export function soundSimilarity(a: string, b: string): number {
  return compareSounds(soundOf(a), soundOf(b));
}

/**
 * `soundSimilarity` of what `soundOf` gave: 1 − weighted edit distance ÷ weight of the heavier word. 0 where it is
 * below `atLeast`, which saves most of the work among many words.
 */
export function compareSounds(a: string, b: string, atLeast = 0): number {
  if (a === b) return 1;
  const [left, right] = [weigh(a), weigh(b)];
  const heavier = Math.max(left.total, right.total);
  const furthest = heavier * (1 - atLeast) + ROUNDING;
  if (Math.abs(left.total - right.total) > furthest) return 0;
  const distance = measureDistance(left, right, furthest);
  return distance > furthest ? 0 : Math.max(0, 1 - distance / heavier);
}

const ROUNDING = 1e-9;

/** The least that turns one word into the other; infinite where it is surely above the limit. */
function measureDistance(from: Weighed, to: Weighed, furthest: number): number {
  let row = [0];
  for (const weight of to.weights) row.push((row.at(-1) ?? 0) + weight);
  for (let at = 0; at < from.sound.length; at++) {
    row = nextRow(row, { letter: from.sound[at] ?? '', weight: from.weights[at] ?? 0, to });
    if (Math.min(...row) > furthest) return Infinity;
  }
  return row.at(-1) ?? 0;
}

/** One row of the edit distance: what turns the word up to this letter into each beginning of the other. */
function nextRow(previous: readonly number[], step: { letter: string; weight: number; to: Weighed }): number[] {
  const { letter, weight, to } = step;
  let before = (previous[0] ?? 0) + weight;
  const row = [before];
  for (let j = 0; j < to.sound.length; j++) {
    const change = (previous[j] ?? 0) + changeCost(letter, to.sound[j] ?? '');
    before = Math.min((previous[j + 1] ?? 0) + weight, before + (to.weights[j] ?? 0), change);
    row.push(before);
  }
  return row;
}

interface Weighed {
  readonly sound: string;
  /** What each letter costs where the other word lacks it. */
  readonly weights: readonly number[];
  readonly total: number;
}

const VOWEL = /[aeiou]/;
const VOWEL_WEIGHT = 0.3;
/** What some scripts leave out: h and y, a plural s, an r that closes a syllable. */
const FAINT = /[hy]|(?<=..)s$|(?<=.)r(?![aeiou])/g;
const FAINT_WEIGHT = 0.4;

function weigh(sound: string): Weighed {
  const letters = sound.replace(FAINT, '-').split('');
  const weights = letters.map((letter) => {
    if (letter === '-') return FAINT_WEIGHT;
    return VOWEL.test(letter) ? VOWEL_WEIGHT : 1;
  });
  return { sound, weights, total: weights.reduce((sum, weight) => sum + weight, 0) };
}

/** Pairs of sounds that scripts write alike or loanwords swap, with the cost of the swap; every other pair costs 1. */
const SWAPS =
  'ae=0.15 ai=0.25 ao=0.15 au=0.2 ei=0.1 eo=0.25 eu=0.25 io=0.25 iu=0.25 ou=0.1 bp=0.2 dt=0.2 gk=0.2 fv=0.2 sz=0.15 Cj=0.25 ' +
  'bv=0.25 bw=0.3 vw=0.05 fp=0.25 pv=0.4 Ss=0.2 CS=0.3 Cs=0.35 jz=0.15 Sj=0.4 js=0.5 Sz=0.4 Ct=0.5 dj=0.5 dz=0.5 st=0.7 ' +
  'mn=0.25 lr=0.25 gj=0.5 hk=0.6 gh=0.6 fh=0.4 iy=0.2 uw=0.2 dr=0.6';
const SWAP_COSTS = new Map(
  SWAPS.split(' ').flatMap((swap) => {
    const [a, b, , ...cost] = swap;
    return [`${a}${b}`, `${b}${a}`].map((pair) => [pair, Number(cost.join(''))] as const);
  }),
);

function changeCost(a: string, b: string): number {
  return a === b ? 0 : (SWAP_COSTS.get(a + b) ?? 1);
}
