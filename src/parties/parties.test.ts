import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PASSPHRASE, startTestNode, type TestNode } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { must } from '../kernel/result.ts';
import { tables } from '../storage/index.ts';
import { actorOfToken, issueVisitorToken, openSession, sessionsOf } from './index.ts';
import type { Party } from './model.ts';
import { showRecoveryCode } from './show-recovery-code.ts';
import { getSecrets } from './store.ts';

const QUARTER_HOUR_MS = 15 * 60_000;
const ada = { as: 'ada' };

for (const engine of engines()) {
  let node: TestNode;
  before(async () => {
    node = await startTestNode({ engine, seed: `parties ${engine}` });
  });
  after(() => node.close());

  test(`${engine}: the first party of a node is its operator's; nobody else makes one`, async () => {
    const refused = await node.refused('create-party', { name: 'Mallory', passphrase: PASSPHRASE });
    assert.equal(refused.code, 'operator-only');
    await node.party('ada');
    await node.party('ben');
    const home = (await node.done<Party>('rename-party', { name: 'Ada' }, ada)).id;
    const token = await openSession(node.deps, home, { label: 'Firefox' });
    const actor = await actorOfToken(node.deps, token, undefined);
    assert(actor.ok && actor.value.isOperator, 'signing in as the first party suffices');
    const ben = (await node.done<Party>('rename-party', { name: 'Ben' }, { as: 'ben' })).id;
    const other = await actorOfToken(node.deps, await openSession(node.deps, ben, { label: 'x' }), undefined);
    assert(other.ok && !other.value.isOperator && other.value.home === ben);
  });

  test(`${engine}: a handle is made from the name, and taken once`, async () => {
    const eva = { name: 'Éva Nagy', passphrase: PASSPHRASE };
    assert.equal((await node.done<Party>('create-party', eva, 'operator')).handle, 'eva-nagy');
    assert.equal((await node.done<Party>('create-party', eva, 'operator')).handle, 'eva-nagy-2');
    const taken = await node.refused('create-party', { ...eva, handle: 'eva-nagy' }, 'operator');
    assert.equal(taken.code, 'handle-taken');
    assert.deepEqual(Object.keys(taken.fields ?? {}), ['handle']);
    const short = await node.refused('create-party', { ...eva, passphrase: 'too short' }, 'operator');
    assert.deepEqual([short.code, Object.keys(short.fields ?? {})], ['input-invalid', ['passphrase']]);
    assert(!JSON.stringify(short).includes('too short'), 'no failure repeats what was given');
  });

  test(`${engine}: two who want one handle at once: one gets it`, async () => {
    for (const handle of ['twin', 'double', 'pair', 'brace', 'couple']) {
      const wish = { name: 'Twin', handle, passphrase: PASSPHRASE };
      const results = await Promise.all([1, 2].map(() => node.call('create-party', wish, 'operator')));
      assert.equal(results.filter((result) => result.ok).length, 1, handle);
    }
  });

  test(`${engine}: signing in says the same of an unknown handle and a wrong passphrase, and tires`, async () => {
    const wrong = await node.refused('sign-in', { handle: 'ada', passphrase: 'wrong horse battery' });
    assert.deepEqual(await node.refused('sign-in', { handle: 'nobody', passphrase: PASSPHRASE }), wrong);
    assert.equal(wrong.code, 'sign-in-refused');
    await node.done('sign-in', { handle: 'ada', passphrase: PASSPHRASE });
    for (let i = 0; i < 10; i++) await node.refused('recover-party', recovery('ada', 'zzzz'));
    const tired = await node.refused('sign-in', { handle: 'ada', passphrase: PASSPHRASE });
    assert.equal(tired.code, 'too-many-attempts');
    node.clock?.advance(QUARTER_HOUR_MS);
    await node.done('sign-in', { handle: 'ada', passphrase: PASSPHRASE });
  });

  test(`${engine}: changing the passphrase ends other browsers and leaves programs`, async () => {
    const home = (await node.done<Party>('rename-party', { name: 'Ada' }, ada)).id;
    const browser = await openSession(node.deps, home, { label: 'Firefox' });
    const program = await openSession(node.deps, home, { label: 'sync', scopes: ['reads'] });
    const next = 'another horse battery';
    const wrong = await node.refused('change-passphrase', { old: next, new: next }, ada);
    assert.equal(wrong.code, 'passphrase-wrong');
    const changed = await node.done('change-passphrase', { old: PASSPHRASE, new: next }, ada);
    assert.deepEqual(changed, { endedSessions: 2, otherWays: 2 }, 'the program, and the recovery code');
    assert.equal((await sessionsOf(node.deps, browser)).length, 0);
    assert.equal((await sessionsOf(node.deps, program)).length, 1);
    assert.equal(
      (await node.refused('sign-in', { handle: 'ada', passphrase: PASSPHRASE })).code,
      'sign-in-refused',
    );
    await node.done('change-passphrase', { old: next, new: PASSPHRASE }, ada);
  });

  test(`${engine}: the recovery code is shown until it is on paper, then kept nowhere, and opens the party`, async () => {
    const home = await node.party('cleo');
    const cleo = { as: 'cleo' };
    const { code, shownBefore } = await node.done<Code>('show-recovery-code', {}, cleo);
    assert.match(code, /^(?:[0-9a-z]{4}-){6}[0-9a-z]{2}$/);
    assert.equal(shownBefore, false);
    assert.equal((await node.done<Code>('show-recovery-code', {}, cleo)).code, code);
    const wrong = await node.refused('confirm-recovery-code', { lastGroup: code.slice(0, 4) }, cleo);
    assert.equal(wrong.code, 'recovery-group-wrong');
    await node.done('confirm-recovery-code', { lastGroup: ` ${code.slice(-2).toUpperCase()} ` }, cleo);
    assert.equal((await node.deps.storage.read((view) => getSecrets(view, home)))?.recovery_code, null);
    assert.equal((await node.refused('show-recovery-code', {}, cleo)).code, 'recovery-code-gone');
    const asTyped = code.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O');
    const party = await node.done<Party>('recover-party', recovery('cleo', asTyped));
    assert.deepEqual([party.id, party.recovery], [home, 'shown']);
    await node.done('sign-in', { handle: 'cleo', passphrase: 'recovered horse battery' });
    const renewed = await node.done<Code>(
      'show-recovery-code',
      { passphrase: 'recovered horse battery' },
      cleo,
    );
    assert.equal(renewed.shownBefore, true);
    assert.equal((await node.refused('recover-party', recovery('cleo', code))).code, 'recovery-refused');
    await node.done('recover-party', recovery('cleo', renewed.code));
  });

  test(`${engine}: a waiting recovery code is shown to who has just signed in, and else for the passphrase`, async () => {
    const home = await node.party('dora');
    const at = async (passkey?: string) => {
      const token = await openSession(node.deps, home, { label: 'Firefox', passkey });
      const actor = must(await actorOfToken(node.deps, token, undefined));
      assert(actor.home !== undefined);
      return { ...actor, home: actor.home };
    };
    const shows = async (actor: PartyActor, passphrase?: string) => {
      const shown = await showRecoveryCode(node.deps, actor, { passphrase });
      return shown.ok ? 'shown' : shown.code;
    };
    const [fresh, byPasskey] = [await at(), await at('a passkey')];
    assert.equal(await shows(fresh), 'shown');
    assert.equal(await shows(byPasskey), 'passphrase-needed');
    node.clock?.advance(2 * QUARTER_HOUR_MS);
    assert.equal(await shows(fresh), 'passphrase-needed', 'no longer');
    for (const actor of [fresh, byPasskey]) {
      assert.equal(await shows(actor, 'wrong horse battery'), 'passphrase-wrong');
      assert.equal(await shows(actor, PASSPHRASE), 'shown');
    }
    assert.equal(await shows(await at()), 'shown', 'signed in anew');
  });

  test(`${engine}: what is sealed for one party does not open for another`, async () => {
    await node.deps.storage.transact('x', async (tx) => {
      const [ada, ben] = await tables<{ party_secrets: { home_id: string; served: Uint8Array } }>(tx)
        .selectFrom('party_secrets')
        .select(['home_id', 'served'])
        .limit(2)
        .execute();
      assert(ada && ben);
      const { open } = await import('../kernel/sealing.ts');
      assert(open(node.deps.nodeKey, ada.served, `served|${ada.home_id}`));
      assert.equal(open(node.deps.nodeKey, ada.served, `served|${ben.home_id}`), undefined);
      assert.equal(open(node.deps.nodeKey, ada.served, `secret|${ada.home_id}`), undefined);
    });
  });

  test(`${engine}: tokens are listed without their secret, and can be revoked`, async () => {
    const made = await node.done<Token>(
      'create-token',
      { label: 'till', scopes: ['writes', 'reads'], days: 2 },
      ada,
    );
    const listed = await node.done<{ rows: Token[] }>('list-tokens', {}, ada);
    assert.deepEqual(listed.rows.find((row) => row.id === made.id)?.scopes, ['reads', 'writes']);
    assert(!JSON.stringify(listed).includes(made.token));
    const actor = await actorOfToken(node.deps, made.token, undefined);
    assert(actor.ok && actor.value.scopes?.length === 2 && !actor.value.isOperator);
    assert.equal((await node.refused('revoke-token', { id: made.id }, { as: 'ben' })).code, 'token-unknown');
    await node.done('revoke-token', { id: made.id }, ada);
    const gone = await actorOfToken(node.deps, made.token, undefined);
    assert(gone.ok && gone.value.home === undefined);
  });

  test(`${engine}: browsers are listed and ended, each by its own party only`, async () => {
    const home = (await node.done<Party>('rename-party', { name: 'Ada' }, ada)).id;
    const token = await openSession(node.deps, home, { label: 'Firefox on Linux' });
    const { rows } = await node.done<{ rows: { id: string; label: string }[] }>('list-sessions', {}, ada);
    const row = rows.find((entry) => entry.label === 'Firefox on Linux');
    assert(row);
    assert.equal((await node.refused('end-session', { id: row.id }, { as: 'ben' })).code, 'session-unknown');
    await node.done('end-session', { id: row.id }, ada);
    assert.deepEqual(await sessionsOf(node.deps, token), []);
  });

  test(`${engine}: the printed token works once, and an earlier start's does not`, async () => {
    const earlier = await issueVisitorToken(node.deps);
    const token = await issueVisitorToken(node.deps);
    assert.equal((await node.refused('claim-node', { token: earlier })).code, 'token-refused');
    const results = await Promise.all([1, 2].map(() => node.call('claim-node', { token })));
    assert.equal(results.filter((result) => result.ok).length, 1);
  });

  test(`${engine}: one may act for the sample's parties only`, async () => {
    const home = await node.party('dealer');
    const act = { handle: 'dealer' };
    assert.equal((await node.refused('act-as-sample', act, 'operator')).code, 'sample-party-unknown');
    await node.deps.storage.transact(home, (tx) =>
      tables<{ parties: { home_id: string; sample: string } }>(tx)
        .updateTable('parties')
        .set({ sample: 'market' })
        .where('home_id', '=', home)
        .execute(),
    );
    assert.equal((await node.refused('act-as-sample', act)).code, 'sign-in-needed');
    assert.equal((await node.done<Party>('act-as-sample', act, ada)).isSample, true);
  });

  test(`${engine}: everything of this is still there after the node was closed`, async () => {
    await node.reopen();
    await node.done('sign-in', { handle: 'ada', passphrase: PASSPHRASE });
  });
}

interface Code {
  readonly code: string;
  readonly shownBefore: boolean;
}

interface Token {
  readonly id: string;
  readonly token: string;
  readonly scopes: string[];
}

function recovery(handle: string, code: string): object {
  return { handle, code, newPassphrase: 'recovered horse battery' };
}
