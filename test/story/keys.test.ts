import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { must, ok } from '../../src/kernel/result.ts';
import { tellOthers } from '../../src/moving/tell-others.ts';
import { openSecret, renewIdentities } from '../../src/parties/index.ts';
import { grantsSeen } from '../harness/grants-seen.ts';
import { PASSPHRASE, type TestNode } from '../harness/node.ts';
import { actAs, engines } from '../harness/test-deps.ts';
import { maya, type Opened, openPair, type Pair, standsIn, tom } from './pair.ts';

const HOUR = 3_600_000;

for (const engine of engines()) {
  describe(`grants as keys on ${engine}`, () => {
    let pair: Pair;
    before(async () => {
      pair = await openPair(engine);
    });
    after(() => pair.node.close());

    test('what is given lies readable in no row of either side, before it is opened and after', async () => {
      const { node, homes, meet, give } = pair;
      const relationship = await meet();
      const value = 'unmistakable.7391@example.org';
      const { grant } = await give(relationship, value);
      const look = async (): Promise<string[][]> => [
        await standsIn(node, homes.maya, value),
        await standsIn(node, homes.tom, value),
      ];
      assert.deepEqual(await look(), [[], []]);
      assert.equal((await node.done<Opened>('open-grant', { grant }, tom)).value, value);
      await node.idle();
      assert.deepEqual(await look(), [[], []]);
      const mine = (await grantsSeen(node, relationship, maya)).find((it) => it.id === grant);
      assert.equal(mine?.value, value, 'she sees what she gave');
      assert.equal((await node.refused('open-grant', { grant }, maya)).code, 'grant-unknown');
    });

    test('every opening is told, and an hour’s together in one receipt', async () => {
      const { node, meet, give, shown } = pair;
      const relationship = await meet();
      const { grant } = await give(relationship, 'often@example.org');
      assert.equal((await shown(maya, grant, relationship)).openings.count, 0);
      const told: boolean[] = [];
      for (let i = 0; i < 3; i++) {
        told.push((await node.done<Opened>('open-grant', { grant }, tom)).told);
        node.clock?.advance(60_000);
      }
      await node.idle();
      assert.deepEqual(told, [true, false, false]);
      assert.equal((await shown(maya, grant, relationship)).openings.count, 1);
      assert.equal((await shown(tom, grant, relationship)).openings.count, 3);
      node.clock?.advance(HOUR);
      await node.idle();
      const { openings } = await shown(maya, grant, relationship);
      assert.deepEqual([openings.count, openings.lastBy], [3, 'person']);
      const receipts = await receiptsOf(node, relationship);
      assert.equal(receipts, 2);
      const last = await byProgram(node, grant);
      await node.idle();
      assert.equal(last.value, 'often@example.org');
      node.clock?.advance(2 * HOUR);
      await node.idle();
      assert.deepEqual((await shown(maya, grant, relationship)).openings.lastBy, 'program');
      assert.equal((await shown(maya, grant, relationship)).openings.count, 4);
    });

    test('what follows an item is given anew when that changes, and what does not follow stays what it was', async () => {
      const { node, meet, give, shown } = pair;
      const relationship = await meet();
      const follows = await give(relationship, 'before@example.org', { follows: true });
      const still = await give(relationship, 'fixed@example.org');
      for (const { item } of [follows, still])
        await node.done(
          'put-item',
          { id: item, property: 'schema:email', value: `new.${item}@example.org` },
          maya,
        );
      await node.done('put-item', { id: follows.item, property: 'schema:email', note: 'only mine' }, maya);
      await node.idle();
      const seen = await grantsSeen(node, relationship, tom);
      const saysNow = (grant: string) => seen.find((it) => it.id === grant)?.value;
      assert.equal(saysNow(follows.grant), `new.${follows.item}@example.org`);
      assert.equal(saysNow(still.grant), 'fixed@example.org');
      assert.equal(
        (await shown(tom, follows.grant, relationship)).version,
        2,
        'a note of hers is no newer value',
      );
      await node.done('stop-sharing', { grant: follows.grant }, maya);
      await node.idle();
      await node.done(
        'put-item',
        { id: follows.item, property: 'schema:email', value: 'late@example.org' },
        maya,
      );
      node.clock?.advance(2 * HOUR);
      await node.idle();
      assert.deepEqual(await bodiesOf(node, pair.homes.tom, relationship), [still.grant]);
    });

    test('a stop is answered by a signed word on its deletion, and by another on copies elsewhere', async () => {
      const { node, meet, give, shown } = pair;
      const relationship = await meet();
      const { grant } = await give(relationship, 'gone@example.org');
      for (let i = 0; i < 2; i++) await node.done('open-grant', { grant }, tom);
      const early = { grant, what: 'all-erased' };
      assert.equal((await node.refused('state-deletion', early, tom)).code, 'grant-state');
      await node.done('stop-sharing', { grant }, maya);
      await node.idle();
      const stopped = await shown(maya, grant, relationship);
      assert.deepEqual(
        [stopped.state, stopped.stoppedBy, stopped.deletion?.what],
        ['stopped', 'mine', 'erased'],
      );
      assert.equal(stopped.openings.count, 2, 'what had not been told is told with it');
      assert.equal((await node.refused('open-grant', { grant }, tom)).code, 'grant-over');
      const law = { grant, what: 'kept-by-law', until: '2033-12-31' };
      assert.equal((await node.refused('state-deletion', law, tom)).code, 'words-missing');
      await node.done('state-deletion', { ...law, words: 'The invoice, by the tax law.' }, tom);
      await node.done('end-relationship', { relationship }, tom);
      await node.idle();
      const { deletion } = await shown(maya, grant, relationship);
      assert.deepEqual([deletion?.what, deletion?.words], ['kept-by-law', 'The invoice, by the tax law.']);
      const [hers, his] = await Promise.all(
        [maya, tom].map((by) => node.done<Record<string, unknown>>('get-consent-record', { grant }, by)),
      );
      for (const record of [hers, his]) delete record?.['dpv:hasDataController'];
      assert.deepEqual(hers, his, 'both can show the same');
    });

    test('what the other side ends is revoked by them, and they say that it is erased', async () => {
      const { node, meet, give, shown } = pair;
      const relationship = await meet();
      const { grant } = await give(relationship, 'ended@example.org');
      await node.done('end-relationship', { relationship }, tom);
      await node.idle();
      const over = await shown(maya, grant, relationship);
      assert.deepEqual([over.stoppedBy, over.deletion?.what], ['theirs', 'erased']);
      type Status = { 'dpv:hasConsentStatus': { 'dpv:hasConsentStatus': string }[] };
      for (const by of [maya, tom]) {
        const record = await node.done<Status>('get-consent-record', { grant }, by);
        const states = record['dpv:hasConsentStatus'].map((it) => it['dpv:hasConsentStatus']);
        assert.deepEqual(states, ['dpv:ConsentGiven', 'dpv:ConsentRevoked']);
      }
    });

    test('to a Parley that knows no keys nothing goes out before its owner says so', async () => {
      const { node, homes, meet, give, shown } = pair;
      const relationship = await meet();
      // As if he had never announced one: older ones do not know how.
      await node.deps.storage.transact(homes.maya, async (tx) =>
        ok(
          await sql`delete from sealing_keys where home_id = ${homes.maya} and rel = ${relationship}`.execute(
            tx.db,
          ),
        ),
      );
      const dropped = await give(relationship, 'dropped@example.org');
      const { grant } = await give(relationship, 'readable@example.org');
      const { canLock } = await node.done<{ canLock: boolean }>('list-grants', { relationship }, maya);
      assert.equal(canLock, false);
      assert.deepEqual(await grantsSeen(node, relationship, tom), []);
      await node.done('stop-sharing', { grant: dropped.grant }, maya);
      const { records } = await node.done<{ records: string[] }>('give-readable', { relationship }, maya);
      assert.equal(records.length, 1);
      await node.idle();
      assert.equal((await shown(tom, grant, relationship)).isReadable, true);
      assert.equal((await node.done<Opened>('open-grant', { grant }, tom)).value, 'readable@example.org');
      assert.notDeepEqual(await standsIn(node, homes.tom, 'readable@example.org'), []);
      await node.done('stop-sharing', { grant }, maya);
      await node.idle();
      assert.deepEqual(await standsIn(node, homes.tom, 'readable@example.org'), []);
      assert.equal((await shown(maya, grant, relationship)).deletion?.what, 'erased');
    });

    test('what was given before its receiver’s keys were renewed still opens, and what comes later is sealed to the new', async () => {
      const { node, homes, meet, give } = pair;
      const relationship = await meet();
      await give(relationship, 'old@example.org');
      const secret = must(await openSecret(node.deps, actAs(homes.tom), PASSPHRASE));
      await node.deps.storage.transact(homes.tom, async (tx) => {
        const renewed = await renewIdentities(tx, node.deps, secret, 'a test');
        return ok(await tellOthers(tx, node.deps, renewed, false));
      });
      const keys = async (): Promise<number> => {
        const { rows } = await node.deps.storage.read(({ db }) =>
          sql`select place from sealing_keys where home_id = ${homes.maya} and rel = ${relationship}`.execute(
            db,
          ),
        );
        return rows.length;
      };
      assert.equal(await keys(), 1);
      for (let i = 0; i < 10; i++) {
        node.clock?.advance(HOUR);
        await node.idle();
      }
      assert.equal(await keys(), 2);
      await give(relationship, 'new@example.org');
      const values = (await grantsSeen(node, relationship, tom)).map((it) => it.value).sort();
      assert.deepEqual(values, ['new@example.org', 'old@example.org']);
    });
  });
}

