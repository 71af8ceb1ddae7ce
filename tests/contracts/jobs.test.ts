import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ClaimLostError } from '../../src/errors.ts';
import { MAX_JOBS, MAX_TRIES } from '../../src/jobs/jobs.ts';
import { BROKEN, LATE, mustClaim, NONE, publish, REPORT, takeSilently, upload } from '../support/claimed-jobs.ts';
import { listEngines } from '../support/stores.ts';

for (const { name: engine, absent, openJobs } of listEngines())
  describe.skipIf(absent)(`the ${engine} jobs`, () => {
    test('are done in the order in which they were accepted, and told of from the first to the last', async () => {
      const { jobs } = (await openJobs()).one;
      const first = await jobs.accept(upload('a.txt'));
      const second = await jobs.accept({ kind: 'url', subject: 'https://a.example' });
      expect(first).toMatchObject({ kind: 'upload', subject: 'a.txt', status: 'queued', tries: 0, retryable: false });
      const claimed = await mustClaim(jobs);
      expect([claimed.id, claimed.tries]).toEqual([first.id, 1]);
      expect(await jobs.find(first.id)).toMatchObject({ status: 'running', tries: 1, finishedAt: null });
      expect((await mustClaim(jobs)).id).toBe(second.id);
      expect([await jobs.claim(), await jobs.countOpen()]).toEqual([undefined, 2]);
      await claimed.finish({ report: REPORT, documentId: 'a' });
      expect(await jobs.countOpen()).toBe(1);
      const done = { status: 'done', report: REPORT, documentId: 'a', problem: null, problemStatus: null };
      expect(await jobs.find(first.id)).toMatchObject(done);
      expect((await jobs.list()).map(({ id, status }) => [id, status])).toEqual(
        expect.arrayContaining([
          [first.id, 'done'],
          [second.id, 'running'],
        ]),
      );
      expect(await jobs.find('job_none')).toBeUndefined();
    });

    test('bring what they need as it was given, however long', async () => {
      const {
        one: { jobs },
        other: { jobs: other },
      } = await openJobs();
      const bytes = Uint8Array.from({ length: 5_000_001 }, (_, i) => (i * 31) % 251);
      await jobs.accept(upload('long.bin', bytes));
      await jobs.accept(upload('empty.md', new Uint8Array()));
      const { task } = await mustClaim(other);
      expect(Buffer.compare(task.bytes ?? new Uint8Array(), bytes)).toBe(0);
      expect({ ...task, bytes: null }).toEqual({ ...upload('long.bin'), bytes: null });
      expect((await mustClaim(other)).task.bytes).toHaveLength(0);
    });

    // Where several processes work, the later one stays whichever is published first: see below.
    test.runIf(engine === 'sqlite')('of one document do not overtake one another', async () => {
      const { jobs } = (await openJobs()).one;
      await jobs.accept(upload('a.txt'));
      const later = await jobs.accept(upload('a.txt'));
      const other = await jobs.accept(upload('b.txt'));
      const first = await mustClaim(jobs);
      expect((await mustClaim(jobs)).id).toBe(other.id);
      expect(await jobs.claim()).toBeUndefined();
      await first.finish({ report: REPORT });
      expect((await mustClaim(jobs)).id).toBe(later.id);
    });

    test('are put back for a time, with the reason, and are a try only where they were the cause', async () => {
      const { jobs } = (await openJobs()).one;
      const { id } = await jobs.accept(upload('a.txt'));
      const claimed = await mustClaim(jobs);
      await claimed.postpone(LATE, { delayMs: 150, counts: true });
      expect(await jobs.find(id)).toMatchObject({
        status: 'queued',
        tries: 1,
        problem: LATE.message,
        problemStatus: 502,
      });
      expect(await jobs.claim()).toBeUndefined();
      await setTimeout(200);
      const again = await mustClaim(jobs);
      expect([again.id, again.tries]).toEqual([id, 2]);
      await again.postpone({ ...LATE, status: 503 }, { delayMs: 0, counts: false });
      expect((await mustClaim(jobs)).tries).toBe(2);
    });

    test('that failed say why, and go back into the queue whole where that may help', async () => {
      const {
        one: { jobs },
        other: { jobs: other },
      } = await openJobs();
      const passing = await jobs.accept(upload('a.txt'));
      const broken = await jobs.accept(upload('b.txt'));
      await (await mustClaim(jobs)).fail(LATE);
      await (await mustClaim(jobs)).fail(BROKEN);
      const failed = { status: 'failed', problem: LATE.message, problemStatus: 502, retryable: true };
      expect(await other.find(passing.id)).toMatchObject(failed);
      expect(await other.find(broken.id)).toMatchObject({ status: 'failed', problemStatus: 422, retryable: false });
      await expect(other.retry(broken.id)).rejects.toMatchObject({ status: 409 });
      await expect(other.retry('job_none')).rejects.toMatchObject({ status: 404 });
      expect(await other.retry(passing.id)).toMatchObject({ status: 'queued', tries: 0, retryable: false });
      await expect(other.retry(passing.id)).rejects.toMatchObject({ status: 409 });
      const again = await mustClaim(jobs);
      expect([again.id, again.tries, again.task.bytes?.length]).toEqual([passing.id, 1, 3]);
      await again.finish({ report: REPORT });
      await expect(jobs.retry(passing.id)).rejects.toMatchObject({ status: 409 });
    });

    test('beyond what may wait are refused until there is room, by number and by size', async () => {
      const { jobs } = (await openJobs({ limits: { jobs: 2, bytes: 10 } })).one;
      await jobs.accept(upload('a', new Uint8Array(8)));
      await expect(jobs.accept(upload('b', new Uint8Array(8)))).rejects.toMatchObject({
        status: 503,
        retryable: true,
        retryAfterSeconds: expect.any(Number) as number,
      });
      await jobs.accept({ kind: 'url', subject: 'https://a.example' });
      await expect(jobs.accept({ kind: 'refresh', subject: 'corpus' })).rejects.toMatchObject({ status: 503 });
      expect(await jobs.list()).toHaveLength(2);
      await (await mustClaim(jobs)).finish({ report: REPORT });
      await jobs.accept(upload('c', new Uint8Array(9)));
      // A file larger than all room is taken once it has it for itself.
      for (let job = await jobs.claim(); job; job = await jobs.claim()) await job.finish({ report: REPORT });
      await jobs.accept(upload('d', new Uint8Array(11)));
    });

    test('tell how far they are, and are forgotten after the newest, but not while they wait', async () => {
      const { jobs } = (await openJobs()).one;
      const waiting = await jobs.accept({ kind: 'folder', subject: 'corpus' });
      const begun = Array.from({ length: MAX_JOBS + 5 }, (_, i) => jobs.start('url', `https://a.example/${i}`));
      await begun.at(-1)?.finish({ report: REPORT });
      expect(await jobs.list()).toHaveLength(MAX_JOBS);
      expect(await jobs.find(waiting.id)).toMatchObject({ status: 'queued' });
      const claimed = await mustClaim(jobs);
      expect(claimed.id).toBe(waiting.id);
      await setTimeout(260);
      claimed.progress(3, 7);
      await setTimeout(100);
      await expect.poll(() => jobs.find(waiting.id)).toMatchObject({ status: 'running', done: 3, total: 7 });
      await claimed.finish({ report: REPORT });
    });

    test('bring nothing back that was deleted after they were accepted, unless it is sent anew', async () => {
      const {
        one: { jobs, store },
      } = await openJobs();
      await jobs.accept(upload('a.txt'));
      await publish(store, await mustClaim(jobs), 'before');
      await jobs.accept(upload('b.txt'));
      // An embedded store notes the second of a deletion.
      await setTimeout(1010);
      await store.publish({ write: [], relocate: [], remove: ['a'], bury: ['a'] });
      await publish(store, await mustClaim(jobs), 'late');
      expect([await store.findDocument('a'), await store.listBuried()]).toEqual([undefined, ['a']]);
      await jobs.accept(upload('c.txt'));
      await publish(store, await mustClaim(jobs), 'anew');
      expect((await store.findDocument('a'))?.text).toBe('anew');
    });

    test('without room for what failed keep the newest', async () => {
      const { jobs } = (await openJobs({ limits: { jobs: 10, bytes: 10 } })).one;
      const ids: string[] = [];
      for (const name of ['a', 'b', 'c']) {
        ids.push((await jobs.accept(upload(name, new Uint8Array(5)))).id);
        await (await mustClaim(jobs)).fail(LATE);
      }
      const kept = await Promise.all(ids.map(async (id) => (await jobs.find(id))?.retryable));
      expect(kept).toEqual([false, true, true]);
    });

    // PGlite is one backend that all connections share, and of an embedded queue there is one process.
    describe.runIf(engine === 'postgresql')('of several processes', () => {
      test('are given to one process each, however many ask at once', async () => {
        const { one, other } = await openJobs();
        for (let i = 0; i < 12; i++) await one.jobs.accept(upload(`${i}.txt`));
        const asked = Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? one : other).jobs.claim());
        const ids = (await Promise.all(asked)).flatMap((claimed) => (claimed ? [claimed.id] : []));
        expect([ids.length, new Set(ids).size]).toEqual([12, 12]);
      });

      test('whose process fell silent are taken over; what that process does then counts no more', async () => {
        const { one, other } = await openJobs({ leaseMs: 600 });
        const { id } = await one.jobs.accept(upload('a.txt'));
        const silent = await takeSilently(one.jobs);
        expect(await other.jobs.claim()).toBeUndefined();
        await setTimeout(700);
        const taken = await mustClaim(other.jobs);
        expect([taken.id, taken.tries]).toEqual([id, 2]);
        await expect(publish(one.store, silent, 'late')).rejects.toThrow(ClaimLostError);
        await silent.finish({ report: NONE });
        expect(silent.signal.aborted).toBe(true);
        await publish(other.store, taken, 'taken over');
        await taken.finish({ report: REPORT, documentId: 'a' });
        expect(await one.jobs.find(id)).toMatchObject({ status: 'done', report: REPORT, tries: 2 });
        expect((await one.store.findDocument('a'))?.text).toBe('taken over');
      });

      test('are done by those who work on the version of the corpus that they are for', async () => {
        const { one, other } = await openJobs({ version: 'next' });
        const published = await one.jobs.accept(upload('a.txt'));
        expect(await other.jobs.claim()).toBeUndefined();
        const next = await other.jobs.accept(upload('b.txt'));
        expect([(await mustClaim(one.jobs)).id, await one.jobs.claim()]).toEqual([published.id, undefined]);
        expect((await mustClaim(other.jobs)).id).toBe(next.id);
      });

      test('stay with a process that goes on saying so, longer than it may be silent', async () => {
        const { one, other } = await openJobs({ leaseMs: 1000 });
        await one.jobs.accept(upload('a.txt'));
        const claimed = await mustClaim(one.jobs);
        await setTimeout(1300);
        expect(await other.jobs.claim()).toBeUndefined();
        await publish(one.store, claimed, 'text');
        await claimed.finish({ report: REPORT });
      });

      test('that no process survives have failed after some tries, and the next goes on', async () => {
        const { one, other } = await openJobs({ leaseMs: 50 });
        const poison = await one.jobs.accept(upload('poison.pdf'));
        for (let tries = 0; tries < MAX_TRIES; tries++) {
          await takeSilently(one.jobs);
          await setTimeout(60);
        }
        const next = await one.jobs.accept(upload('next.md'));
        expect((await mustClaim(other.jobs)).id).toBe(next.id);
        expect(await other.jobs.find(poison.id)).toMatchObject({
          status: 'failed',
          problem: expect.stringContaining(`${MAX_TRIES} processes`) as string,
          retryable: true,
        });
      });

      test('leave the corpus as if done in the order of acceptance, whichever is published first', async () => {
        const { one, other } = await openJobs();
        for (const name of ['first', 'second', 'third']) await one.jobs.accept(upload(name));
        const [first, second, third] = [
          await mustClaim(one.jobs),
          await mustClaim(one.jobs),
          await mustClaim(other.jobs),
        ];
        await publish(other.store, second, 'second');
        await publish(one.store, first, 'first');
        expect((await one.store.findDocument('a'))?.text).toBe('second');
        await one.store.publish({ write: [], relocate: [], remove: ['a'], bury: ['a'] });
        await publish(other.store, third, 'third');
        expect(await one.store.findDocument('a')).toBeUndefined();
        await one.jobs.accept(upload('fourth'));
        await publish(one.store, await mustClaim(one.jobs), 'fourth');
        expect((await one.store.findDocument('a'))?.text).toBe('fourth');
      });
    });
  });
