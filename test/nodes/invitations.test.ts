import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { exportQuickly, reportOn } from '../../src/archive/testing.ts';
import { openAll } from '../harness/grants-seen.ts';
import type { TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { type Hub, openHub } from './hub.ts';
import type { Rows } from './loop.ts';
import { stuck } from './loop.ts';

const ines = { as: 'ines' };
const tom = { as: 'tom' };

interface Relationship {
  id: string;
  state: string;
  side: string;
  with: { name: string };
  refusal?: string;
  unread: number;
}

interface Detail {
  keeping: { terms: string; clause: string; fields: { property: string; isMine: boolean }[] };
}

interface Two {
  readonly hub: Hub;
  readonly home: TestNode;
  readonly other: TestNode;
}

/** Ines on one node, Tom on another; they have never met. */
async function two<T>(
  seed: string,
  engine: 'sqlite' | 'postgresql',
  body: (two: Two) => Promise<T>,
): Promise<T> {
  const hub = openHub(seed);
  try {
    const home = await hub.open('home.example', engine);
    const other = await hub.open('other.example', engine);
    await home.party('ines');
    await other.party('tom');
    return await body({ hub, home, other });
  } finally {
    await hub.close();
  }
}

async function only(node: TestNode, by: { as: string }): Promise<Relationship> {
  const { rows } = await node.done<Rows<Relationship>>('list-relationships', {}, by);
  assert.equal(rows.length, 1);
  assert(rows[0]);
  return rows[0];
}

async function invited(node: TestNode, input: object = {}): Promise<{ id: string; code: string }> {
  return node.done('invite-person', { note: 'The neighbour with the ladder.', name: 'Ines', ...input }, ines);
}

async function withRecovery(node: TestNode, by: { as: string }): Promise<void> {
  const { code } = await node.done<{ code: string }>('show-recovery-code', {}, by);
  await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, by);
}

for (const engine of engines()) {
  test(`two people meet by an invitation and have a relationship like any other, on ${engine}`, () =>
    two(`meet-${engine}`, engine, async ({ hub, home, other }) => {
      const { id, code } = await invited(home);
      const asked = hub.seen.length;
      const read = await other.done<{
        from: { name: string; host: string };
        terms: { id: string; plain: unknown[] };
        state: string;
      }>('read-invitation', { code: `https://home.example/#${code}` }, tom);
      assert.deepEqual([read.from.name, read.from.host], ['Ines', 'home.example']);
      assert.deepEqual([read.terms.id, read.state], ['TPR', 'open']);
      assert.ok(read.terms.plain.length > 0);
      await hub.idle();
      assert.equal(hub.seen.length, asked, 'reading sends nothing');

      await other.done('accept-invitation', { code, name: 'Tom' }, tom);
      await hub.idle();
      const waits = await only(home, ines);
      assert.deepEqual(
        [waits.state, waits.side, waits.with.name, waits.unread],
        ['asked', 'inviter', 'Tom', 1],
      );
      const mine = await other.refused('send-message', { relationship: waits.id, text: 'Hello' }, tom);
      assert.equal(mine.code, 'relationship-state');
      await home.done('answer-acceptance', { relationship: waits.id, answer: 'sign' }, ines);
      await hub.idle();
      const here = await only(other, tom);
      assert.deepEqual([here.state, here.side, here.with.name], ['active', 'invited', 'Ines']);

      const relationship = waits.id;
      const signed = await home.done<{ id: string; kind: string; signatures: object; note: string }>(
        'get-agreement',
        { relationship },
        ines,
      );
      assert.deepEqual(signed.signatures, { inviter: true, invited: true });
      assert.deepEqual([signed.kind, signed.note], ['acquaintance', 'The neighbour with the ladder.']);
      assert.deepEqual(await other.done('get-agreement', { relationship }, tom), signed);
      const { rows } = await home.done<Rows<{ id: string; state: string; relationship: string }>>(
        'list-invitations',
        {},
        ines,
      );
      assert.deepEqual(
        rows.map((it) => [it.id, it.state, it.relationship]),
        [[id, 'taken', relationship]],
      );
      await dealAsOthersDo(hub, home, other, relationship);
      assert.deepEqual(await stuck(home, ines), []);
      assert.deepEqual(await stuck(other, tom), []);
      await archived(home, ines);
      await archived(other, tom);
    }));
}

