/** Unicode tags, bidirectional controls and zero-width marks; the joiners that Indic scripts need are kept. */
const INVISIBLE = /[\u{E0000}-\u{E007F}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/gu;

/** A text without what nobody sees: hidden characters carry instructions past the reader. */
export function visibleText(text: string): string {
  return text.replaceAll(INVISIBLE, '');
}

/** Whether a text holds Unicode tag characters, which have no use but to hide something. */
export function hidesText(text: string): boolean {
  return /[\u{E0000}-\u{E007F}]/u.test(text);
}
