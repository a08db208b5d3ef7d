import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { type Envelope, receive } from '../../src/delivery/index.ts';
import { HANDLERS } from '../../src/handlers.ts';
import { readCode } from '../../src/invitations/code.ts';
import { fromUtf8, hashId, toBase64url } from '../../src/kernel/bytes.ts';
import { newId } from '../../src/kernel/ids.ts';
import { must } from '../../src/kernel/result.ts';
import type { SigningKey } from '../../src/kernel/signing.ts';
import { inceptionDocument, nodeSigningKey } from '../../src/parties/identity.ts';
import {
  addSignature,
  documentId,
  type SignedDocument,
  signDocument,
  toWire,
} from '../../src/records/index.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { DAY } from '../story/goods.ts';

const ines = { as: 'ines' };
const tom = { as: 'tom' };

/** Somebody who is on no node, with an identity as everybody has one. */
interface Guest {
  readonly identity: SignedDocument;
  readonly id: string;
  readonly key: SigningKey;
}

function guestOf(node: TestNode): Guest {
  const served = node.deps.random.bytes(32);
  const recovery = hashId(node.deps.random.bytes(32));
  const identity = inceptionDocument(served, 0, recovery, { host: 'else.example', inbox: 'nowhere' });
  return { identity, id: documentId(identity), key: nodeSigningKey(served, 0) };
}

/** Hands an envelope to a home as if that key had signed it; the result, or why not. */
async function hand(
  node: TestNode,
  home: string,
  type: string,
  body: object,
  by: { readonly id: string; readonly key: SigningKey },
): Promise<string> {
  const { random, clock } = node.deps;
  const now = clock.now();
  const plain = JSON.parse(JSON.stringify(body));
  const envelope: Envelope = {
    v: 1,
    id: newId(random),
    from: by.id,
    to: 'path',
    type,
    iat: now,
    exp: now + DAY,
    body: plain,
  };
  const receipt = await receive(node.deps, HANDLERS, home, envelope, by.key.publicKey);
  if (!receipt.ok) return receipt.code;
  const { result, code } = JSON.parse(fromUtf8(receipt.value) ?? '');
  return code ?? result;
}

async function count(node: TestNode, home: string, table: string): Promise<number> {
  const { rows } = await node.deps.storage.read(({ db }) =>
    sql<{ n: number }>`select count(*) as n from ${sql.table(table)} where home_id = ${home}`.execute(db),
  );
  return rows[0]?.n ?? 0;
}

test('who accepts something else than the invitation says, or as somebody else, gets nothing and leaves nothing', async () => {
  const node = await startTestNode({ seed: 'lying guests' });
  try {
    const home = await node.party('ines');
    const { code } = await node.done<{ code: string }>('invite-person', { note: 'The ladder.' }, ines);
    const { id: invitation, value, inviter, secret } = must(readCode(code));
    const [guest, other] = [guestOf(node), guestOf(node)];
    const honest = {
      ...{ type: 'acquaintance', v: 1, rel: newId(node.deps.random), invitation },
      inviter: { identity: inviter.id, key: toBase64url(inviter.nodeKey), name: value.name },
      invited: { identity: guest.id, key: toBase64url(guest.key.publicKey), name: 'Guest' },
      ...{ terms: value.terms, note: value.note, at: node.deps.clock.now(), salt: 'salt' },
    };
    const bodyOf = (said: object, key = guest.key) => ({
      acquaintance: toWire(signDocument({ type: '', v: 1, ...said }, key)),
      identity: toWire(guest.identity),
      secret: toBase64url(secret),
    });
    const accept = (body: object, by = guest) => hand(node, home, 'invitation-accepted', body, by);
    const lies: readonly object[] = [
      { ...honest, terms: 'SD-BASE' },
      { ...honest, note: 'Another ladder.' },
      { ...honest, inviter: { ...honest.inviter, name: 'Somebody' } },
      { ...honest, inviter: { ...honest.inviter, identity: other.id } },
      { ...honest, invited: { ...honest.invited, identity: other.id } },
      { ...honest, more: 1 },
      { ...honest, note: 'x'.repeat(9_000) },
      { ...honest, rel: 'short' },
      { ...honest, v: 2 },
      { ...honest, crit: ['more'] },
    ];
    for (const lie of lies) assert.equal(await accept(bodyOf(lie)), 'record-malformed', JSON.stringify(lie));
    assert.equal(await accept(bodyOf(honest, other.key)), 'record-malformed');
    const twice = addSignature(signDocument(honest, guest.key), other.key);
    assert.equal(await accept({ ...bodyOf(honest), acquaintance: toWire(twice) }), 'record-malformed');
    // Another sends it, or it comes under another's key.
    assert.equal(await accept(bodyOf(honest), { ...other, id: guest.id }), 'sender-foreign');
    assert.equal(await accept(bodyOf(honest), other), 'sender-foreign');
    for (const wrong of ['', 'A'.repeat(22), toBase64url(secret).slice(1), 7]) {
      assert.equal(await accept({ ...bodyOf(honest), secret: wrong }), 'invitation-unknown');
    }
    assert.equal(await accept(bodyOf({ ...honest, invitation: hashId(secret) })), 'invitation-unknown');
    for (const table of ['relationships', 'counterparts'])
      assert.equal(await count(node, home, table), 0, table);
    assert.equal(await count(node, home, 'documents'), 1, 'the invitation itself');
    assert.equal(await accept(bodyOf(honest)), 'acted');
    assert.equal(await accept(bodyOf({ ...honest, rel: newId(node.deps.random) })), 'invitation-spent');
  } finally {
    await node.close();
  }
});

test('only the key that invited answers, over the octets that were signed', async () => {
  const node = await startTestNode({ seed: 'lying inviters' });
  try {
    const home = await node.party('ines');
    const there = await node.party('tom');
    const { code } = await node.done<{ code: string }>('invite-person', {}, ines);
    const { relationship: rel } = await node.done<{ relationship: string }>(
      'accept-invitation',
      { code },
      tom,
    );
    await node.idle();
    const { inviter } = must(readCode(code));
    const liar = guestOf(node);
    const rows = await node.deps.storage.read(({ db }) =>
      sql<{ payload: Uint8Array }>`select payload from documents
        where home_id = ${there} and type = 'acquaintance'`.execute(db),
    );
    const payload = JSON.parse(fromUtf8(rows.rows[0]?.payload ?? new Uint8Array()) ?? '');
    const forged = toWire(addSignature(signDocument(payload, liar.key), liar.key));
    const answer = (type: string, body: object, id: string) =>
      hand(node, there, type, { rel, ...body }, { id, key: liar.key });
    for (const id of [inviter.id, liar.id]) {
      assert.equal(await answer('acquaintance-signed', { acquaintance: forged }, id), 'sender-foreign');
      const refusal = toWire(
        signDocument({ type: 'acquaintance-refusal', v: 1, acquaintance: 'x', at: 1, salt: 's' }, liar.key),
      );
      assert.equal(await answer('acquaintance-refused', { refusal }, id), 'sender-foreign');
    }
    const asked = await node.done<{ state: string }>('get-relationship', { relationship: rel }, tom);
    assert.equal(asked.state, 'asked');
    // Whoever was invited cannot sign for the other side either.
    const own = await node.refused('answer-acceptance', { relationship: rel, answer: 'sign' }, tom);
    assert.equal(own.code, 'answer-unasked');
    assert.equal(await count(node, home, 'counterparts'), 1);
  } finally {
    await node.close();
  }
});