/** An archive of either side verifies what both have signed. */
async function archived(node: TestNode, by: { as: string }): Promise<void> {
  const { acting } = await node.done<{ acting: { id: string } }>('who-am-i', {}, by);
  const path = await exportQuickly(node, acting.id);
  try {
    const report = await reportOn(path);
    assert.deepEqual([report.ok, report.problems, report.checked.agreements], [true, [], 1]);
  } finally {
    rmSync(path);
  }
}

/** Words both ways, something shared and taken back, expectations, a pause, an end. */
async function dealAsOthersDo(
  hub: Hub,
  home: TestNode,
  other: TestNode,
  relationship: string,
): Promise<void> {
  await home.done('send-message', { relationship, text: 'Hello Tom.' }, ines);
  await other.done('send-message', { relationship, text: 'Hello Ines.' }, tom);
  await other.done('write-expectations', { relationship, text: 'We lend each other ladders.' }, tom);
  await withRecovery(home, ines);
  const { id: item } = await home.done<{ id: string }>(
    'put-item',
    { property: 'schema:telephone', value: '+32 470 00 00 00' },
    ines,
  );
  const items = [{ item, purpose: 'to call about the ladder' }];
  await home.done('share-items', { relationship, items }, ines);
  await hub.idle();
  for (const [node, by] of [
    [home, ines],
    [other, tom],
  ] as const) {
    const { rows } = await node.done<Rows<{ text: string }>>('list-messages', { relationship }, by);
    assert.deepEqual(rows.map((it) => it.text).sort(), ['Hello Ines.', 'Hello Tom.']);
  }
  assert.deepEqual(await openAll(other, relationship, tom), ['+32 470 00 00 00']);
  const { expectations } = await home.done<{ expectations: { theirs: string } }>(
    'get-relationship',
    { relationship },
    ines,
  );
  assert.equal(expectations.theirs, 'We lend each other ladders.');
  await other.done('proffer-terms', { to: relationship, ids: ['TPR-IDENTITY-REF'] }, tom);
  await home.done('pause-relationship', { relationship }, ines);
  await hub.idle();
  const paused = await other.refused('send-message', { relationship, text: 'Hm' }, tom);
  assert.equal(paused.code, 'relationship-state');
  await home.done('resume-relationship', { relationship }, ines);
  await hub.idle();
  await other.done('end-relationship', { relationship, why: 'We move.' }, tom);
  await hub.idle();
  assert.equal((await only(home, ines)).state, 'ended');
  for (const [node, by] of [
    [home, ines],
    [other, tom],
  ] as const) {
    const { keeping } = await node.done<Detail>('get-relationship', { relationship }, by);
    assert.equal(keeping.terms, 'TPR');
    assert.match(keeping.clause, /what was given in confidence stays in confidence/);
    assert.deepEqual(keeping.fields, [{ property: 'schema:telephone', isMine: node === home }]);
  }
}

test('an invitation is good once, and the inviter may say no in writing', () =>
  two('once', 'sqlite', async ({ hub, home, other }) => {
    const { code } = await invited(home);
    await other.party('eve');
    await other.done('accept-invitation', { code }, tom);
    await hub.idle();
    await other.done('accept-invitation', { code }, { as: 'eve' });
    await hub.idle();
    const late = await only(other, { as: 'eve' });
    assert.deepEqual([late.state, late.refusal], ['refused', 'invitation-spent']);
    const again = await other.refused('accept-invitation', { code }, tom);
    assert.equal(again.code, 'already-accepted');
    const waits = await only(home, ines);
    assert.match(waits.with.name, /^Guest [0-9a-z]{4}$/);
    await home.done('answer-acceptance', { relationship: waits.id, answer: 'refuse' }, ines);
    await hub.idle();
    const refused = await only(other, tom);
    assert.deepEqual([refused.state, refused.refusal], ['refused', 'invitation-refused']);
    const twice = await home.refused('answer-acceptance', { relationship: waits.id, answer: 'sign' }, ines);
    assert.equal(twice.code, 'answer-unasked');
    const { rows } = await home.done<Rows<{ type: string }>>('list-relationships', {}, ines);
    assert.equal(rows.length, 1, 'who came second is nowhere here');
  }));

