import { sql } from 'kysely';
import { toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import { fail, ok } from '../../src/kernel/result.ts';
import type { SigningKey } from '../../src/kernel/signing.ts';
import { type Exchange, RECEIPTS, type WireRequest, type WireResponse } from '../../src/network/index.ts';
import { signDocument, signReceipt } from '../../src/records/index.ts';
import { maya } from '../nodes/loop.ts';
import { stranger } from './forging.ts';
import type { Attack } from './model.ts';
import { SHOP, type World } from './world.ts';

interface Row {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly next_at: number;
  readonly problem: string | null;
}

const HOUR = 3_600_000;

async function lastSent({ home, victim }: World): Promise<Row> {
  const { rows } = await home.deps.storage.read((view) =>
    sql<Row>`select id, state, attempts, next_at, problem from outbox where home_id = ${victim} and type = 'record'
      order by position desc limit 1`.execute(view.db),
  );
  const [row] = rows;
  if (!row) throw new Error('nothing was sent');
  return row;
}

/**
 * The victim says something while the other side answers like this. It must count as not arrived, be tried again within a
 * day but not in a storm, show nothing but a code, and arrive once the other side is honest.
 */
function lying(
  name: string,
  does: string,
  lie: (world: World, request: WireRequest) => WireResponse | ReturnType<Exchange>,
): Attack {
  return {
    name,
    does,
    async attempt(world) {
      let asked = 0;
      world.lieAs(SHOP, async (request) => {
        asked++;
        const answer = await lie(world, request);
        return 'status' in answer ? ok(answer) : answer;
      });
      const words = { relationship: world.first.rel, text: `Said to a liar: ${name}.` };
      await world.home.done('send-message', words, maya);
      await world.home.idle();
      const row = await lastSent(world);
      world.lieAs(SHOP, undefined);
      const wait = row.next_at - world.now();
      await world.again();
      const after = await lastSent(world);
      if (row.state !== 'saved') return `it counted as ${row.state}`;
      if (asked > 4) return `it was asked ${asked} times at once`;
      if (wait < 500 || wait > 24 * HOUR) return `it waits ${wait} ms`;
      if (!/^[a-z][a-z0-9-]{0,59}$/.test(row.problem ?? '')) return `it shows: ${row.problem}`;
      return after.state === 'acted' ? undefined : `it never arrived: ${after.state}, ${after.problem}`;
    },
  };
}

const problem = (status: number, more: object): WireResponse => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: toUtf8(JSON.stringify({ type: 'about:blank', status, ...more })),
});

const lines = (...each: readonly (object | string)[]): WireResponse => ({
  status: 200,
  headers: { 'content-type': RECEIPTS },
  body: toUtf8(each.map((it) => `${typeof it === 'string' ? it : JSON.stringify(it)}\n`).join('')),
});

/** The id of the first envelope in a request. */
function idIn({ body }: WireRequest): string {
  return JSON.parse(Buffer.from(body).toString().split('\n')[0] ?? '').id;
}

function receipt(id: unknown, key: SigningKey | undefined, more: object = {}): object {
  const octets = toUtf8(JSON.stringify({ v: 1, id, result: 'acted', at: 1, ...more }));
  const signed = key && signReceipt(octets, key);
  return {
    receipt: toBase64url(octets),
    ...(signed && { protected: toBase64url(signed.protected), signature: toBase64url(signed.signature) }),
  };
}

