import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import { LIMITS } from '../kernel/limits.ts';
import { fail, must } from '../kernel/result.ts';
import type { Job, Progress } from './model.ts';
import { startJob } from './start-job.ts';
import { insertJob } from './store.ts';

const ada = { as: 'ada' };

for (const engine of engines()) {
  let node: TestNode;
  let home: string;
  before(async () => {
    node = await startTestNode({ engine, seed: `jobs ${engine}` });
    home = await node.party('ada');
    await node.party('ben');
  });
  after(() => node.close());

  const start = async (work: (progress: Progress) => Promise<Parameters<typeof fail> | undefined>) =>
    must(
      await startJob(node.deps, home, 'test', async (progress) => {
        const problem = await work(progress);
        return problem && fail(...problem);
      }),
    ).job;
  const look = (id: string) => node.done<Job>('get-job', { id }, ada);

  test(`${engine}: progress can be watched, and the report stays, capped, with its counts`, async () => {
    const gate = Promise.withResolvers<void>();
    let changes = 0;
    node.deps.storage.listen(`changed:${home}`, () => changes++);
    const id = await start(async (progress) => {
      node.clock?.advance(2_000);
      await progress.tell(500, 1_500);
      await gate.promise;
      for (let row = 1; row <= LIMITS.reportRows + 500; row++) {
        progress.note({ row, result: 'added' });
        progress.count('added');
      }
      await progress.tell(1_500);
      return undefined;
    });
    let job = await look(id);
    while (job.done === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      job = await look(id);
    }
    assert.deepEqual([job.state, job.done, job.total, job.rate], ['running', 500, 1_500, 250]);
    gate.resolve();
    await node.idle();
    job = await look(id);
    assert.equal(job.state, 'done');
    assert.equal(job.report?.rows.length, LIMITS.reportRows);
    assert.equal(job.report?.leftOut, 500);
    assert.deepEqual(job.report?.counts, { added: 1_500 });
    assert(changes >= 3, 'pages were told of the start, of progress and of the end');
    assert.equal((await node.refused('get-job', { id }, { as: 'ben' })).code, 'job-unknown');
  });

  test(`${engine}: a cancelled job ends at its next step with what it has done`, async () => {
    const id = await start(async (progress) => {
      for (let step = 1; !progress.isStopping(); step++) {
        progress.count('steps');
        await new Promise((resolve) => setImmediate(resolve));
        await progress.tell(step);
      }
      return undefined;
    });
    assert.equal((await node.refused('cancel-job', { id }, { as: 'ben' })).code, 'job-unknown');
    await node.done('cancel-job', { id }, ada);
    await node.idle();
    const job = await look(id);
    assert.equal(job.state, 'cancelled');
    assert((job.report?.counts.steps ?? 0) > 0);
    assert.equal((await node.refused('cancel-job', { id }, ada)).code, 'job-over');
  });

  test(`${engine}: a failure ends a job with its sentence, a bug with ours and without its words`, async () => {
    const failed = await start(async () => ['feed-broken', 'The feed is broken.', 'Mend it.']);
    const broken = await start(async () => {
      throw new Error('secret words');
    });
    await node.idle();
    assert.deepEqual((await look(failed)).problem, {
      code: 'feed-broken',
      message: 'The feed is broken.',
      next: 'Mend it.',
    });
    const job = await look(broken);
    assert.deepEqual([job.state, job.problem?.code], ['failed', 'internal-error']);
    assert(!JSON.stringify(job).includes('secret'));
  });

  test(`${engine}: so many run at once and no more`, async () => {
    const gate = Promise.withResolvers<undefined>();
    for (let i = 0; i < LIMITS.runningJobs; i++) await start(() => gate.promise);
    const more = await startJob(node.deps, home, 'test', () => gate.promise);
    assert.equal(more.ok ? undefined : more.code, 'jobs-busy');
    gate.resolve(undefined);
    await node.idle();
    await start(async () => undefined);
    await node.idle();
  });

  test(`${engine}: the list has every job once, page by page`, async () => {
    const ids: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await node.done<{ rows: Job[]; next?: string }>(
        'list-jobs',
        { limit: 2, ...(after && { after }) },
        ada,
      );
      ids.push(...page.rows.map((job) => job.id));
      after = page.next;
      if (after === undefined) break;
    }
    assert(ids.length >= 8);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal((await node.refused('list-jobs', { after: 'x' }, ada)).code, 'cursor-unknown');
  });

  test(`${engine}: stopping the node interrupts a job; one that a killed process left is interrupted too`, async () => {
    const id = await start(async (progress) => {
      while (!progress.isStopping()) await new Promise((resolve) => setImmediate(resolve));
      return undefined;
    });
    const row = { kind: 'test', state: 'running', done: 7, total: null, started_at: 1, told_at: 2 } as const;
    await node.deps.storage.transact(home, (tx) =>
      insertJob(tx, { id: 'left', ...row, ended_at: null, report: null, problem: null }),
    );
    await node.reopen();
    assert.equal((await look(id)).state, 'interrupted');
    const left = await look('left');
    assert.deepEqual([left.state, left.done, left.endedAt], ['interrupted', 7, 2]);
  });
}
