import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpApp } from '../../src/doors/http/app.ts';
import { changeFeed } from '../../src/doors/http/events.ts';
import { hostsFor } from '../../src/doors/http/host-check.ts';
import { fromUtf8, toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import { signingKey } from '../../src/kernel/signing.ts';
import type { WireResponse } from '../../src/network/index.ts';
import type { PartyTables } from '../../src/parties/index.ts';
import { signDocument, toWire } from '../../src/records/index.ts';
import { tables } from '../../src/storage/index.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { engines } from '../harness/test-deps.ts';
import { type Hub, openHub } from './hub.ts';
import { maya, openRelationship, shop, stuck, talk } from './loop.ts';

interface Found {
  address: string;
  key: string;
  identity: string;
  name: string;
  storefronts: { name: string; market: { host: string } }[];
}

const FANFARE = 'fanfare@shop.example';

function get(node: TestNode, host: string, path: string): Promise<WireResponse> {
  const request = { method: 'GET', url: `https://${host}${path}`, headers: {}, body: new Uint8Array(0) };
  return node.answerPeer(request, 'anybody');
}

function jsonOf(response: WireResponse): Record<string, unknown> {
  return JSON.parse(fromUtf8(response.body) ?? '');
}

async function counterparts(node: TestNode): Promise<unknown[]> {
  return node.deps.storage.read((view) =>
    tables<PartyTables>(view).selectFrom('counterparts').selectAll().orderBy('id').execute(),
  );
}

for (const engine of engines()) {
  test(`whoever wishes is found from another node by one key, on ${engine}`, async () => {
    const hub = openHub(`found-${engine}`);
    try {
      const home = await hub.open('home.example', engine);
      const vendor = await hub.open('shop.example', engine);
      await hub.open('market.example');
      await openRelationship(hub, home, vendor);
      const said = { name: 'fanfare', displayName: 'Fanfare', about: 'Brass.', showStorefronts: true };
      const mine = await vendor.done<{ isFound: boolean; address: string; key: string }>(
        'be-found',
        said,
        shop,
      );
      assert.deepEqual([mine.isFound, mine.address], [true, FANFARE]);
      const found = await home.done<Found>('find-party', { address: `@${FANFARE.toUpperCase()}` }, maya);
      assert.deepEqual([found.address, found.name, found.key], [FANFARE, 'Fanfare', mine.key]);
      assert.deepEqual(
        found.storefronts.map((it) => [it.name, it.market.host]),
        [['Fanfare', 'market.example']],
      );
      // The public identity is one of its own: no relationship of this shop knows it.
      const [row] = await home.deps.storage.read((view) =>
        tables<PartyTables>(view).selectFrom('counterparts').select('id').execute(),
      );
      assert.notEqual(row?.id, found.identity);
      await vendor.done('stop-being-found', {}, shop);
      const gone = await home.refused('find-party', { address: FANFARE }, maya);
      assert.equal(gone.code, 'public-name-unknown');
      // Found again under the same name it is the same identity, and under another one nothing links them.
      await vendor.done('be-found', said, shop);
      assert.equal((await home.done<Found>('find-party', { address: FANFARE }, maya)).key, mine.key);
      await vendor.done('be-found', { ...said, name: 'brass' }, shop);
      assert.equal(
        (await home.refused('find-party', { address: FANFARE }, maya)).code,
        'public-name-unknown',
      );
      const other = await home.done<Found>('find-party', { address: 'brass@shop.example' }, maya);
      assert.ok(other.key !== mine.key && other.identity !== found.identity);
    } finally {
      await hub.close();
    }
  });
}

test('unknown and unwilling names are answered alike, and what is asked wrongly is refused', async () => {
  const hub = openHub('unwilling');
  try {
    const node = await hub.open('shop.example');
    await node.party('quiet');
    await node.party('once');
    await node.done('be-found', { name: 'once' }, { as: 'once' });
    await node.done('stop-being-found', {}, { as: 'once' });
    const finger = (name: string) =>
      get(node, 'shop.example', `/.well-known/webfinger?resource=acct:${name}@shop.example`);
    for (const ask of [
      finger,
      (name: string) => get(node, 'shop.example', `/parties/${name}/did.json`),
      (name: string) => get(node, 'shop.example', `/parley/v1/parties/${name}`),
    ]) {
      const [unknown, unwilling, over] = [await ask('nobody'), await ask('quiet'), await ask('once')];
      assert.equal(unknown.status, 404);
      assert.deepEqual(unwilling, unknown);
      assert.deepEqual(over, unknown);
    }
    for (const path of [
      '',
      '?resource=',
      '?resource=once@shop.example',
      '?resource=acct:a@b&resource=acct:a@b',
    ])
      assert.equal((await get(node, 'shop.example', `/.well-known/webfinger${path}`)).status, 400, path);
    // Nobody else gets a name that somebody here had.
    const taken = await node.refused('be-found', { name: 'once' }, { as: 'quiet' });
    assert.equal(taken.code, 'name-taken');
    assert.equal(
      (await node.refused('be-found', { name: 'Not a name' }, { as: 'quiet' })).code,
      'input-invalid',
    );
  } finally {
    await hub.close();
  }
});

test('the three documents are what their standards say, and agree on the key', async () => {
  const hub = openHub('documents');
  try {
    const host = 'shop.example:8443';
    const node = await hub.open(host);
    await node.party('fanfare');
    const { did, key } = await node.done<{ did: string; key: string }>(
      'be-found',
      { name: 'fan-fare' },
      shop,
    );
    assert.equal(did, 'did:web:shop.example%3A8443:parties:fan-fare');
    const query = `resource=${encodeURIComponent(`acct:fan-fare@${host}`)}`;
    const jrd = await get(node, host, `/.well-known/webfinger?${query}&rel=self`);
    assert.equal(jrd.headers['content-type'], 'application/jrd+json');
    assert.equal(jrd.headers['access-control-allow-origin'], '*');
    assert.match(jrd.headers['cache-control'] ?? '', /max-age=300/);
    const profile = `https://${host}/parley/v1/parties/fan-fare`;
    assert.deepEqual(jsonOf(jrd), {
      subject: `acct:fan-fare@${host}`,
      aliases: [did],
      links: [{ rel: 'self', type: 'application/parley-profile+json', href: profile }],
    });
    const document = jsonOf(await get(node, host, '/parties/fan-fare/did.json'));
    assert.equal(document.id, did);
    assert.ok(JSON.stringify(document.verificationMethod).includes(key));
    assert.equal((await get(node, host, '/parties/fan-fare/did.json')).status, 200);
    const post = { method: 'POST', url: profile, headers: {}, body: new Uint8Array(0) };
    assert.equal((await node.answerPeer(post, 'anybody')).status, 405);
  } finally {
    await hub.close();
  }
});

/** Everything that the shop's node says of who is found there, by somebody else's key. */
async function lie(
  hub: Hub,
  node: TestNode,
  lied: (said: Record<string, unknown>) => unknown,
): Promise<void> {
  const honest = node.answerPeer;
  hub.replace('shop.example', async (request, side) => {
    const response = await honest(request, side);
    const isProfile = request.url.includes('/parley/v1/parties/');
    return isProfile ? { ...response, body: toUtf8(JSON.stringify(lied(jsonOf(response)))) } : response;
  });
}

test('a lying answer finds nobody, and changes nothing in a relationship there is', async () => {
  const hub = openHub('lies');
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    const relationship = await openRelationship(hub, home, vendor);
    await vendor.done('be-found', { name: 'fanfare' }, shop);
    const before = await counterparts(home);
    const liar = signingKey(new Uint8Array(32).fill(7));
    const payloadOf = (said: Record<string, unknown>) =>
      JSON.parse(Buffer.from(String(said.payload), 'base64url').toString('utf8'));
    const lies: ((said: Record<string, unknown>) => unknown)[] = [
      // Signed by somebody else; changed after it was signed; another's name; another inception; not even a document.
      (said) => toWire(signDocument(payloadOf(said), liar)),
      (said) => ({
        ...said,
        payload: toBase64url(toUtf8(JSON.stringify({ ...payloadOf(said), name: 'Liar' }))),
      }),
      (said) => toWire(signDocument({ ...payloadOf(said), address: 'other@shop.example' }, liar)),
      (said) => {
        const identity = JSON.parse(String((before[0] as { document: string }).document)); // a row of the query above
        return toWire(signDocument({ ...payloadOf(said), identity }, liar));
      },
      () => ({ payload: 'x' }),
      () => [],
    ];
    for (const lied of lies) {
      await lie(hub, vendor, lied);
      const failure = await home.refused('find-party', { address: FANFARE }, maya);
      assert.equal(failure.code, 'party-contradicts');
    }
    assert.deepEqual(await counterparts(home), before);
    hub.replace('shop.example', undefined);
    await talk(hub, home, vendor, relationship);
  } finally {
    await hub.close();
  }
});

