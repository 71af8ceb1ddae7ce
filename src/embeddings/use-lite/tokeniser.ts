/** A piece of the vocabulary and its log-probability, 0 where none is given; its place in the list is its id. */
export type Piece = readonly [text: string, score: number | null];

/** Before these come marks that stand for no text. */
const FIRST_PIECE = 6;
const UNKNOWN = 0;
const SPACE = '▁';

interface Node {
  readonly next: Map<number, Node>;
  piece?: { readonly id: number; readonly score: number };
}

/**
 * Text → the ids of its most probable pieces (SentencePiece's unigram model), `limit` at most. What no piece covers is
 * one unknown token.
 */
export function createTokeniser(vocabulary: readonly Piece[]): (text: string, limit: number) => number[] {
  const root = plantTrie(vocabulary);
  return (text, limit) => {
    const ids: number[] = [];
    const normalised = text.normalize('NFKC');
    // No piece holds a space but at its start, so that each word is split alone.
    for (const word of normalised === '' ? [] : normalised.split(' ')) {
      for (const id of splitWord(SPACE + word, root)) {
        if (id !== UNKNOWN || ids.at(-1) !== UNKNOWN) ids.push(id);
      }
      if (ids.length >= limit) break;
    }
    return ids.slice(0, limit);
  };
}

function plantTrie(vocabulary: readonly Piece[]): Node {
  const root: Node = { next: new Map() };
  for (const [id, [text, score]] of vocabulary.entries()) {
    if (id < FIRST_PIECE) continue;
    let node = root;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const next = node.next.get(unit) ?? { next: new Map<number, Node>() };
      node.next.set(unit, next);
      node = next;
    }
    node.piece = { id, score: score ?? 0 };
  }
  return root;
}

/** Viterbi: the best way to each place by the ways to the places before it. Of equal ways the shorter last piece wins. */
function splitWord(word: string, root: Node): number[] {
  const ways = Array.from({ length: word.length + 1 }, () => ({
    score: Number.NEGATIVE_INFINITY,
    from: 0,
    id: UNKNOWN,
  }));
  const [start] = ways;
  if (start) start.score = 0;
  for (const [from, { score }] of ways.entries()) {
    for (const [end, piece] of findPieces(word, from, root)) {
      const way = ways[end];
      if (way && score + piece.score >= way.score)
        Object.assign(way, { score: score + piece.score, from, id: piece.id });
    }
  }
  const ids: number[] = [];
  for (let way = ways.at(-1); way && way !== start; way = ways[way.from]) ids.push(way.id);
  return ids.toReversed();
}

/** The pieces that begin here, each with where it ends; an unknown one where there are none. */
function* findPieces(word: string, from: number, root: Node): Generator<[number, { id: number; score: number }]> {
  let node = root.next.get(word.charCodeAt(from));
  if (!node && from < word.length) yield [from + 1, { id: UNKNOWN, score: 0 }];
  for (let end = from + 1; node; end++) {
    if (node.piece) yield [end, node.piece];
    node = node.next.get(word.charCodeAt(end));
  }
}
