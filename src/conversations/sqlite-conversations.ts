import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../digest.ts';
import type { Turn } from '../domain.ts';
import type { Sqlite } from '../sqlite.ts';
import { MAX_TURNS, type Conversations } from './conversations.ts';

/** Conversations beyond this number are forgotten, the longest unused first. */
const MAX_CONVERSATIONS = 10_000;

interface Row {
  readonly token_digest: string;
  readonly turns: string;
}

/** Conversations in the one SQLite file; of a token only its digest is kept. */
export function createSqliteConversations(sqlite: Sqlite): Conversations {
  const insert = sqlite.prepare(
    'INSERT INTO conversations (id, token_digest, turns, updated_at) VALUES (?, ?, ?, unixepoch())',
  );
  const find = sqlite.prepare<[string], Row>('SELECT token_digest, turns FROM conversations WHERE id = ?');
  const update = sqlite.prepare('UPDATE conversations SET turns = ?, updated_at = unixepoch() WHERE id = ?');
  const remove = sqlite.prepare('DELETE FROM conversations WHERE id = ?');
  const prune = sqlite.prepare(
    'DELETE FROM conversations WHERE id IN (SELECT id FROM conversations ORDER BY updated_at DESC, rowid DESC LIMIT -1 OFFSET ?)',
  );
  const turnsOf = (id: string): Turn[] | undefined => {
    const row = find.get(id);
    return row && (JSON.parse(row.turns) as Turn[]);
  };
  return {
    async start() {
      const id = randomBytes(18).toString('base64url');
      const token = randomBytes(24).toString('base64url');
      insert.run(id, sha256(token), '[]');
      prune.run(MAX_CONVERSATIONS);
      return { id, token };
    },
    async find(id) {
      const turns = turnsOf(id);
      return turns && { id, turns };
    },
    async remember(id, turn) {
      sqlite.transaction(() => {
        const turns = turnsOf(id);
        if (turns) update.run(JSON.stringify([...turns, turn].slice(-MAX_TURNS)), id);
      })();
    },
    async authorise(id, token) {
      const row = find.get(id);
      return row !== undefined && timingSafeEqual(Buffer.from(row.token_digest), Buffer.from(sha256(token)));
    },
    async forget(id) {
      remove.run(id);
    },
  };
}
