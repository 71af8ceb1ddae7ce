/** Parts a text, at spaces where it can, into pieces that fit; never inside a character. At least one piece. */
export function chunkText(text: string, fits: (piece: string) => boolean): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > 1 && !fits(rest)) {
    const cut = cutBefore(rest, longestFitting(rest, fits));
    pieces.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return [...pieces, rest].filter((piece) => piece !== '');
}

/** The length of the longest beginning that fits, at least 1. */
function longestFitting(text: string, fits: (piece: string) => boolean): number {
  let [good, bad] = [1, text.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (fits(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

/** The last line end or space before a place, if it is not too far back; else between two characters. */
function cutBefore(text: string, place: number): number {
  const space = Math.max(text.lastIndexOf('\n', place), text.lastIndexOf(' ', place));
  if (space > place / 2) return space;
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(place - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(place));
  if (!splitsPair) return place;
  return place > 1 ? place - 1 : place + 1;
}