async function receiptsOf(node: TestNode, relationship: string): Promise<number> {
  type Detail = { timeline: { type: string; isMine: boolean }[] };
  const { timeline } = await node.done<Detail>('get-relationship', { relationship }, maya);
  return timeline.filter((it) => it.type === 'grant-opened' && !it.isMine).length;
}

/** Opens it as a program with his token does. */
async function byProgram(node: TestNode, grant: string): Promise<Opened> {
  const input = { label: 'labels', scopes: ['binds'] };
  const { token } = await node.done<{ token: string }>('create-token', input, tom);
  const answer = await node.app.request('http://127.0.0.1:7447/api/open-grant', {
    method: 'POST',
    headers: { host: '127.0.0.1:7447', 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ grant }),
  });
  assert.equal(answer.status, 200);
  return (await answer.json()) as Opened; // what that operation answers
}

/** The grants whose records still have something in them, in the rows of somebody. */
async function bodiesOf(node: TestNode, home: string, relationship: string): Promise<string[]> {
  const { rows } = await node.deps.storage.read(({ db }) =>
    sql<{ body: Uint8Array }>`select body from records where home_id = ${home} and rel = ${relationship}
      and type in ('grant', 'grant-updated') and body is not null`.execute(db),
  );
  return rows.map(({ body }) => JSON.parse(Buffer.from(body).toString()).grant);
}
