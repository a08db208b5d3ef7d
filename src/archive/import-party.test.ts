import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { PASSPHRASE, startTestNode, type TestNode } from '../../test/harness/node.ts';
import { type Engine, engines } from '../../test/harness/test-deps.ts';
import type { Actor } from '../kernel/operation.ts';
import { type Failure, isFailure, must, type Result } from '../kernel/result.ts';
import { getPartyRow } from '../parties/index.ts';
import type { Storage } from '../storage/index.ts';
import { importParty } from './import-party.ts';
import { sweepUnfinished } from './index.ts';
import type { ArchiveDeps, ImportReport, Report } from './model.ts';
import { HERE_ONLY, SECTIONS } from './sections.ts';
import {
  ARCHIVE_PASSPHRASE,
  countAgain,
  editRow,
  exportQuickly,
  openTown,
  readLinesOf,
  reportOn,
  scratchFolder,
  sealText,
  uploadOf,
} from './testing.ts';

const OPERATOR: Actor = { home: undefined, isOperator: true };
const folder = scratchFolder();
const archive = join(folder, 'maya');
let lines: string[] = [];
let whole: Report;
let home = '';
let made = 0;

before(async () => {
  const town = await openTown('sqlite', 'imports', 2);
  home = town.homes.maya;
  writeFileSync(archive, readFileSync(await exportQuickly(town.node, home)));
  await town.node.close();
  lines = await readLinesOf(archive);
  whole = await reportOn(archive);
});

function bring(
  deps: ArchiveDeps,
  path = archive,
  passphrase = ARCHIVE_PASSPHRASE,
): Promise<Result<ImportReport>> {
  return importParty(deps, OPERATOR, { file: uploadOf(path), passphrase });
}

async function refusal(deps: ArchiveDeps, path: string): Promise<Failure> {
  const result = await bring(deps, path);
  assert(isFailure(result), 'it should have been refused');
  return result;
}

/** The archive with other lines, counted anew. */
async function forged(name: string, change: (lines: string[]) => void): Promise<string> {
  const copy = [...lines];
  change(copy);
  countAgain(copy);
  const path = join(folder, `${name}-${made++}`);
  await sealText(path, `${copy.join('\n')}\n`);
  return path;
}

/** A transaction in which most rows are there: each table is emptied in one of its own first. */
const LATE = SECTIONS.length + HERE_ONLY.length + 10;

/** Rows of the home in any table, and what the node itself remembers of it. */
async function traces({ deps }: TestNode): Promise<number> {
  return deps.storage.read(async (view) => {
    let sum = 0;
    const count = async (query: ReturnType<typeof sql<{ n: number }>>): Promise<void> => {
      sum += (await query.execute(view.db)).rows[0]?.n ?? 0;
    };
    for (const { table } of SECTIONS) {
      await count(sql<{ n: number }>`select count(*) as n from ${sql.table(table)} where home_id = ${home}`);
    }
    await count(sql<{ n: number }>`select count(*) as n from handles where party = ${home}`);
    await count(sql<{ n: number }>`select count(*) as n from node_values where name like ${`%${home}`}`);
    return sum;
  });
}

/** The same database, which fails at its n-th transaction from now, as one that a crash ends does. */
function breaking(storage: Storage, at: number): Storage & { done(): number } {
  let done = 0;
  return {
    ...storage,
    done: () => done,
    transact(of, body) {
      if (++done === at) throw new Error('the power went out');
      return storage.transact(of, body);
    },
  };
}

function onEach(name: string, body: (node: TestNode, engine: Engine) => Promise<void>): void {
  for (const engine of engines()) {
    test(`${name}, on ${engine}`, async () => {
      const node = await startTestNode({ engine, seed: name });
      try {
        await body(node, engine);
      } finally {
        await node.close();
      }
    });
  }
}

