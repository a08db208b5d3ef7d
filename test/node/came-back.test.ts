import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { BACKUP_PASSPHRASE, backUpQuickly } from '../../src/backup/testing.ts';
import { must } from '../../src/kernel/result.ts';
import { restoreNode } from '../../src/node/index.ts';
import { actorOfToken, openSession } from '../../src/parties/index.ts';
import { PASSPHRASE, startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-came-back-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const [ada, ben, carl, dora] = [{ as: 'ada' }, { as: 'ben' }, { as: 'carl' }, { as: 'dora' }];
const EMAIL = 'ada@example.org';

interface Rows<T> {
  readonly rows: readonly T[];
}
interface Given {
  readonly id: string;
  readonly state: string;
}
interface Today {
  readonly restored?: {
    readonly from: number;
    readonly sharedHere: readonly { relationship: string; name: string }[];
  };
}

/** Two people of one node who know each other; the first shows the second her address. */
async function shareHere(node: TestNode): Promise<string> {
  const { code } = await node.done<{ code: string }>('invite-person', { name: 'Ben' }, ada);
  await node.done('accept-invitation', { code }, ben);
  await node.idle();
  const { rows } = await node.done<Rows<{ id: string }>>('list-relationships', {}, ada);
  const relationship = rows[0]?.id ?? '';
  await node.done('answer-acceptance', { relationship, answer: 'sign' }, ada);
  await node.idle();
  const { code: words } = await node.done<{ code: string }>('show-recovery-code', {}, ada);
  await node.done('confirm-recovery-code', { lastGroup: words.split('-').at(-1) }, ada);
  const input = { property: 'schema:email', value: EMAIL };
  const { id: item } = await node.done<{ id: string }>('put-item', input, ada);
  await node.done('share-items', { relationship, items: [{ item, purpose: 'to write' }] }, ada);
  await node.idle();
  return relationship;
}

async function restore(node: TestNode, file: string): Promise<void> {
  const made = join(folder, 'restored');
  must(await restoreNode({ file, opener: { passphrase: BACKUP_PASSPHRASE }, data: made }));
  await node.reopen((data) => {
    for (const name of readdirSync(data)) rmSync(join(data, name), { recursive: true });
    cpSync(made, data, { recursive: true });
  });
}

test('what only this node knew is as old as the backup, sharing within it too, and everybody there is told until they dismiss it', async () => {
  const node = await startTestNode({ seed: 'came back' });
  try {
    for (const handle of ['ada', 'ben', 'carl']) await node.party(handle);
    const relationship = await shareHere(node);
    const theirs = async (): Promise<Given | undefined> =>
      (await node.done<Rows<Given>>('list-grants', { relationship }, ben)).rows[0];
    const seen = async (): Promise<string | undefined> => {
      const given = await theirs();
      if (given?.state !== 'active') return undefined;
      return (await node.done<{ value: string }>('open-grant', { grant: given.id }, ben)).value;
    };
    const mine = async (): Promise<Given> => {
      const { rows } = await node.done<Rows<Given>>('list-grants', { relationship }, ada);
      assert(rows[0]);
      return rows[0];
    };
    const told = async (by: { as: string }) => (await node.done<Today>('show-today', {}, by)).restored;
    const { id: invitation } = await node.done<{ id: string }>('invite-person', { name: 'Eve' }, ada);
    const make = { label: 'a program', scopes: ['reads'] };
    const { id: tokenId, token } = await node.done<{ id: string; token: string }>('create-token', make, ada);
    const { id: home } = (await node.done<{ acting: { id: string } }>('who-am-i', {}, ada)).acting;
    const cookie = await openSession(node.deps, home, { label: 'A lost phone' });
    const whose = async (it: string) => must(await actorOfToken(node.deps, it, undefined)).home;
    assert.deepEqual([await seen(), await whose(token), await whose(cookie)], [EMAIL, home, home]);
    const file = await backUpQuickly(node.deps, join(folder, 'backup.age'));
    const madeAt = node.deps.clock.now();

    node.clock?.advance(60_000);
    await node.done('stop-sharing', { grant: (await mine()).id }, ada);
    await node.done('withdraw-invitation', { invitation }, ada);
    await node.done('revoke-token', { id: tokenId }, ada);
    await node.done('remove-party', { passphrase: PASSPHRASE }, carl);
    await node.idle();
    assert.deepEqual([await seen(), await whose(token), await told(ada)], [undefined, undefined, undefined]);

    await restore(node, file);
    await node.party('dora');
    await node.idle();
    assert.equal((await theirs())?.state, 'active', 'both sides have forgotten the stop');
    assert.deepEqual([await whose(token), await whose(cookie)], [home, undefined]);
    const { rows } = await node.done<Rows<{ id: string; state: string }>>('list-invitations', {}, ada);
    assert.equal(rows.find((row) => row.id === invitation)?.state, 'open');
    const forAda = await told(ada);
    assert.deepEqual(
      [forAda?.from, forAda?.sharedHere.map((it) => it.relationship)],
      [madeAt, [relationship]],
    );
    for (const by of [ben, carl]) assert.deepEqual(await told(by), { from: madeAt, sharedHere: [] });
    assert.equal(await told(dora), undefined, 'who was not there has nothing to look through');

    for (let minute = 0; minute < 8; minute++) {
      node.clock?.advance(61_000);
      await node.idle();
    }
    assert.equal(await seen(), EMAIL, 'nobody knows better');
    await node.done('stop-sharing', { grant: (await mine()).id }, ada);
    await node.idle();
    assert.equal(await seen(), undefined, 'stopped again');
    assert.deepEqual((await told(ada))?.sharedHere, []);
    await node.done('dismiss-restored-note', {}, ada);
    assert.equal(await told(ada), undefined);
    assert.equal((await told(ben))?.from, madeAt, 'each for themselves');
    await node.reopen();
    assert.equal(await told(ada), undefined);
  } finally {
    await node.close();
  }
});

for (const engine of engines()) {
  test(`${engine}: a database that says it came back is told of, with whom one shares here, until that is dismissed`, async () => {
    const node = await startTestNode({ engine, seed: `told on ${engine}` });
    try {
      for (const handle of ['ada', 'ben']) await node.party(handle);
      const relationship = await shareHere(node);
      const from = node.deps.clock.now();
      await node.deps.storage.transact('node', ({ db }) =>
        sql`insert into node_values values ('node', 'restored-from', ${String(from)})`.execute(db),
      );
      const told = async (by: { as: string }) => (await node.done<Today>('show-today', {}, by)).restored;
      const forAda = await told(ada);
      assert.deepEqual(
        [forAda?.from, forAda?.sharedHere.map((it) => it.relationship)],
        [from, [relationship]],
      );
      assert.deepEqual(await told(ben), { from, sharedHere: [] });
      for (let times = 0; times < 2; times++) await node.done('dismiss-restored-note', {}, ada);
      assert.equal(await told(ada), undefined);
    } finally {
      await node.close();
    }
  });
}
