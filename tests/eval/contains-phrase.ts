/** Up to this many ASCII characters, a phrase must stand as a whole word or number. */
const SHORT = 4;

/** Whether the text holds the phrase, after NFKC, lower case, and dashes and quotation marks unified. */
export function containsPhrase(text: string, phrase: string): boolean {
  const haystack = normaliseText(text);
  const needle = normaliseText(phrase);
  if (needle.length > SHORT || !/^[\x20-\x7e]+$/.test(needle)) return haystack.includes(needle);
  // Not \b: a full stop or comma between digits belongs to the number, and Japanese may follow without a space.
  const escaped = needle.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`(?<![a-z0-9]|[0-9][.,])${escaped}(?![a-z0-9]|[.,][0-9])`).test(haystack);
}

export function normaliseText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(/[\u2018\u2019\u201a\u201b\u2032]/g, "'")
    .replaceAll(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
