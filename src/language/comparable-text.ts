/**
 * A text as it is compared: NFKC, lower case, Devanagari without nukta, digits of every script as ASCII, possessive 's
 * dropped. Applied twice it is the same.
 */
export function comparableText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll('\u093c', '')
    .normalize('NFC')
    .replace(/[’']s\b/gu, '')
    .replace(/[०-९௦-௯]/gu, (digit) => String(((digit.codePointAt(0) ?? 0) & 0xf) - 6));
}
