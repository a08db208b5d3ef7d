import type { WireRequest } from '../../src/network/index.ts';
import { recordToWire, signDocument, signReceipt } from '../../src/records/index.ts';
import { signPayload } from '../../src/records/jws.ts';
import { carrying, envelope, headAt, nextRecord, posted, said, stranger } from './forging.ts';
import type { Attack } from './model.ts';
import { KEPT, refused } from './refusing.ts';
import type { World } from './world.ts';

const LATER = /^later record-out-of-order$/;
const MALFORMED = /^refused record-malformed$/;

/** An envelope with this record of the attacker's in it. */
async function with_(
  world: World,
  ...args: Parameters<typeof nextRecord> extends [World, ...infer R] ? R : never
) {
  return posted(world, [carrying(world, await nextRecord(world, ...args))]);
}

/** A record that does not follow: it comes again, the victim asks what is missing, and the chain stays as it was. */
function notYet(name: string, does: string, make: (world: World) => Promise<WireRequest>): Attack {
  return {
    name,
    does,
    async attempt(world) {
      const before = await headAt(world);
      const answer = said(await world.home.answerPeer(await make(world), world.side()));
      await world.idle();
      const after = await headAt(world);
      if (!LATER.test(answer)) return `it was answered: ${answer}`;
      return after.id === before.id ? undefined : 'the chain went on';
    },
  };
}

/** Records whose position, author or signature is not theirs. */
export const forgedRecords: readonly Attack[] = [
  refused(
    'a record signed by another key',
    'sends its record under a signature of a key of its own',
    (w) => with_(w, {}, { key: stranger(w) }),
    MALFORMED,
    KEPT,
  ),
  refused(
    'a record in the victim’s name',
    'writes the next record of the victim’s chain',
    (w) => with_(w, { author: w.first.victim }),
    MALFORMED,
    KEPT,
  ),
  refused(
    'a record of another relationship',
    'sends into one relationship a record that names the other',
    (w) => with_(w, { rel: w.second.rel }),
    MALFORMED,
    KEPT,
  ),
  notYet('a gap', 'leaves out one number of its chain', async (w) =>
    with_(w, { seq: (await headAt(w)).seq + 2 }),
  ),
  notYet('the next number after another record', 'names an earlier record that there is not', (w) =>
    with_(w, { prev: 'A'.repeat(43) }),
  ),
  notYet('a number of 2^53 - 1', 'claims to be at the end of the chain', (w) =>
    with_(w, { seq: 2 ** 53 - 1 }),
  ),
  refused(
    'number 0',
    'writes a record before the first',
    (w) => with_(w, { seq: 0, prev: null }),
    MALFORMED,
    KEPT,
  ),
  refused(
    'a document as a record',
    'signs the record as if it were a document',
    async (w) => {
      const record = await nextRecord(w);
      const { signatures } = signDocument(JSON.parse(Buffer.from(record.payload).toString()), w.first.key);
      return posted(w, [carrying(w, { ...record, ...(signatures[0] ?? record) })]);
    },
    MALFORMED,
    KEPT,
  ),
  refused(
    'a receipt as a record',
    'signs the record as if it were a receipt',
    async (w) => {
      const record = await nextRecord(w);
      return posted(w, [carrying(w, { ...record, ...signReceipt(record.payload, w.first.key) })]);
    },
    MALFORMED,
    KEPT,
  ),
  refused(
    'another body',
    'exchanges the body below the signature',
    async (w) =>
      posted(w, [carrying(w, { ...(await nextRecord(w)), body: Buffer.from('{"text":"Other."}') })]),
    MALFORMED,
    KEPT,
  ),
  refused(
    'no body',
    'leaves out the body, so that the words are never seen',
    async (w) => posted(w, [carrying(w, { ...(await nextRecord(w)), body: undefined })]),
    MALFORMED,
    KEPT,
  ),
  refused(
    'a record with spaces in its base64',
    'writes the same octets in a second way',
    async (w) => {
      const wire = recordToWire(await nextRecord(w));
      return posted(w, [
        envelope(w, { body: { rel: w.first.rel, record: { ...wire, signature: `${wire.signature}=` } } }),
      ]);
    },
    MALFORMED,
    KEPT,
  ),
  refused(
    'keys of one relationship in the other',
    'speaks in one relationship with the key of the other',
    async (w) => posted(w, [carrying(w, await nextRecord(w))], w.second.key),
    /^later sender-foreign$/,
  ),
  refused(
    'the name of one relationship in the other',
    'sends under the other relationship’s name',
    async (w) => posted(w, [carrying(w, await nextRecord(w), { from: w.second.me })], w.second.key),
    /^later sender-foreign$/,
  ),
  refused(
    'the victim’s other inbox',
    'sends to one inbox what belongs to the other, to see whether both are one person’s',
    async (w) => posted(w, [carrying(w, await nextRecord(w), { to: w.second.inbox })]),
    /^later sender-foreign$/,
  ),
  refused(
    'a record with a critical member',
    'sends a record that needs a newer reader, as if it were read',
    async (w) => {
      const record = await nextRecord(w);
      const payload = Buffer.from(
        Buffer.from(record.payload).toString().replace('"crit":[]', '"crit":["pay-first"]'),
      );
      return posted(w, [
        carrying(w, { ...record, ...signPayload(payload, w.first.key, 'parley-record'), payload }),
      ]);
    },
    MALFORMED,
    KEPT,
  ),
];
