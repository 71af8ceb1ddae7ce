import type { DocumentMetadata } from '../domain.ts';
import type { Sqlite } from '../sqlite.ts';
import type { CorpusStore } from './corpus-store.ts';

/** Few documents replace others: an index over those alone keeps the question cheap in a large corpus. */
const INDEX = `CREATE INDEX IF NOT EXISTS documents_that_supersede ON documents (id)
  WHERE json_array_length(metadata, '$.supersedes') > 0`;

/** Who replaces documents, by their ids or titles. */
export function supersedingQuery(sqlite: Sqlite): Pick<CorpusStore, 'findSuperseding'> {
  sqlite.exec(INDEX);
  const find = sqlite.prepare<[string], { name: string; metadata: string }>(
    `SELECT replaced.value AS name, metadata FROM documents, json_each(metadata, '$.supersedes') AS replaced
     WHERE json_array_length(metadata, '$.supersedes') > 0 AND replaced.value IN (SELECT value FROM json_each(?))
     ORDER BY date, documents.id`,
  );
  return {
    async findSuperseding(names) {
      const found = new Map<string, DocumentMetadata[]>();
      for (const { name, metadata } of find.all(JSON.stringify(names))) {
        found.set(name, [...(found.get(name) ?? []), JSON.parse(metadata) as DocumentMetadata]);
      }
      return found;
    },
  };
}
