import { answerLine, joinLines, splitLines } from '../../src/delivery/answer-lines.ts';
import { readEnvelope, receiptOctets } from '../../src/delivery/envelope.ts';
import { toBase64url } from '../../src/kernel/bytes.ts';
import { newId } from '../../src/kernel/ids.ts';
import { must, ok } from '../../src/kernel/result.ts';
import { type SigningKey, signingKey } from '../../src/kernel/signing.ts';
import { RECEIPTS } from '../../src/network/index.ts';
import { inceptionDocument, nodeSigningKey } from '../../src/parties/identity.ts';
import { addSignature, documentId, signDocument, toWire } from '../../src/records/index.ts';
import { maya } from '../nodes/loop.ts';
import { envelope, type Forged, posted, refusedBy } from './forging.ts';
import type { Attack } from './model.ts';
import { KEPT, refused } from './refusing.ts';
import { HOME, type World } from './world.ts';

/** What two would have to sign to know each other, as the attacker writes it. */
function acquaintance(
  world: World,
  invited: { readonly identity: string; readonly key: string },
  rel: string,
  signers: readonly SigningKey[],
) {
  const { first, random } = world;
  const inviter = { identity: first.me, key: toBase64url(first.key.publicKey), name: 'Mallory' };
  const [one, ...more] = signers;
  const [invitation, salt] = [toBase64url(random.bytes(32)), toBase64url(random.bytes(16))];
  const payload = {
    ...{ type: 'acquaintance', v: 1, rel, invitation, inviter, invited: { ...invited, name: null } },
    ...{ terms: 'TPR', note: '', at: world.now(), salt },
  };
  if (!one) throw new Error('somebody signs');
  return more.reduce(addSignature, signDocument(payload, one));
}

const told = (world: World, rel: string, founding: object, yours: object): Forged =>
  envelope(world, {
    type: 'founding-told',
    body: { rel, founding, identity: world.around.documents.vendor, changes: [], yours },
  });

/** Foundings of what never was, and refusals that prove nothing (docs/decisions/0012). */
export const foundings: readonly Attack[] = [
  {
    name: 'a false “record-fork”',
    does: 'refuses an honest record as a fork, under its own signature, so that the victim stops signing',
    async attempt(world) {
      const { home, first } = world;
      const say = (text: string) => home.call('send-message', { relationship: first.rel, text }, maya);
      world.lieAs('shop.example', async ({ body }) => {
        const lines = (splitLines(body) ?? []).map((line) => {
          const { id } = must(readEnvelope(line));
          const no = { v: 1, id, result: 'refused', code: 'record-fork', at: world.now() } as const;
          return answerLine(ok(receiptOctets(no)), first.key);
        });
        return ok({ status: 200, headers: { 'content-type': RECEIPTS }, body: joinLines(lines) });
      });
      await say('One.');
      await world.idle();
      world.lieAs('shop.example', undefined);
      const after = await say('Two.');
      const { rows } = await home.done<{ rows: { id: string; state: string }[] }>(
        'list-deliveries',
        {},
        maya,
      );
      for (const { id } of rows.filter((it) => it.state === 'refused'))
        await home.call('retry-delivery', { delivery: id }, maya);
      await world.again();
      return after.ok ? undefined : `the victim cannot sign any more: ${after.code}`;
    },
  },
  refused(
    'a founding that the victim never signed',
    'tells of an acquaintance with the victim’s own identity, signed twice by itself',
    (world) => {
      const { first } = world;
      const rel = newId(world.random);
      const invited = { identity: first.victim, key: first.victimKey };
      const document = acquaintance(world, invited, rel, [first.key, first.key]);
      return posted(world, [told(world, rel, toWire(document), world.around.documents.victim)]);
    },
    /^refused record-malformed$/,
    KEPT,
  ),
  refused(
    'a founding with an identity made up',
    'makes an identity with the victim’s path in it, and signs for that one too',
    (world) => {
      const { first, random } = world;
      const secret = random.bytes(32);
      const address = { host: HOME, inbox: first.inbox };
      const inception = inceptionDocument(secret, 0, toBase64url(random.bytes(32)), address);
      const key = nodeSigningKey(secret, 0);
      const invited = { identity: documentId(inception), key: toBase64url(key.publicKey) };
      const rel = newId(random);
      const document = acquaintance(world, invited, rel, [key, first.key]);
      return posted(world, [told(world, rel, toWire(document), toWire(inception))]);
    },
    /^refused record-malformed$/,
    KEPT,
  ),
  {
    name: 'a founding of a relationship that is there',
    does: 'tells again what a relationship stands on, so that the victim stops signing in it or begins anew',
    async attempt(world) {
      const { home, first } = world;
      const { documents } = world.around;
      const own = signingKey(world.random.bytes(32));
      const document = acquaintance(world, { identity: first.victim, key: first.victimKey }, first.rel, [
        own,
        first.key,
      ]);
      const request = posted(world, [told(world, first.rel, toWire(document), documents.victim)]);
      const answer = await refusedBy(world, request, /^refused record-malformed$/, KEPT);
      const words = { relationship: first.rel, text: 'I can still speak.' };
      const said = await home.call('send-message', words, maya);
      await world.idle();
      return answer ?? (said.ok ? undefined : `the victim cannot sign any more: ${said.code}`);
    },
  },
];
