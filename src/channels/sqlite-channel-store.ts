import type { AnswerResponse } from '../answer-response.ts';
import { sha256 } from '../digest.ts';
import type { Sqlite } from '../sqlite.ts';
import type { ChannelStore, Job, Task } from './channel-store.ts';
import type { JsonObject } from './channel.ts';

/** How long a closed job is kept, for its buttons; and the ids of events, against repetition. */
const KEPT_SECONDS = 30 * 86_400;

/** Jobs after which the oldest are looked for. */
const FORGET_EVERY = 1_000;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS channel_seen (
  channel TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (channel, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS channel_jobs (
  number INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL,
  task TEXT NOT NULL, outgoing TEXT, sent INTEGER NOT NULL, attempts INTEGER NOT NULL, due_ms INTEGER NOT NULL,
  ask_id TEXT, response TEXT, at INTEGER NOT NULL, UNIQUE (channel, id)
) STRICT;
CREATE INDEX IF NOT EXISTS channel_jobs_due ON channel_jobs (channel, due_ms) WHERE state = 'open';
CREATE INDEX IF NOT EXISTS channel_jobs_by_ask ON channel_jobs (ask_id) WHERE ask_id IS NOT NULL;
CREATE TABLE IF NOT EXISTS channel_messages (
  channel TEXT NOT NULL, sent_id TEXT NOT NULL, job INTEGER NOT NULL REFERENCES channel_jobs (number) ON DELETE CASCADE,
  PRIMARY KEY (channel, sent_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS channel_threads (
  channel TEXT NOT NULL, thread TEXT NOT NULL, conversation_id TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (channel, thread)
) STRICT, WITHOUT ROWID;
`;

const JOB = 'channel = ? AND id = ?';

interface Row {
  readonly channel: string;
  readonly id: string;
  readonly state: Job['state'];
  readonly task: string;
  readonly outgoing: string | null;
  readonly sent: number;
  readonly attempts: number;
  readonly due_ms: number;
}

/** Jobs and threads in the one SQLite file. Where an answer was to go is forgotten when it has been sent. */
export function createSqliteChannelStore(sqlite: Sqlite): ChannelStore {
  sqlite.exec(SCHEMA);
  forgetOld(sqlite);
  return { ...readJobs(sqlite), ...writeJobs(sqlite), ...keepThreads(sqlite) };
}

function forgetOld(sqlite: Sqlite): void {
  for (const table of ['channel_seen', 'channel_jobs', 'channel_threads'])
    sqlite.exec(`DELETE FROM ${table} WHERE at < unixepoch() - ${KEPT_SECONDS}`);
}

function readJobs(sqlite: Sqlite): Pick<ChannelStore, 'find' | 'listDue' | 'nextDueMs' | 'findAnswer'> {
  const find = sqlite.prepare<[string, string], Row>(`SELECT * FROM channel_jobs WHERE ${JOB}`);
  const due = sqlite.prepare<[string, number], Row>(
    "SELECT * FROM channel_jobs WHERE state = 'open' AND channel = ? AND due_ms <= ? ORDER BY number LIMIT 100",
  );
  const next = sqlite.prepare<[string, number], { ms: number | null }>(
    "SELECT min(due_ms) AS ms FROM channel_jobs WHERE state = 'open' AND channel = ? AND due_ms > ?",
  );
  const byAsk = sqlite.prepare<[string], { response: string }>(
    'SELECT response FROM channel_jobs WHERE ask_id = ? AND response IS NOT NULL',
  );
  const bySent = sqlite.prepare<[string, string], { response: string }>(
    `SELECT response FROM channel_messages AS m JOIN channel_jobs ON number = job
     WHERE m.channel = ? AND sent_id = ? AND response IS NOT NULL`,
  );
  return {
    find: async (channel, id) => jobOf(find.get(channel, id)),
    listDue: async (channel, nowMs) => due.all(channel, nowMs).flatMap((row) => jobOf(row) ?? []),
    nextDueMs: async (channel, afterMs) => next.get(channel, afterMs)?.ms ?? undefined,
    async findAnswer(about) {
      const row = 'askId' in about ? byAsk.get(about.askId) : bySent.get(about.channel, about.sentId);
      return row && (JSON.parse(row.response) as AnswerResponse);
    },
  };
}

function writeJobs(
  sqlite: Sqlite,
): Pick<ChannelStore, 'accept' | 'saveOutgoing' | 'saveTarget' | 'saveSent' | 'postpone' | 'close'> {
  const see = sqlite.prepare('INSERT OR IGNORE INTO channel_seen VALUES (?, ?, unixepoch())');
  const insert = sqlite.prepare(
    `INSERT INTO channel_jobs (channel, id, state, task, sent, attempts, due_ms, at)
     VALUES (?, ?, 'open', ?, 0, 0, 0, unixepoch())`,
  );
  const update = (what: string) => sqlite.prepare(`UPDATE channel_jobs SET ${what} WHERE ${JOB}`);
  const saveOutgoing = update('outgoing = ?, attempts = 0, ask_id = ?, response = ?');
  const saveTarget = update("task = json_set(task, '$.target', json(?))");
  const saveSent = update('sent = sent + 1, attempts = 0');
  const postpone = update('due_ms = ?, attempts = attempts + 1');
  const close = update("state = ?, task = '{}'");
  const saveMessage = sqlite.prepare(
    `INSERT OR IGNORE INTO channel_messages SELECT channel, ?, number FROM channel_jobs WHERE ${JOB}`,
  );
  return {
    accept: async (channel, ids, task) =>
      sqlite.transaction(() => {
        const fresh = ids.map((id) => see.run(channel, id).changes > 0);
        if (fresh.includes(false)) return false;
        const { lastInsertRowid: number } = insert.run(channel, ids[0], JSON.stringify(task));
        if (Number(number) % FORGET_EVERY === 0) forgetOld(sqlite);
        return true;
      })(),
    async saveOutgoing({ channel, id }, outgoing, response) {
      const kept = response ? JSON.stringify(response) : null;
      saveOutgoing.run(JSON.stringify(outgoing), response?.askId ?? null, kept, channel, id);
    },
    async saveTarget({ channel, id }, target) {
      saveTarget.run(JSON.stringify(target), channel, id);
    },
    saveSent: async ({ channel, id }, sentId) =>
      sqlite.transaction(() => {
        saveSent.run(channel, id);
        if (sentId !== undefined) saveMessage.run(sentId, channel, id);
      })(),
    async postpone({ channel, id }, dueMs) {
      postpone.run(Math.ceil(dueMs), channel, id);
    },
    async close({ channel, id }, state) {
      close.run(state, channel, id);
    },
  };
}

/** Of a thread's name, which says who spoke where, only a digest is kept. */
function keepThreads(sqlite: Sqlite): Pick<ChannelStore, 'findConversation' | 'saveConversation'> {
  const find = sqlite.prepare<[string, string], { conversation_id: string }>(
    'SELECT conversation_id FROM channel_threads WHERE channel = ? AND thread = ?',
  );
  const save = sqlite.prepare('INSERT OR REPLACE INTO channel_threads VALUES (?, ?, ?, unixepoch())');
  return {
    findConversation: async (channel, name) => find.get(channel, sha256(name))?.conversation_id,
    async saveConversation(channel, name, conversationId) {
      save.run(channel, sha256(name), conversationId);
    },
  };
}

function jobOf(row: Row | undefined): Job | undefined {
  if (!row) return undefined;
  const { channel, id, state, task, outgoing, sent, attempts, due_ms: dueMs } = row;
  return {
    channel,
    id,
    state,
    task: JSON.parse(task) as Task,
    outgoing: outgoing === null ? undefined : (JSON.parse(outgoing) as JsonObject[]),
    sent,
    attempts,
    dueMs,
  };
}