onEach('an import that is interrupted anywhere leaves nothing, or all of it', async (node) => {
  const counting = breaking(node.deps.storage, 0);
  must(await bring({ ...node.deps, storage: counting }));
  const steps = counting.done();
  const isThere = (): Promise<boolean> =>
    node.deps.storage.read(async (view) => (await getPartyRow(view, home)) !== undefined);
  const remove = () => node.done('remove-party', { passphrase: PASSPHRASE }, { as: 'maya' });
  await remove();
  assert.equal(await traces(node), 0);
  for (const at of [1, 2, 40, 70, steps - 4, steps - 2, steps - 1, steps]) {
    const deps = { ...node.deps, storage: breaking(node.deps.storage, at) };
    await assert.rejects(bring(deps), /the power went out/);
    // After the party's own row only the mark is taken away, and the operator appointed.
    assert.equal(await isThere(), at >= steps - 1, `${at} of ${steps}`);
    assert.equal(await sweepUnfinished(node.deps), at === 1 || at === steps ? 0 : 1, `${at} of ${steps}`);
    if (await isThere()) await remove();
    assert.equal(await traces(node), 0, `${at} of ${steps}`);
  }
  const wrong = await node.refused('sign-in', { handle: 'maya', passphrase: PASSPHRASE });
  assert.equal(wrong.code, 'sign-in-refused');
  const report = must(await bring(node.deps));
  assert.deepEqual([report.ok, report.counts, report.hashes], [true, whole.counts, whole.hashes]);
});

onEach('an import can be run again right after an interruption, without anything between', async (node) => {
  const deps = { ...node.deps, storage: breaking(node.deps.storage, LATE) };
  await assert.rejects(bring(deps), /the power went out/);
  assert.ok((await traces(node)) > 0);
  const report = must(await bring(node.deps));
  assert.deepEqual([report.ok, report.counts, report.hashes], [true, whole.counts, whole.hashes]);
});

onEach('a node that stops ends an import between two steps, and nothing stays', async (node) => {
  const running = bring(node.deps);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await node.deps.jobs.stop();
  const result = await running;
  if (isFailure(result)) {
    assert.equal(result.code, 'import-stopped');
    assert.equal(await traces(node), 0);
  } else assert.equal(result.value.ok, true);
});

onEach('what does not arrive is named, and then nothing stays', async (node) => {
  const { storage } = node.deps;
  const losing = (loss: ReturnType<typeof sql>, at: number): Storage => {
    let done = 0;
    return {
      ...storage,
      async transact(of, body) {
        if (++done === at) await storage.transact(home, (tx) => loss.execute(tx.db));
        return storage.transact(of, body);
      },
    };
  };
  const losses: [ReturnType<typeof sql>, Record<string, string>][] = [
    [sql`delete from documents where type = 'refusal'`, { documents: '6 of 7 rows are there.' }],
    [
      sql`update identities set purpose = 'x'`,
      { identities: '2 rows are there, and they are not the same.' },
    ],
  ];
  for (const [loss, fields] of losses) {
    const failure = await bring({ ...node.deps, storage: losing(loss, LATE) });
    assert(isFailure(failure));
    assert.deepEqual([failure.code, failure.fields], ['import-incomplete', fields]);
    assert.equal(await traces(node), 0);
  }
});

onEach('two imports of one party at once: one goes through', async (node) => {
  const results = await Promise.all([bring(node.deps), bring(node.deps)]);
  const codes = results.map((result) => (result.ok ? 'ok' : result.code)).sort();
  assert.ok(['import-running', 'party-exists'].includes(codes[0] ?? ''), codes.join());
  assert.equal(codes[1], 'ok');
  assert.equal((await refusal(node.deps, archive)).code, 'party-exists');
});