test('what is over or taken back admits nobody, and nobody accepts their own', () =>
  two('over', 'sqlite', async ({ hub, home, other }) => {
    const first = await invited(home);
    await home.done('withdraw-invitation', { invitation: first.id }, ines);
    await other.done('accept-invitation', { code: first.code }, tom);
    await hub.idle();
    assert.equal((await only(other, tom)).refusal, 'invitation-withdrawn');
    const now = home.deps.clock.now();
    const second = await invited(home, { until: now + 60_000 });
    assert.equal(
      (await home.refused('accept-invitation', { code: second.code }, ines)).code,
      'invitation-own',
    );
    // The inviter's clock decides: by the other's it is still open.
    home.clock?.advance(120_000);
    await other.done('accept-invitation', { code: second.code }, tom);
    await hub.idle();
    const { rows } = await other.done<Rows<Relationship>>('list-relationships', {}, tom);
    assert.deepEqual(rows.map((it) => it.refusal).sort(), ['invitation-late', 'invitation-withdrawn']);
    other.clock?.advance(240_000);
    await other.party('eve');
    const late = await other.refused('accept-invitation', { code: second.code }, { as: 'eve' });
    assert.equal(late.code, 'invitation-late');
    const unfit = await home.refused('invite-person', { until: now + 91 * 86_400_000 }, ines);
    assert.equal(unfit.code, 'until-unfit');
    const { rows: mine } = await home.done<Rows<{ state: string }>>('list-invitations', {}, ines);
    assert.deepEqual(mine.map((it) => it.state).sort(), ['late', 'withdrawn']);
  }));

test('a code that was changed or has another secret admits nobody', () =>
  two('forged', 'sqlite', async ({ hub, home, other }) => {
    const { code } = await invited(home);
    const parts = code.split('.');
    const payload = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'));
    const changed = Buffer.from(JSON.stringify({ ...payload, terms: 'SD-BASE' })).toString('base64url');
    for (const wrong of [
      parts.with(1, changed).join('.'),
      code.slice(0, -1),
      code.slice(20),
      '',
      'x'.repeat(15_000),
    ]) {
      const failure = await other.refused('read-invitation', { code: wrong }, tom);
      assert.equal(failure.code, 'invitation-malformed');
      assert.equal(
        (await other.refused('accept-invitation', { code: wrong }, tom)).code,
        'invitation-malformed',
      );
    }
    const guessed = parts.with(4, 'A'.repeat(22)).join('.');
    await other.done('accept-invitation', { code: guessed }, tom);
    await hub.idle();
    assert.deepEqual(await home.done('list-relationships', {}, ines), { rows: [] });
    assert.equal((await only(other, tom)).refusal, 'invitation-unknown');
    const { rows } = await home.done<Rows<{ state: string }>>('list-invitations', {}, ines);
    assert.deepEqual(
      rows.map((it) => it.state),
      ['open'],
    );
  }));

test('two invitations of one person have nothing in common but what they say', () =>
  two('apart', 'sqlite', async ({ home }) => {
    const [one, two] = [await invited(home), await invited(home)];
    const read = async ({ code }: { code: string }) =>
      home.done<{ from: { identity: string; key: string } }>('read-invitation', { code }, ines);
    const [first, second] = [await read(one), await read(two)];
    assert.notEqual(first.from.identity, second.from.identity);
    assert.notEqual(first.from.key, second.from.key);
  }));
