import type { DocumentSummaryView } from '../api/views.ts';

/** Empty strings do not restrict. */
export interface DocumentFilter {
  readonly query: string;
  readonly kind: string;
  readonly authority: string;
  readonly language: string;
}

export const NO_FILTER: DocumentFilter = { query: '', kind: '', authority: '', language: '' };

/** The documents that pass, each word of the query somewhere in the title, the topics, the parties or the id. */
export function filterDocuments(
  documents: readonly DocumentSummaryView[],
  { query, kind, authority, language }: DocumentFilter,
): readonly DocumentSummaryView[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return documents.filter((document) => {
    const fields = [document.title, document.id, ...document.topics, ...document.parties];
    const text = fold(fields.join(' '));
    return (
      (kind === '' || document.kind === kind) &&
      (authority === '' || document.authority === authority) &&
      (language === '' || document.language === language) &&
      words.every((word) => text.includes(word))
    );
  });
}

/** Width, case, accents and the two kana made alike; vowel signs of Indic scripts are kept. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}
