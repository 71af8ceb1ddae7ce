import { randomUUID } from 'node:crypto';
import type { AnswerResponse } from '../answer-response.ts';
import { sha256 } from '../digest.ts';
import type { Postgres, Queries } from '../postgres.ts';
import type { ChannelStore, Job, Task } from './channel-store.ts';
import type { JsonObject } from './channel.ts';

/** How long a closed job is kept, for its buttons; and the ids of events, against repetition. */
const KEPT_DAYS = 30;
/** Jobs after which the oldest are looked for. */
const FORGET_EVERY = 1000;
/** A process that was given a job and is gone has others take it over after this time. */
const CLAIM_MINUTES = 5;
/** How often is looked for what others left. */
const LOOK_MS = 60_000;

const JOB = 'channel = $1 AND id = $2';
const COLUMNS = 'channel, id, state, task, outgoing, sent, attempts, due_ms AS "dueMs"';

type Row = Omit<Job, 'outgoing' | 'task'> & { readonly task: Task; readonly outgoing: readonly JsonObject[] | null };

/** Jobs and threads in PostgreSQL. Of several processes one is given a job. */
export function createPostgresChannelStore(postgres: Postgres): ChannelStore {
  return { ...readJobs(postgres), ...writeJobs(postgres), ...keepThreads(postgres) };
}

function readJobs(postgres: Queries): Pick<ChannelStore, 'find' | 'listDue' | 'nextDueMs' | 'findAnswer'> {
  const owner = randomUUID();
  return {
    async find(channel, id) {
      const [row] = await postgres.query<Row>(`SELECT ${COLUMNS} FROM channel_jobs WHERE ${JOB}`, [channel, id]);
      return row && jobOf(row);
    },
    async listDue(channel, nowMs) {
      const rows = await postgres.query<Row & { number: number }>(
        `UPDATE channel_jobs SET claimed_by = $3, claimed_until = now() + interval '${CLAIM_MINUTES} minutes'
         WHERE number IN (
           SELECT number FROM channel_jobs
           WHERE state = 'open' AND channel = $1 AND due_ms <= $2 AND (claimed_by = $3 OR claimed_until IS NULL OR claimed_until < now())
           ORDER BY number LIMIT 100 FOR UPDATE SKIP LOCKED)
         RETURNING number, ${COLUMNS}`,
        [channel, Math.floor(nowMs), owner],
      );
      return rows.toSorted((a, b) => a.number - b.number).map(jobOf);
    },
    async nextDueMs(channel, afterMs) {
      const [row] = await postgres.query<{ ms: number | null }>(
        "SELECT min(due_ms) AS ms FROM channel_jobs WHERE state = 'open' AND channel = $1 AND due_ms > $2",
        [channel, Math.floor(afterMs)],
      );
      return Math.min(row?.ms ?? Number.POSITIVE_INFINITY, afterMs + LOOK_MS);
    },
    async findAnswer(about) {
      const [row] = await ('askId' in about
        ? postgres.query<{ response: AnswerResponse }>(
            'SELECT response FROM channel_jobs WHERE ask_id = $1 AND response IS NOT NULL',
            [about.askId],
          )
        : postgres.query<{ response: AnswerResponse }>(
            `SELECT response FROM channel_messages AS m JOIN channel_jobs ON number = job
             WHERE m.channel = $1 AND sent_id = $2 AND response IS NOT NULL`,
            [about.channel, about.sentId],
          ));
      return row?.response;
    },
  };
}

function writeJobs(
  postgres: Postgres,
): Pick<ChannelStore, 'accept' | 'saveOutgoing' | 'saveTarget' | 'saveSent' | 'postpone' | 'close'> {
  const update = async (what: string, { channel, id }: { channel: string; id: string }, ...more: unknown[]) => {
    await postgres.query(`UPDATE channel_jobs SET ${what} WHERE ${JOB}`, [channel, id, ...more]);
  };
  return {
    accept: (channel, ids, task) =>
      postgres.transaction(async (transaction) => {
        const seen = await transaction.query(
          'INSERT INTO channel_seen (channel, id) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING RETURNING id',
          [channel, [...new Set(ids)].toSorted()],
        );
        if (seen.length < new Set(ids).size) return false;
        const [job] = await transaction.query<{ number: number }>(
          "INSERT INTO channel_jobs (channel, id, state, task) VALUES ($1, $2, 'open', $3) RETURNING number",
          [channel, ids[0], JSON.stringify(task)],
        );
        if ((job?.number ?? 1) % FORGET_EVERY === 0) await forgetOld(transaction);
        return true;
      }),
    saveOutgoing: (job, outgoing, response) =>
      update(
        'outgoing = $3, attempts = 0, ask_id = $4, response = $5',
        job,
        JSON.stringify(outgoing),
        response?.askId ?? null,
        response ? JSON.stringify(response) : null,
      ),
    saveTarget: (job, target) =>
      update("task = jsonb_set(task::jsonb, '{target}', $3::jsonb)::json", job, JSON.stringify(target)),
    saveSent: ({ channel, id }, sentId) =>
      postgres.transaction(async (transaction) => {
        const [job] = await transaction.query<{ number: number }>(
          `UPDATE channel_jobs SET sent = sent + 1, attempts = 0 WHERE ${JOB} RETURNING number`,
          [channel, id],
        );
        if (!job || sentId === undefined) return;
        await transaction.query(
          'INSERT INTO channel_messages (channel, sent_id, job) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
          [channel, sentId, job.number],
        );
      }),
    postpone: (job, dueMs) =>
      update('due_ms = $3, attempts = attempts + 1, claimed_until = NULL', job, Math.ceil(dueMs)),
    close: (job, state) => update("state = $3, task = '{}'", job, state),
  };
}

async function forgetOld(transaction: Queries): Promise<void> {
  for (const table of ['channel_seen', 'channel_jobs', 'channel_threads'])
    await transaction.query(`DELETE FROM ${table} WHERE at < now() - interval '${KEPT_DAYS} days'`);
}

/** Of a thread's name, which says who spoke where, only a digest is kept. */
function keepThreads(postgres: Queries): Pick<ChannelStore, 'findConversation' | 'saveConversation'> {
  return {
    async findConversation(channel, name) {
      const [row] = await postgres.query<{ id: string }>(
        'SELECT conversation_id AS id FROM channel_threads WHERE channel = $1 AND thread = $2',
        [channel, sha256(name)],
      );
      return row?.id;
    },
    async saveConversation(channel, name, conversationId) {
      await postgres.query(
        `INSERT INTO channel_threads (channel, thread, conversation_id) VALUES ($1, $2, $3)
         ON CONFLICT (channel, thread) DO UPDATE SET conversation_id = excluded.conversation_id, at = now()`,
        [channel, sha256(name), conversationId],
      );
    },
  };
}

function jobOf({ outgoing, channel, id, state, task, sent, attempts, dueMs }: Row): Job {
  return { channel, id, state, task, sent, attempts, dueMs, outgoing: outgoing ?? undefined };
}
