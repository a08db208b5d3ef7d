import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBase64url } from '../../src/kernel/bytes.ts';
import { deriveHpkeKey } from '../../src/kernel/hpke.ts';
import { must } from '../../src/kernel/result.ts';
import { derive } from '../../src/kernel/sealing.ts';
import { nodeSigningKey } from '../../src/parties/identity.ts';
import { openSecret, operatorAs, readIntroduction } from '../../src/parties/index.ts';
import { renewedSecret, servedSecret } from '../../src/parties/secrets.ts';
import { getIdentity } from '../../src/parties/store.ts';
import { recordToWire, signRecord } from '../../src/records/index.ts';
import { PASSPHRASE, type TestNode } from '../harness/node.ts';
import { openHub } from '../nodes/hub.ts';
import { type Shown as Moving, move, tellAll } from '../nodes/moving.ts';
import { meetApart, shownKey } from './apart.ts';
import { codeOf, done, sealedParty } from './device.ts';

const tom = { as: 'tom' };

interface Shown {
  readonly theirs: { readonly identity: unknown };
  readonly record: { readonly body: string };
}

/** Every served secret that the node he left can work out of his own secret, which he once opened there, and of all it knows of the move. */
async function guesses(far: TestNode): Promise<Uint8Array[]> {
  const actor = must(await operatorAs(far.deps, 'tom'));
  const { home } = actor;
  assert(home !== undefined);
  const secret = must(await openSecret(far.deps, { ...actor, home }, PASSPHRASE));
  const { move: seen } = await far.done<Moving>('show-move', {}, tom);
  assert(seen);
  const renewal = { home, number: 1, occasion: seen.id };
  // The last is how it once was.
  return [
    servedSecret(secret),
    renewedSecret(secret, far.deps.nodeKey, renewal),
    derive(secret, 'parley/served/v1/1'),
  ];
}

test('a node that kept the secret of somebody who has left it has none of the keys that are in force', async () => {
  const hub = openHub('left node');
  try {
    const [home, far] = [await hub.open('home.example'), await hub.open('far.example')];
    const next = await hub.open('next.example');
    const { device, vault } = await sealedParty(home, 'maya');
    await far.party('tom');
    await done(vault.sealCategory('contact'));
    const { id } = await done(vault.put({ property: 'schema:email', value: 'quiet@example.org' }));
    const relationship = await meetApart(hub, home, far);
    const inception = readIntroduction((await shownKey<Shown>(home, relationship)).theirs.identity);
    const { home: his } = must(await operatorAs(far.deps, 'tom'));
    assert(inception && his !== undefined);
    const identity = await far.deps.storage.read((view) => getIdentity(view, his, inception.id));
    assert(identity);
    await move(hub, far, next, tom, true);
    const served = await guesses(far);
    await tellAll(hub, next);
    const { code } = (await next.done<{ keys: { code: string } }>('get-relationship', { relationship }, tom))
      .keys;
    const { record } = await shownKey<Shown>(home, relationship);
    const inForce: { key: string } = JSON.parse(Buffer.from(record.body, 'base64url').toString());
    const { random } = far.deps;
    for (const guess of served) {
      const sealing = deriveHpkeKey(derive(guess, `parley/sealing-key/v1/${identity.position}`));
      assert.notEqual(toBase64url(sealing.publicKey), inForce.key, 'it would read what is given to him');
      const position = { author: inception.id, rel: relationship, seq: 99, prev: null, seen: null, at: 1 };
      const content = { key: toBase64url(random.bytes(32)), reads: 3 };
      const key = nodeSigningKey(guess, identity.position);
      const said = recordToWire(signRecord(position, 'sealing-key', 1, content, key, random));
      device.between = (call) => async (operation, input) => {
        const answer = await call(operation, input);
        if (operation !== 'show-their-key' || !answer.ok) return answer;
        return { ok: true, value: Object.assign({}, answer.value, { record: said }) };
      };
      const given = await codeOf(vault.give(id, { relationship, purpose: 'to write', code }));
      assert.match(String(given), /^their-key-(unproven|replaced)$/);
    }
    device.between = (call) => call;
    await done(vault.give(id, { relationship, purpose: 'to write', code }));
  } finally {
    await hub.close();
  }
});