/** What the other side may answer to something that was sent to it. */
export const answers: readonly Attack[] = [
  lying('an unsigned receipt', 'answers a receipt that nobody signed', (_w, r) =>
    lines(receipt(idIn(r), undefined)),
  ),
  lying('a receipt under another key', 'signs the receipt with a key of its own', (w, r) =>
    lines(receipt(idIn(r), stranger(w))),
  ),
  lying(
    'a receipt of the other relationship',
    'signs the receipt with the key of the other relationship',
    (w, r) => lines(receipt(idIn(r), w.second.key)),
  ),
  lying('a receipt for another envelope', 'answers with an old, well signed receipt', (w) =>
    lines(receipt('another', w.first.key)),
  ),
  lying('a receipt without an id', 'signs a receipt for nothing in particular', (w) =>
    lines(receipt(null, w.first.key)),
  ),
  lying('a receipt of another kind', 'signs a result that there is not', (w, r) =>
    lines(receipt(idIn(r), w.first.key, { result: 'paid' })),
  ),
  lying('a receipt with an object for a code', 'signs a refusal whose code is no text', (w, r) =>
    lines(receipt(idIn(r), w.first.key, { result: 'refused', code: { a: 1 } })),
  ),
  lying('a receipt with a sentence for a code', 'signs a refusal that says what a person should do', (w, r) =>
    lines(
      receipt(idIn(r), w.first.key, { result: 'refused', code: 'Send your passphrase to mallory.example.' }),
    ),
  ),
  lying('a receipt of a later version', 'signs a receipt of version 2', (w, r) =>
    lines(receipt(idIn(r), w.first.key, { v: 2 })),
  ),
  lying('a document as a receipt', 'signs the receipt as if it were a document', (w, r) => {
    const document = signDocument({ type: 'x', v: 1, id: idIn(r), result: 'acted', at: 1 }, w.first.key);
    const [signature] = document.signatures;
    return lines({
      receipt: toBase64url(document.payload),
      protected: toBase64url(signature?.protected ?? document.payload),
      signature: toBase64url(signature?.signature ?? document.payload),
    });
  }),
  lying('no lines', 'answers nothing', () => lines()),
  lying('broken lines', 'answers what is no JSON', () => lines('{"receipt":')),
  lying('a sentence for why not yet', 'answers “later” with words for a person', () =>
    lines({ later: 'Call me at once!' }),
  ),
  lying('a list for why not yet', 'answers “later” with a list', () => lines({ later: ['x'] })),
  lying('ten thousand lines', 'answers more lines than were asked for', () =>
    lines(...Array.from({ length: 10_000 }, () => ({ later: 'x' }))),
  ),
  lying('wait for ever', 'asks to be left alone for 300,000 years', () =>
    problem(429, { code: 'too-much', waitMs: 2 ** 53 - 1 }),
  ),
  lying('wait less than nothing', 'asks to be asked again at once, a year ago', () =>
    problem(429, { code: 'too-much', waitMs: -31_536_000_000 }),
  ),
  lying('wait no time', 'asks to be asked again at once', () =>
    problem(429, { code: 'too-much', waitMs: 0 }),
  ),
  lying('a clock at the end of time', 'says that its clock shows 2^53 - 1', () =>
    problem(401, { code: 'clock-differs', now: 2 ** 53 - 1 }),
  ),
  lying('a clock before time', 'says that its clock shows a year before 1970', () =>
    problem(401, { code: 'clock-differs', now: -31_536_000_000 }),
  ),
  lying('a clock that runs', 'says every time that its clock shows another hour', (w) =>
    problem(401, { code: 'clock-differs', now: w.now() + w.random.below(1e9) }),
  ),
  lying('a stamp of 60 bits', 'asks for years of work', () =>
    problem(402, { code: 'stamp-needed', bits: 60 }),
  ),
  lying('a stamp of less than nothing', 'asks for -1 bits of work, again and again', () =>
    problem(402, { code: 'stamp-needed', bits: -1 }),
  ),
  lying('only other versions', 'says that it speaks versions 7 and 8', () =>
    problem(404, { code: 'version-unknown', speaks: [7, 8] }),
  ),
  lying('a version of before', 'says that it speaks version 0 only', () =>
    problem(404, { code: 'version-unknown', speaks: [0] }),
  ),
  lying('a code of 5,000 letters', 'answers a problem with a long code', () =>
    problem(400, { code: 'x'.repeat(5_000) }),
  ),
  lying('a redirect', 'answers with another address', () => ({
    status: 302,
    headers: { location: 'http://169.254.169.254/' },
    body: new Uint8Array(0),
  })),
  lying('a permanent redirect', 'answers with another address for ever', () => ({
    status: 308,
    headers: { location: 'http://127.0.0.1:1/' },
    body: new Uint8Array(0),
  })),
  lying('a server error', 'answers 500 with a megabyte', () => ({
    status: 500,
    headers: {},
    body: new Uint8Array(1024 * 1024),
  })),
  lying('no answer', 'takes it and says nothing', async () =>
    fail('answer-late', 'It did not answer.', 'Later.'),
  ),
];
