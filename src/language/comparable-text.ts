/**
 * A text as it is compared: NFKC, lower case, Devanagari without nukta, digits of every script as ASCII, without what
 * follows an apostrophe in "India's", "didn't" and "we'll". Applied twice it is the same.
 */
export function comparableText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll('\u093c', '')
    .normalize('NFC')
    .replace(/[’'](?:s|t|d|m|ll|re|ve)\b/gu, '')
    .replace(/[०-९௦-௯]/gu, (digit) => String(((digit.codePointAt(0) ?? 0) & 0xf) - 6));
}