test('a node that takes another’s name is found as somebody else, and gets nothing of a relationship', async () => {
  const hub = openHub('usurper');
  const usurper = await startTestNode({ seed: 'usurper', publicOrigin: 'https://shop.example' });
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    const relationship = await openRelationship(hub, home, vendor);
    const { key } = await vendor.done<{ key: string }>('be-found', { name: 'fanfare' }, shop);
    await usurper.party('fanfare');
    await usurper.done('be-found', { name: 'fanfare' }, shop);
    const before = await counterparts(home);
    hub.replace('shop.example', (request, side) => usurper.answerPeer(request, side));
    const found = await home.done<Found>('find-party', { address: FANFARE }, maya);
    assert.notEqual(found.key, key);
    await home.done('send-message', { relationship, text: 'For you alone.' }, maya);
    await hub.idle();
    assert.deepEqual(await counterparts(home), before);
    // Only the node that made a path knows whose it is.
    assert.deepEqual(await stuck(home, maya), [{ type: 'record', state: 'saved', problem: 'inbox-unknown' }]);
    hub.replace('shop.example', undefined);
    home.clock?.advance(600_000);
    await hub.idle();
    assert.deepEqual(await stuck(home, maya), []);
    const { rows } = await vendor.done<{ rows: { text: string }[] }>('list-messages', { relationship }, shop);
    assert.deepEqual(
      rows.map((it) => it.text),
      ['For you alone.'],
    );
  } finally {
    await usurper.close();
    await hub.close();
  }
});

test('the door for other nodes answers who can be found, and bears no cookie', async () => {
  const hub = openHub('door');
  try {
    const node = await hub.open('shop.example');
    await node.party('fanfare');
    await node.done('be-found', { name: 'fanfare' }, shop);
    const app = httpApp(
      {
        deps: node.deps,
        operations: [],
        scratch: node.data,
        reportBug: (error) => assert.fail(String(error)),
        hosts: () => hostsFor(['127.0.0.1'], 7447),
        peers: { origin: 'https://shop.example', answer: node.answerPeer },
      },
      changeFeed(node.deps),
    );
    for (const path of [
      `/.well-known/webfinger?resource=acct:${FANFARE}`,
      '/parties/fanfare/did.json',
      '/parley/v1/parties/fanfare',
    ]) {
      const answer = await app.request(`http://shop.example${path}`);
      assert.equal(answer.status, 200, path);
      assert.equal(answer.headers.get('set-cookie'), null);
      assert.equal(answer.headers.get('cache-control'), 'public, max-age=300');
    }
    assert.equal(
      (await app.request('http://shop.example/.well-known/parley')).headers.get('cache-control'),
      'no-store',
    );
  } finally {
    await hub.close();
  }
});
