import { extractTerms } from './terms.ts';

const PART = /[;:!?\n。！？；।]|[.,]\s/u;
const WORD = /[\p{L}\p{M}\p{N}]+(?:[.,'’-][\p{L}\p{M}\p{N}]+)*/gu;
/** Words between a small one and what it belongs to: "before all the". */
const REACH = 3;

/** What a small word tells of the one behind it. Small words of one kind can stand for each other. */
const KINDS_BEFORE = `
  before: before; after: after following; until: until till; since: since; without: without; against: against
  than: than; unlike: unlike; except: except
  from: from between; to: to into towards; by: by; for: for; with: with; of: of; through: through
  at: at in during within; on: on about; above: above over; below: below under`;
/** The same of the word in front of it, in Hindi and Japanese. */
const KINDS_BEHIND = `
  agent: ने が; to: को に へ; from: से から; until: तक まで; object: を; topic: は も; together: と; part: の; place: で`;

/** Who says one of these must have read it. */
const TELLING = new Set(['before', 'after', 'until', 'since', 'without', 'against']);
/** Who leaves one of these out says something else. */
const KEPT = new Set(['than', 'unlike', 'except']);
/** Kinds that cannot both be true of one word. */
const CONFLICTS = pairUp(
  'from-to by-to by-from by-for by-against against-for against-with above-below on-at on-from agent-to agent-from agent-until agent-object object-from object-until from-until topic-together topic-part topic-place agent-together agent-place without-with without-at without-of without-for',
);
const NONE = '';
const YEAR = /^(?:1[5-9]|20)\d\d$/;
/** Japanese words, and what is put behind them. */
const JAPANESE_LINK =
  /([\p{Script=Han}\p{Script=Katakana}ーA-Za-z0-9]{2,40})(から|まで|が|を|に|へ|は|も|と|の|で)(?=[\p{Script=Hiragana}\p{Script=Han}\p{Script=Katakana}、。A-Za-z0-9]|$)/gu;
const JAPANESE = /[\p{Script=Han}\p{Script=Katakana}]/u;
/** What is done to an object, and by whom, may change places. */
const PASSIVE = /[さら]れ(?:た|る|て|ま)/u;

const BEFORE = readKinds(KINDS_BEFORE);
const BEHIND = readKinds(KINDS_BEHIND);

/** The kinds of link that each word of a text has. */
type Links = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Whether the words that a claim takes from its sources are joined by the same small words, where these tell who gives and
 * who takes, before from after, with from without: they are no search terms, and no order shows them.
 */
export function keepsLinks(claim: string, sources: readonly string[]): boolean {
  if (!keepsSubjects(claim, sources)) return false;
  const said = linksOf(sources.join('\n'));
  const mayTurn = [claim, ...sources].some((text) => PASSIVE.test(text));
  return [...linksOf(claim)].every(([word, kinds]) => {
    const known = said.get(word);
    if (known === undefined) return !isPartOfName(word, kinds, said);
    return [...kinds].every((kind) => mayStand(kind, known, { word, mayTurn }));
  });
}

/** In Japanese, who does something is the nearest が before it: of 日本が務める部会が作った it is not Japan that made it. */
function keepsSubjects(claim: string, sources: readonly string[]): boolean {
  return [...claim.matchAll(SUBJECT)].every(([, subject = '', deed = '']) => {
    const places = sources.flatMap((source) => source.split(`${subject}が`).slice(1));
    return places.length === 0 || places.some((after) => (after.split(/が|。/u, 1)[0] ?? '').includes(deed));
  });
}

/** A subject, and the first word behind it that ends in a verb's letters. */
const SUBJECT =
  /([\p{Script=Han}\p{Script=Katakana}ーA-Za-z0-9]{2,40})が(?:[^が、。]{0,60}?を)?([\p{Script=Han}]{1,6})(?=[しすさきりっいまんれら])/gu;

/** Japanese, made a subject, where the sources have it only as the beginning of a longer word: "Italy" of "Italy's chair". */
function isPartOfName(word: string, kinds: ReadonlySet<string>, said: Links): boolean {
  const isSubject = kinds.has('topic') || kinds.has('agent');
  return (
    isSubject && word.length > 1 && [...said.keys()].some((other) => other.startsWith(word) && JAPANESE.test(other))
  );
}

interface Linked {
  readonly word: string;
  readonly mayTurn: boolean;
}

function mayStand(kind: string, known: ReadonlySet<string>, { word, mayTurn }: Linked): boolean {
  if (known.has(kind)) return true;
  if ([...known].every((other) => KEPT.has(other))) return isNumber(word);
  if (TELLING.has(kind)) return kind === 'since' && known.has('from');
  const isAtOdds = (other: string): boolean => areAtOdds(kind, other, { word, mayTurn });
  return known.has(NONE) || ![...known].every(isAtOdds);
}

/** Two links that one word cannot both have; of a year, "by" is another time than "in". */
function areAtOdds(kind: string, other: string, { word, mayTurn }: Linked): boolean {
  if (TELLING.has(other)) return `${other} ${kind}` !== 'since from';
  if (isNumber(word)) return YEAR.test(word) && [kind, other].includes('by');
  if (mayTurn && [kind, other].includes('object')) return false;
  return CONFLICTS.has(`${kind}-${other}`);
}

function linksOf(text: string): Links {
  const links = new Map<string, Set<string>>();
  for (const part of text.split(PART)) {
    const words = (part.match(WORD) ?? []).map((word) => word.toLowerCase());
    const found = [...words.flatMap((_, i) => linkAt(words, i)), ...japaneseLinks(part)];
    for (const [word, kind] of found) links.set(word, (links.get(word) ?? new Set()).add(kind));
  }
  return links;
}

function linkAt(words: readonly string[], i: number): (readonly [string, string])[] {
  const [term] = JAPANESE.test(words[i] ?? '') ? [] : extractTerms(words[i] ?? '');
  const before = kindBefore(words.slice(Math.max(0, i - REACH), i));
  if (term === undefined || before === undefined) return [];
  return [[term, BEHIND.get(words[i + 1] ?? '') ?? before]];
}

/** Of the last small word in front; undefined where another word takes it for itself. */
function kindBefore(reached: readonly string[]): string | undefined {
  const at = reached.findLastIndex((word) => BEFORE.has(word));
  if (at === -1) return NONE;
  return reached.slice(at + 1).some((word) => extractTerms(word).length > 0)
    ? undefined
    : BEFORE.get(reached[at] ?? '');
}

function japaneseLinks(part: string): (readonly [string, string])[] {
  return [...part.matchAll(JAPANESE_LINK)].map(([, word = '', particle = '']) => {
    const day = /\d+[年月日]$/.exec(word)?.[0];
    return [day ?? word, BEHIND.get(particle) ?? NONE];
  });
}

function isNumber(word: string): boolean {
  return /\p{Nd}/u.test(word);
}

function readKinds(table: string): ReadonlyMap<string, string> {
  const rows = table.split(/[;\n]/).flatMap((row) => {
    const [kind, ...words] = row.match(/[^\s:]+/gu) ?? [];
    return words.map((word) => [word, kind ?? NONE] as const);
  });
  return new Map(rows);
}

function pairUp(pairs: string): ReadonlySet<string> {
  return new Set(pairs.split(' ').flatMap((pair) => [pair, pair.split('-').toReversed().join('-')]));
}
