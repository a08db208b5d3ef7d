import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import { engines } from '../../test/harness/test-deps.ts';
import type { Envelope } from '../delivery/index.ts';
import { ownStorefront } from '../desk/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { isFailure, ok, type Result } from '../kernel/result.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { type SigningKey, signingKey } from '../kernel/signing.ts';
import { addSignature, signDocument, toWire } from '../records/index.ts';
import { tables } from '../storage/index.ts';
import { NAMESPACE } from '../terms/index.ts';
import type { Interaction, Proffer } from './model.ts';
import { handlers } from './receive-interaction.ts';

const DAY_MS = 86_400_000;
const shop = { as: 'fanfare' };

for (const engine of engines()) {
  describe(`what comes to a storefront on ${engine}`, () => {
    const random = seededRandom(`strangers-${engine}`);
    const stranger = (): SigningKey => signingKey(random.bytes(32));
    let node: TestNode;
    let home: string;
    let storefront: string;
    let path: string;
    before(async () => {
      node = await startTestNode({ engine, seed: `strangers-${engine}` });
      home = await node.party('fanfare');
      storefront = (await node.done<{ id: string }>('open-storefront', { name: 'Fanfare' }, shop)).id;
      const own = await node.deps.storage.transact(home, (tx) => ownStorefront(tx, node.deps, storefront));
      path = own?.ref.address.inbox ?? '';
    });
    after(() => node.close());

    const request = (key: SigningKey, change: Partial<Interaction> = {}): Interaction => ({
      class: `${NAMESPACE}AgreementInteractionRecord`,
      negotiation: `n${toBase64url(random.bytes(8))}`,
      hasFirstParty: key.kid,
      hasSecondParty: storefront,
      move: 'request',
      hasAgreement: [`${NAMESPACE}SD-BASE`],
      hasStatus: `${NAMESPACE}AgreementNegotiationRequested`,
      until: node.deps.clock.now() + DAY_MS,
      at: node.deps.clock.now(),
      salt: toBase64url(random.bytes(16)),
      ...change,
    });
    const envelope = (key: SigningKey, content: Interaction, change: Partial<Envelope> = {}): Envelope => {
      const wire = toWire(signDocument({ type: 'agreement-interaction', v: 1, ...content }, key));
      const interaction = { payload: wire.payload, signatures: wire.signatures.map((s) => ({ ...s })) };
      const reply = { host: 'elsewhere', inbox: 'p'.repeat(40) };
      const now = node.deps.clock.now();
      return {
        v: 1,
        id: toBase64url(random.bytes(16)),
        from: key.kid,
        to: path,
        type: 'agreement-interaction',
        iat: now,
        exp: now + DAY_MS,
        body: { interaction, key: toBase64url(key.publicKey), reply },
        ...change,
      };
    };
    const arrives = (what: Envelope): Promise<Result<unknown>> =>
      node.deps.storage.transact(home, async (tx) => {
        const [handler] = handlers;
        return handler ? handler.receive(tx, node.deps, what) : ok('none');
      });
    const codeOf = async (what: Envelope): Promise<string> => {
      const result = await arrives(what);
      return isFailure(result) ? result.code : 'ok';
    };
    const proffers = async (): Promise<Proffer[]> =>
      (await node.done<{ rows: Proffer[] }>('list-proffers', {}, shop)).rows;

    test('only what its sender has signed, for this storefront, for a sensible time', async () => {
      const [key, other] = [stranger(), stranger()];
      const good = request(key);
      const forged = envelope(other, good, { from: key.kid });
      const twice = envelope(key, good);
      const both = toWire(
        addSignature(signDocument({ type: 'agreement-interaction', v: 1, ...good }, key), other),
      );
      const refused: [string, Envelope, string][] = [
        [
          'signed by another',
          { ...forged, body: { ...forged.body, key: toBase64url(key.publicKey) } },
          'record-malformed',
        ],
        ['sent under another name', envelope(key, good, { from: other.kid }), 'record-malformed'],
        [
          'in the name of another',
          envelope(key, request(key, { hasFirstParty: other.kid })),
          'record-malformed',
        ],
        [
          'to another storefront',
          envelope(key, request(key, { hasSecondParty: 'nobody' })),
          'storefront-unknown',
        ],
        [
          'without a way back',
          { ...twice, body: { interaction: twice.body.interaction ?? null } },
          'record-malformed',
        ],
        [
          'with a signature more',
          { ...twice, body: { ...twice.body, interaction: JSON.parse(JSON.stringify(both)) } },
          'record-malformed',
        ],
        [
          'of terms that do not exist',
          envelope(key, request(key, { hasAgreement: ['SD-NONE'] })),
          'record-malformed',
        ],
        ['of no terms', envelope(key, request(key, { hasAgreement: [] })), 'terms-unknown'],
        [
          'in a state it does not lead to',
          envelope(key, request(key, { hasStatus: `${NAMESPACE}AgreementAccepted` })),
          'record-malformed',
        ],
        ['for ever', envelope(key, request(key, { until: Number.MAX_SAFE_INTEGER })), 'record-malformed'],
        ['over already', envelope(key, request(key, { until: node.deps.clock.now() })), 'record-malformed'],
        ['an answer to nothing', envelope(key, request(key, { move: 'accept' })), 'proffer-unknown'],
        ['of another class', envelope(key, { ...good, class: JSON.parse('"x"') }), 'record-malformed'],
      ];
      for (const [what, sent, code] of refused) assert.equal(await codeOf(sent), code, what);
      assert.deepEqual(await proffers(), [], 'nothing of it stayed');
      assert.equal(await codeOf(twice), 'ok');
      assert.equal((await proffers()).length, 1);
    });

    test('nobody but the two moves a negotiation on, and each only for its own side', async () => {
      const [key, other] = [stranger(), stranger()];
      const content = request(key);
      assert.equal(await codeOf(envelope(key, content)), 'ok');
      const accepted = { hasStatus: `${NAMESPACE}AgreementAccepted`, move: 'accept' as const };
      assert.equal(await codeOf(envelope(key, content)), 'proffer-exists');
      assert.equal(await codeOf(envelope(key, { ...content, ...accepted })), 'negotiation-turn');
      assert.equal(await codeOf(envelope(other, { ...content, ...accepted })), 'record-malformed');
      const posing = envelope(other, { ...content, ...accepted }, { from: key.kid });
      assert.equal(await codeOf(posing), 'record-malformed');
      const turned = { hasFirstParty: storefront, hasSecondParty: key.kid };
      assert.equal(await codeOf(envelope(key, { ...content, ...accepted, ...turned })), 'record-malformed');
      const alternative = { id: content.negotiation, answer: 'alternative', alternative: 'SD-BASE-A' };
      await node.done('answer-terms', alternative, shop);
      const lying = { ...content, ...accepted, hasAgreement: [`${NAMESPACE}SD-BASE`] };
      assert.equal(
        await codeOf(envelope(key, lying)),
        'terms-unknown',
        'only the alternative is on the table',
      );
      const late = {
        ...content,
        ...accepted,
        hasAgreement: [`${NAMESPACE}SD-BASE-A`],
        at: content.until + 1,
      };
      assert.equal(await codeOf(envelope(key, late)), 'negotiation-expired');
      const yes = { ...content, ...accepted, hasAgreement: [`${NAMESPACE}SD-BASE-A`] };
      assert.equal(await codeOf(envelope(key, yes)), 'ok');
      const [row] = (await proffers()).filter((p) => p.id === content.negotiation);
      assert.deepEqual([row?.state, row?.agreed], ['accepted', 'SD-BASE-A']);
    });

    test('a sample vendor answers by itself, a real one never', async () => {
      const answered = async (ids: string[]): Promise<Proffer | undefined> => {
        const content = request(stranger(), { hasAgreement: ids.map((id) => NAMESPACE + id) });
        const key = stranger();
        assert.equal(await codeOf(envelope(key, { ...content, hasFirstParty: key.kid })), 'ok');
        return (await proffers()).find((p) => p.id === content.negotiation);
      };
      assert.equal((await answered(['SD-BASE']))?.state, 'pending');
      await node.deps.storage.transact(home, async (tx) => {
        await tables<{ parties: { home_id: string; sample: string | null } }>(tx)
          .updateTable('parties')
          .set({ sample: 'sample' })
          .where('home_id', '=', home)
          .execute();
        return ok(true);
      });
      const yes = await answered(['SD-BASE-DP', 'SD-BASE-A']);
      assert.deepEqual([yes?.state, yes?.agreed], ['accepted', 'SD-BASE-A'], 'the first it can live with');
      const other = await answered(['SD-BASE-DP']);
      assert.deepEqual([other?.state, other?.alternative], ['alternative', 'SD-BASE']);
    });
  });
}