onEach('a handle that is taken is told, and the first party of a node runs it', async (node) => {
  const other = await startTestNode({ seed: 'empty' });
  try {
    await bring(other.deps);
    const operator = await other.deps.storage.read((view) =>
      sql`select name from node_values where name = ${`operator/${home}`}`.execute(view.db),
    );
    assert.equal(operator.rows.length, 1);
  } finally {
    await other.close();
  }
  await node.party('maya');
  const report = must(await bring(node.deps));
  assert.equal(report.handle, 'maya-2');
  assert.ok(report.notices.some((notice) => notice.code === 'handle-taken'));
  await node.done('sign-in', { handle: 'maya-2', passphrase: PASSPHRASE });
  const { parties } = await node.done<{ parties: { id: string }[] }>('who-am-i', {}, { as: 'maya' });
  assert.notEqual(parties[0]?.id, home);
});

/** Changes what the first line says of the columns of items. */
function editHead(copy: string[], change: (columns: Record<string, string>) => void): void {
  const header = JSON.parse(copy[0] ?? '');
  change(header.sections.find((section: { name: string }) => section.name === 'items').columns);
  copy[0] = JSON.stringify(header);
}

const anyRow = (): boolean => true;

/** Archives that are whole, and that no database of this version takes. */
const MISFITS: Readonly<Record<string, [code: string, change: (copy: string[]) => void]>> = {
  newer: [
    'archive-newer',
    (copy) => {
      editHead(copy, (columns) => Object.assign(columns, { zzz: 'text' }));
      editRow(copy, 'items', anyRow, (row) => Object.assign(row, { zzz: 'new' }));
    },
  ],
  older: [
    'archive-older',
    (copy) => {
      editHead(copy, (columns) => delete columns.category);
      editRow(copy, 'items', anyRow, (row) => delete row.category);
    },
  ],
  'null where none may be': [
    'import-incomplete',
    (copy) => editRow(copy, 'items', anyRow, (row) => Object.assign(row, { category: null })),
  ],
  'two in one place': [
    'archive-refused',
    (copy) =>
      editRow(
        copy,
        'records',
        ({ seq }) => seq === 2,
        (row) => Object.assign(row, { place: 1 }),
      ),
  ],
  'the node’s own home': [
    'archive-refused',
    (copy) => {
      copy[0] = (copy[0] ?? '').replace(home, 'node');
    },
  ],
};

onEach('an archive that does not fit this database is refused, and nothing stays', async (node) => {
  for (const [name, [code, change]] of Object.entries(MISFITS)) {
    assert.equal((await refusal(node.deps, await forged('misfit', change))).code, code, name);
    assert.equal(await traces(node), 0, name);
  }
  // PostgreSQL's text cannot hold it, so strict JSON refuses it before any database is asked.
  const withNul = await forged('nul', (copy) => {
    editRow(copy, 'items', anyRow, (row) => Object.assign(row, { category: '\0' }));
  });
  assert.equal((await refusal(node.deps, withNul)).code, 'archive-refused');
  assert.equal(await traces(node), 0);
});

onEach('an archive from before a column was added is taken, and the column stays empty', async (node) => {
  const path = await forged('before', (copy) => {
    editHead(copy, (columns) => delete columns.trashed_at);
    editRow(copy, 'items', anyRow, (row) => delete row.trashed_at);
  });
  assert.equal(must(await bring(node.deps, path)).ok, true);
});

test('a damaged archive, and one that does not open, are refused with the place, and nothing is written', async () => {
  const node = await startTestNode({ seed: 'damaged' });
  try {
    const octets = readFileSync(archive);
    octets[60_000] = (octets[60_000] ?? 0) ^ 1;
    const path = join(folder, 'flipped');
    writeFileSync(path, octets);
    const refused = await refusal(node.deps, path);
    assert.equal(refused.code, 'archive-refused');
    assert.match(refused.message, /block 1 \(bytes 149-65716\)/);
    const locked = await bring(node.deps, archive, 'another passphrase');
    assert.equal(isFailure(locked) && locked.code, 'archive-locked');
    assert.equal(await traces(node), 0);
  } finally {
    await node.close();
  }
});

after(() => assert.equal(whole.ok, true));
