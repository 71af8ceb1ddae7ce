import type { Sqlite } from '../sqlite.ts';
import { beginJob, followJob, judgeJob } from './follow-job.ts';
import { MAX_JOBS, type Job, type Jobs, type QueueLimits } from './jobs.ts';
import { createMemoryQueue } from './memory-queue.ts';

interface Row {
  readonly state: string;
  readonly saidAt: number;
}

/** Jobs in the one SQLite file, so that any process can tell of any; what waits is in this process. */
export function createSqliteJobs(sqlite: Sqlite, limits: QueueLimits): Jobs & { abandon(): void } {
  const save = sqlite.prepare(
    "INSERT OR REPLACE INTO jobs (id, started_at, state) VALUES (@id, @startedAt, json_insert(@state, '$.saidAt', @saidAt))",
  );
  const find = sqlite.prepare<[string], Row>(`SELECT state, state ->> '$.saidAt' AS saidAt FROM jobs WHERE id = ?`);
  const list = sqlite.prepare<[number], Row>(
    `SELECT state, state ->> '$.saidAt' AS saidAt FROM jobs ORDER BY started_at DESC, id LIMIT ?`,
  );
  const prune = sqlite.prepare(
    'DELETE FROM jobs WHERE id IN (SELECT id FROM jobs ORDER BY started_at DESC, id LIMIT -1 OFFSET ?)',
  );
  const write = (job: Job): void => {
    const saidAt = Date.now();
    save.run({ id: job.id, startedAt: Date.parse(job.startedAt), state: JSON.stringify(job), saidAt });
  };
  const add = (job: Job): Job => {
    write(job);
    prune.run(MAX_JOBS);
    return job;
  };
  const queue = createMemoryQueue(limits, write);
  const jobOf = ({ state, saidAt }: Row): Job => {
    const { saidAt: _, ...job } = JSON.parse(state) as Job & { saidAt: number };
    return queue.find(job.id) ?? { ...judgeJob(job, saidAt), retryable: false };
  };
  // What waits is known for as long, however many came after it.
  const findJob = (id: string): Job | undefined => {
    const row = find.get(id);
    return row ? jobOf(row) : queue.find(id);
  };
  return {
    start(kind, subject) {
      const job = add(beginJob({ kind, subject }, 'running'));
      return followJob(job, async (now) => write(now));
    },
    accept: async (task) => add(queue.accept(task)),
    claim: async () => queue.claim(),
    countOpen: async () => queue.count(),
    retry: async (id) => queue.retry(id, findJob(id)),
    find: async (id) => findJob(id),
    list: async () => list.all(MAX_JOBS).map(jobOf),
    abandon: () => queue.abandon(),
  };
}
