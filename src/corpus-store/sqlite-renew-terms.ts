import type { DocumentMetadata } from '../domain.ts';
import type { Sqlite } from '../sqlite.ts';
import { indexTerms, TERMS_VERSION } from './index-terms.ts';

interface ChunkRow {
  readonly label: number;
  readonly headings: string;
  readonly text: string;
}

/** Works the terms of all documents out anew where an earlier version wrote them: questions are analysed as today. */
export function renewTerms(sqlite: Sqlite): void {
  const version = sqlite.prepare<[], string>("SELECT value FROM meta WHERE key = 'terms-version'").pluck();
  const remember = sqlite.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('terms-version', ?)");
  if (version.get() === TERMS_VERSION) return;
  sqlite
    .transaction(() => {
      if (version.get() === TERMS_VERSION) return;
      sqlite.exec("INSERT INTO chunk_terms (chunk_terms) VALUES ('delete-all'); DELETE FROM sounding_terms;");
      writeAll(sqlite);
      remember.run(TERMS_VERSION);
    })
    .immediate();
}

function writeAll(sqlite: Sqlite): void {
  const ids = sqlite.prepare<[], string>('SELECT id FROM documents ORDER BY id').pluck();
  const document = sqlite.prepare<[string], string>('SELECT metadata FROM documents WHERE id = ?').pluck();
  const chunks = sqlite.prepare<[string], ChunkRow>(
    'SELECT label, headings, text FROM chunks WHERE document_id = ? ORDER BY label',
  );
  const index = sqlite.prepare('INSERT INTO chunk_terms (rowid, title, headings, body) VALUES (?, ?, ?, ?)');
  const sound = sqlite.prepare(
    'INSERT OR IGNORE INTO sounding_terms (bucket, script, sound, term) VALUES (@bucket, @script, @sound, @term)',
  );
  for (const id of ids.all()) {
    const metadata = JSON.parse(document.get(id) ?? '{}') as DocumentMetadata;
    const rows = chunks.all(id);
    const read = rows.map(({ headings, text }) => ({ headings: JSON.parse(headings) as string[], text }));
    const terms = indexTerms(metadata, read);
    for (const [i, { label }] of rows.entries())
      index.run(label, terms.title, terms.chunks[i]?.headings, terms.chunks[i]?.body);
    for (const term of terms.sounds) sound.run(term);
  }
}
