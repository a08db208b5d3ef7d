import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromUtf8, toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { SigningKey } from '../../src/kernel/signing.ts';
import { ENVELOPES, inboxUrl, signRequest, TAG } from '../../src/network/index.ts';
import { homeOfHandle, keyOnceOf, readIntroduction, speakersKey } from '../../src/parties/index.ts';
import { fromWire, signDocument, toWire } from '../../src/records/index.ts';
import type { TestNode } from '../harness/node.ts';
import { openHub } from './hub.ts';
import { maya, openRelationship, talk } from './loop.ts';
import { move, tellAll } from './moving.ts';

interface Before {
  readonly envelope: { readonly from: string; readonly to: string; readonly body: Body };
}
interface Body {
  readonly agreement: object;
  readonly identity: object;
  readonly outcomeKey: string;
}

test('whoever has dealt here before speaks with the key in force, and not with the first one', async () => {
  const hub = openHub('known buyer');
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    const relationship = await openRelationship(hub, home, vendor);
    await talk(hub, home, vendor, relationship);
    const [accepted] = hub.seen
      .filter((it) => it.host === 'shop.example')
      .flatMap(({ request }) => (fromUtf8(request.body) ?? '').trimEnd().split('\n'))
      .filter((line) => line.includes('"type":"accept"'));
    const envelope = JSON.parse(accepted ?? '') as Before['envelope']; // as it was sent
    const next = await hub.open('next.example');
    await move(hub, home, next, maya);
    await tellAll(hub, next);
    const { first, now } = await keysOf(next, envelope);
    assert.notEqual(toBase64url(first.publicKey), toBase64url(now.publicKey));
    assert.equal(await again(vendor, envelope, first, first), 'sender-foreign');
    assert.equal(await again(vendor, envelope, now, now), 'acted');
    assert.equal(await again(vendor, envelope, first, now), 'acted');
  } finally {
    await hub.close();
  }
});

/** The key of the inception, and the one after the move. */
async function keysOf(node: TestNode, { from, body }: Before['envelope']) {
  const { deps } = node;
  return deps.storage.read(async (view) => {
    const party = (await homeOfHandle(view, 'maya')) ?? '';
    const inception = readIntroduction(body.identity);
    assert(inception);
    const first = await keyOnceOf(view, deps, party, from, inception.nodeKey);
    const now = await speakersKey(view, deps, party, `identity/${from}`);
    assert(first && now);
    return { first, now };
  });
}

/** Another acceptance by the same identity: signed by one key, and brought by one. */
async function again(
  vendor: TestNode,
  { from, to, body }: Before['envelope'],
  signer: SigningKey,
  speaker: SigningKey,
): Promise<string> {
  const { deps } = vendor;
  const read = fromWire(body.agreement);
  assert(read.ok);
  const payload = JSON.parse(fromUtf8(read.value.payload) ?? '');
  const buyer = { identity: from, key: toBase64url(signer.publicKey) };
  const agreement = signDocument({ ...payload, rel: newId(deps.random), buyer }, signer);
  const iat = deps.clock.now();
  const envelope = {
    ...{ v: 1, id: newId(deps.random), from, to, type: 'accept', iat, exp: iat + 60_000 },
    body: { ...body, agreement: toWire(agreement) },
  };
  const request = {
    method: 'POST',
    url: inboxUrl('https://shop.example', to),
    headers: { 'content-type': ENVELOPES },
    body: toUtf8(`${JSON.stringify(envelope)}\n`),
  };
  const nonce = toBase64url(deps.random.bytes(16));
  const signed = signRequest(request, speaker, { created: iat, expires: iat + 240_000, nonce, tag: TAG });
  const response = await vendor.answerPeer(signed, 'a peer');
  const answer = JSON.parse(fromUtf8(response.body) ?? '');
  if (answer.later !== undefined) return answer.later;
  const receipt = JSON.parse(Buffer.from(answer.receipt ?? '', 'base64url').toString());
  return receipt.code ?? receipt.result;
}
