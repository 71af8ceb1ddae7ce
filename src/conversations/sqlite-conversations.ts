import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../digest.ts';
import type { Turn } from '../domain.ts';
import { writeWithoutSync, type Sqlite } from '../sqlite.ts';
import { MAX_TURNS, type Conversations } from './conversations.ts';
import { withoutDocument } from './without-document.ts';

/** Conversations beyond this number are forgotten, the longest unused first. */
const MAX_CONVERSATIONS = 10_000;

interface Row {
  readonly token_digest: string;
  readonly turns: string;
}

const QUOTING = `SELECT DISTINCT conversations.id FROM conversations, json_each(turns) AS turn,
  json_each(turn.value, '$.documentIds') AS cited WHERE cited.value = ?`;

/** Conversations in the one SQLite file; of a token only its digest is kept. */
export function createSqliteConversations(sqlite: Sqlite): Conversations {
  const find = sqlite.prepare<[string], Row>('SELECT token_digest, turns FROM conversations WHERE id = ?');
  const update = sqlite.prepare('UPDATE conversations SET turns = ?, updated_at = unixepoch() WHERE id = ?');
  const remove = sqlite.prepare('DELETE FROM conversations WHERE id = ?');
  const quoting = sqlite.prepare<[string], string>(QUOTING).pluck();
  const begin = beginner(sqlite);
  const isDeleted = sqlite.prepare<[string], number>('SELECT 1 FROM tombstones WHERE id = ?').pluck();
  const turnsOf = (id: string): Turn[] | undefined => {
    const row = find.get(id);
    return row && (JSON.parse(row.turns) as Turn[]);
  };
  const forgetDocument = sqlite.transaction((documentId: string) => {
    for (const id of quoting.all(documentId)) {
      update.run(JSON.stringify(turnsOf(id)?.map((turn) => withoutDocument(turn, documentId))), id);
    }
  });
  const addTurn = sqlite.transaction((id: string, turn: Turn) => {
    const turns = turnsOf(id);
    // A document may have been deleted while it was being quoted.
    const kept = turn.documentIds.filter((cited) => isDeleted.get(cited)).reduce(withoutDocument, turn);
    if (turns) update.run(JSON.stringify([...turns, kept].slice(-MAX_TURNS)), id);
  });
  return {
    async start() {
      const [id, token] = [randomBytes(18).toString('base64url'), randomBytes(24).toString('base64url')];
      writeWithoutSync(sqlite, () => begin(id, sha256(token)));
      return { id, token };
    },
    async find(id) {
      const turns = turnsOf(id);
      return turns && { id, turns };
    },
    async remember(id, turn) {
      writeWithoutSync(sqlite, () => addTurn(id, turn));
    },
    async authorise(id, token) {
      const row = find.get(id);
      return row !== undefined && timingSafeEqual(Buffer.from(row.token_digest), Buffer.from(sha256(token)));
    },
    async forget(id) {
      remove.run(id);
    },
    forgetDocument: async (documentId) => forgetDocument(documentId),
  };
}

/** Makes a row, and room for it. */
function beginner(sqlite: Sqlite): (id: string, tokenDigest: string) => void {
  const insert = sqlite.prepare(
    'INSERT INTO conversations (id, token_digest, turns, updated_at) VALUES (?, ?, ?, unixepoch())',
  );
  const prune = sqlite.prepare(
    'DELETE FROM conversations WHERE id IN (SELECT id FROM conversations ORDER BY updated_at DESC, rowid DESC LIMIT -1 OFFSET ?)',
  );
  return sqlite.transaction((id: string, tokenDigest: string) => {
    insert.run(id, tokenDigest, '[]');
    prune.run(MAX_CONVERSATIONS);
  });
}
