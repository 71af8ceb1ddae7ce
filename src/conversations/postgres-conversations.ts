import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../digest.ts';
import type { Turn } from '../domain.ts';
import type { Postgres, Queries } from '../postgres.ts';
import { MAX_TURNS, type Conversations } from './conversations.ts';
import { withoutDocument } from './without-document.ts';

/** Conversations beyond this number are forgotten, the longest unused first; looked at once in so many new ones. */
const MAX_CONVERSATIONS = 1_000_000;
const PRUNE_EVERY = 1000;

/** Conversations in PostgreSQL, so that any process continues any of them; of a token only its digest is kept. */
export function createPostgresConversations(postgres: Postgres): Conversations {
  let started = 0;
  return {
    async start() {
      const [id, token] = [randomBytes(18).toString('base64url'), randomBytes(24).toString('base64url')];
      await postgres.query("INSERT INTO conversations (id, token_digest, turns) VALUES ($1, $2, '[]')", [
        id,
        sha256(token),
      ]);
      if (++started % PRUNE_EVERY === 0) await prune(postgres);
      return { id, token };
    },
    async find(id) {
      const turns = await turnsOf(postgres, id);
      return turns && { id, turns };
    },
    remember: (id, turn) =>
      postgres.transaction(async (transaction) => {
        const turns = await turnsOf(transaction, id, 'FOR UPDATE');
        if (!turns) return;
        // A document may have been deleted while it was being quoted.
        const deleted = await transaction.query<{ id: string }>('SELECT id FROM tombstones WHERE id = ANY($1)', [
          turn.documentIds,
        ]);
        const kept = deleted.reduce((rest, document) => withoutDocument(rest, document.id), turn);
        await save(transaction, id, [...turns, kept].slice(-MAX_TURNS));
      }),
    async authorise(id, token) {
      const [row] = await postgres.query<{ digest: string }>(
        'SELECT token_digest AS digest FROM conversations WHERE id = $1',
        [id],
      );
      return row !== undefined && timingSafeEqual(Buffer.from(row.digest), Buffer.from(sha256(token)));
    },
    async forget(id) {
      await postgres.query('DELETE FROM conversations WHERE id = $1', [id]);
    },
    forgetDocument: (documentId) => postgres.transaction((transaction) => takeBack(transaction, documentId)),
  };
}

async function takeBack(transaction: Queries, documentId: string): Promise<void> {
  const quoting = await transaction.query<{ id: string; turns: Turn[] }>(
    `SELECT id, turns FROM conversations WHERE EXISTS (
       SELECT 1 FROM json_array_elements(turns) AS turn,
         json_array_elements_text(turn -> 'documentIds') AS cited WHERE cited = $1)
     FOR UPDATE`,
    [documentId],
  );
  for (const { id, turns } of quoting) {
    const rest = turns.map((turn) => withoutDocument(turn, documentId));
    await save(transaction, id, rest);
  }
}

async function turnsOf(queries: Queries, id: string, lock: '' | 'FOR UPDATE' = ''): Promise<Turn[] | undefined> {
  if (id.includes('\0')) return undefined;
  const [row] = await queries.query<{ turns: Turn[] }>(`SELECT turns FROM conversations WHERE id = $1 ${lock}`, [id]);
  return row?.turns;
}

async function save(transaction: Queries, id: string, turns: readonly Turn[]): Promise<void> {
  await transaction.query('UPDATE conversations SET turns = $2, updated_at = now() WHERE id = $1', [
    id,
    JSON.stringify(turns),
  ]);
}

async function prune(queries: Queries): Promise<void> {
  await queries.query(
    'DELETE FROM conversations WHERE id IN (SELECT id FROM conversations ORDER BY updated_at DESC OFFSET $1)',
    [MAX_CONVERSATIONS],
  );
}
