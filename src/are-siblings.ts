import type { DocumentMetadata } from './domain.ts';

/** Two documents of one kind and day on mostly the same sources, in different languages, are one brief written twice. */
export function areSiblings(a: DocumentMetadata, b: DocumentMetadata): boolean {
  if (a.language === b.language || a.date !== b.date || a.kind !== b.kind) return false;
  const urls = new Set(a.sources.flatMap(({ url = '' }) => url));
  const shared = b.sources.filter(({ url = '' }) => url !== '' && urls.has(url)).length;
  return shared > 0 && shared * 2 >= Math.min(a.sources.length, b.sources.length);
}
