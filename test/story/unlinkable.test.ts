import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { thumbprint } from '../../src/kernel/signing.ts';
import { homeOfHandle } from '../../src/parties/index.ts';
import { openAll } from '../harness/grants-seen.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import { type Engine, engines } from '../harness/test-deps.ts';
import { DAY, trumpet, trumpetWanted } from './goods.ts';
import { inCommon, type Pieces, piecesOf, placesOf, type Row, rowsOf } from './holdings.ts';

interface Rows<T> {
  readonly rows: T[];
}

/** Who deals with whom: two vendors with the same buyer, and two with a buyer each. */
const DEALS = [
  ['anna', 'brass'],
  ['ben', 'cornets'],
  ['anna', 'alphorns'],
  ['cleo', 'dulcians'],
] as const;

/** No two of them share a run of letters. */
const EMAIL = { anna: 'anna.wanting@example.org', ben: 'ben@hollow.test', cleo: 'cleo@marsh.test' };
const PURPOSE = 'to say when it is ready';

interface Town {
  readonly node: TestNode;
  readonly homes: Readonly<Record<string, string>>;
}

async function openTown(engine: Engine): Promise<Town> {
  const node = await startTestNode({ engine, seed: `unlinkable-${engine}`, rehearse: false });
  const homes: Record<string, string> = {};
  for (const [, vendor] of DEALS) {
    homes[vendor] = await node.party(vendor);
    await openStorefront(node, vendor);
  }
  for (const [buyer, email] of Object.entries(EMAIL)) {
    homes[buyer] = await node.party(buyer);
    const by = { as: buyer };
    await node.done('put-item', { property: 'schema:email', value: email }, by);
    const { code } = await node.done<{ code: string }>('show-recovery-code', {}, by);
    await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, by);
  }
  // One deal by a listing and one by hand each; the clock never stands still, so that equal times mean something.
  for (const how of ['firm', 'by-hand'] as const) {
    for (const [buyer, vendor] of DEALS) await deal({ node, homes }, buyer, vendor, how);
  }
  return { node, homes: { ...homes, market: await homeOfMarket(node) } };
}

async function openStorefront(node: TestNode, vendor: string): Promise<void> {
  const by = { as: vendor };
  await node.done('open-storefront', { name: `The house of ${vendor}` }, by);
  const asks = [{ property: 'schema:email', purpose: PURPOSE, days: 30, required: true }];
  for (const mode of ['firm', 'by-hand']) {
    tick(node);
    const listing = trumpet(node.deps.clock.now(), {
      title: `From ${vendor}`,
      mode,
      stock: 9,
      demands: { asks },
    });
    await node.done('publish-listing', listing, by);
    await node.idle();
  }
}

/** Some odd while later; never the same twice. */
function tick(node: TestNode): void {
  node.clock?.advance(
    1_000 + ((node.deps.random.bytes(1)[0] ?? 0) << 8) + (node.deps.random.bytes(1)[0] ?? 0),
  );
}

async function homeOfMarket({ deps }: TestNode): Promise<string> {
  const home = await deps.storage.read((view) => homeOfHandle(view, 'market'));
  assert(home !== undefined);
  return home;
}

/** From a want to an end, with everything in between that one side tells the other. */
async function deal(town: Town, buyer: string, vendor: string, how: 'firm' | 'by-hand'): Promise<void> {
  const { node } = town;
  const [me, them] = [{ as: buyer }, { as: vendor }];
  const step = async <T>(operation: string, input: object, by: { as: string }): Promise<T> => {
    tick(node);
    const answer = await node.done<T>(operation, input, by);
    await node.idle();
    return answer;
  };
  const fields = trumpetWanted(node.deps.clock.now(), { words: `${buyer} wants it ${how} from ${vendor}` });
  await step('preview-cast', { fields }, me);
  const { choices } = await step<{ choices: { cell: { id: string } }[] }>('preview-cast', { fields }, me);
  const { id: intent } = await step<{ id: string }>(
    'cast-intent',
    { fields, choice: choices.at(-1)?.cell.id },
    me,
  );
  if (how === 'by-hand') {
    const [cast] = (await step<Rows<{ alias: string }>>('list-casts', { answered: false }, them)).rows;
    const asks = [{ property: 'schema:email', purpose: PURPOSE, days: 30 }];
    const until = node.deps.clock.now() + 10 * DAY;
    const price = { unit: 'EUR', value: '20000' };
    await step(
      'answer-intent',
      {
        alias: cast?.alias,
        title: `By hand from ${vendor}`,
        price,
        until,
        asks,
        delivery: { how: 'pickup' },
      },
      them,
    );
  }
  const { rows } = await step<Rows<{ id: string; how: string; vendor: { name: string } }>>(
    'list-offers',
    { intent },
    me,
  );
  const offer = rows.find((it) => it.how === how && it.vendor.name.endsWith(vendor));
  const [item] = (await step<Rows<{ id: string }>>('list-items', {}, me)).rows;
  const disclose = [{ item: item?.id, purpose: PURPOSE }];
  const accepted = { offer: offer?.id, disclose, expectations: 'It should play.', reviewDay: '2026-12-20' };
  const { relationship } = await step<{ relationship: string }>('accept-offer', accepted, me);
  const opened = await openAll(node, relationship, them);
  assert.deepEqual(opened, [EMAIL[buyer as keyof typeof EMAIL]]); // DEALS names no other buyers
  await step('proffer-terms', { to: relationship }, me);
  await step('send-message', { relationship, text: 'When can I fetch it?' }, me);
  await step('send-message', { relationship, text: 'On Tuesday.', signedAs: 'Jan' }, them);
  for (const [at, doer, other] of [
    [0, them, me],
    [1, me, them],
  ] as const) {
    await step('fulfil-commitment', { commitment: `${relationship}:${at}` }, doer);
    await step('confirm-commitment', { commitment: `${relationship}:${at}` }, other);
  }
  await step('write-review', { relationship, outcome: 'kept', text: 'Good.' }, me);
  await step('pause-relationship', { relationship, why: 'A while.' }, me);
  await step('resume-relationship', { relationship }, me);
  if (how === 'firm') await step('end-relationship', { relationship, why: 'Done.' }, me);
}

/** What a market holds of vendors, whoever deals with them. */
const SHOPS = ['market_storefronts', 'market_listings'];

/** What a market holds of one cast or of one word about an agreement: what it was sent, and its rows about it. */
interface Trace {
  readonly buyer: string;
  readonly pieces: Pieces;
}

async function tracesAtMarket({ node, homes }: Town): Promise<Trace[]> {
  const kept = await rowsOf(node, homes.market ?? '');
  const traces: Trace[] = [];
  for (const buyer of Object.keys(EMAIL)) {
    const own = await rowsOf(node, homes[buyer] ?? '');
    for (const [sent, names] of [...castsIn(own), ...ticketsIn(own)]) {
      const about = kept.filter((row) => names.some((name) => isAbout(row, name)));
      assert.ok(about.length > 1, 'the market keeps rows of it, and that a message came');
      traces.push({ buyer, pieces: piecesOf([...about, { table: 'sent', columns: { sent } }]) });
    }
  }
  return traces;
}

function isAbout(row: Row, name: string): boolean {
  return Object.values(row.columns).some((value) => typeof value === 'string' && value.includes(name));
}

/** Each cast that left a home, with its id, its reply path, its key and the name that its key speaks under. */
function castsIn(own: readonly Row[]): [unknown, string[]][] {
  return own
    .filter((row) => row.table === 'documents' && row.columns.type === 'cast')
    .map(({ columns: { payload, signatures } }) => {
      const cast = JSON.parse(Buffer.from(payload as Uint8Array).toString()); // the column is of bytes
      return [{ payload, signatures }, [cast.castId, cast.reply.inbox, cast.key, nameOf(cast.key)]];
    });
}

/** Each ticket with which a home said how an agreement went. */
function ticketsIn(own: readonly Row[]): [unknown, string[]][] {
  return own
    .filter((row) => row.table === 'tickets')
    .map(({ columns }) => {
      const ticket = JSON.parse(String(columns.document));
      const { key } = JSON.parse(Buffer.from(ticket.payload, 'base64url').toString());
      return [ticket, [ticket.payload, nameOf(key)]];
    });
}

function nameOf(key: string): string {
  return thumbprint(new Uint8Array(Buffer.from(key, 'base64url')));
}

test('the search finds what is planted, however it is wrapped', () => {
  const wire = (it: object): string => Buffer.from(JSON.stringify(it)).toString('base64url');
  const secret = 'k3q9zt5m2x7w';
  const octets = Buffer.from('f00dfeedbeef11', 'hex');
  const nested = {
    body: wire({
      cast: { payload: wire({ reply: [`x:${secret}`, { key: octets.toString('base64url') }] }) },
    }),
  };
  const one: Row[] = [{ table: 'a', columns: { text: JSON.stringify(nested), at: 1_795_300_000_123n } }];
  const other: Row[] = [
    { table: 'b', columns: { id: `${secret}-2`, at: 1_795_300_000_123, raw: octets } },
    { table: 'b', columns: { json: Buffer.from(JSON.stringify({ ids: [secret] })) } },
  ];
  const shared = inCommon(piecesOf(one), piecesOf(other));
  assert.ok(shared.has(secret.slice(0, 8)) && shared.has('octets f00dfeedbeef'));
  assert.ok(shared.has('number 1795300000123'));
  assert.deepEqual(
    placesOf(inCommon(piecesOf(one), piecesOf([{ table: 'c', columns: { text: 'nothing' } }]))),
    [],
  );
});

for (const engine of engines()) {
  describe(`what ties a buyer's doings together on ${engine}`, () => {
    let town: Town;
    const held = new Map<string, Pieces>();
    before(async () => {
      town = await openTown(engine);
      for (const [, vendor] of DEALS) {
        held.set(vendor, piecesOf(await rowsOf(town.node, town.homes[vendor] ?? '')));
      }
    });
    after(() => town.node.close());
    const of = (vendor: string): Pieces => held.get(vendor) ?? new Map();

    test('two vendors of one buyer share nothing of hers, not even the field that she gave to both', () => {
      const shared = inCommon(of('brass'), of('alphorns'));
      assert.ok(shared.has(PURPOSE.slice(0, 8)), 'what both asked it for is found, so the search sees');
      const strangers = new Map([...of('cornets'), ...of('dulcians')]);
      const hers = [...shared].filter(([piece]) => !strangers.has(piece));
      assert.deepEqual(hers, []);
    });

    test('what they share stands where two vendors of different buyers share too, and nowhere else', () => {
      const hers = placesOf(inCommon(of('brass'), of('alphorns')));
      assert.deepEqual(hers, placesOf(inCommon(of('cornets'), of('dulcians'))));
    });

    test('a field that was given, and opened twice, stands readable nowhere in the vendor’s rows', () => {
      const given = inCommon(of('brass'), piecesOf([{ table: 'x', columns: { y: EMAIL.anna } }]));
      assert.deepEqual([...given.keys()], []);
    });

    test('a market finds nothing that two casts or two outcomes of one person share alone', async () => {
      const traces = await tracesAtMarket(town);
      const count = (buyer: string): number => traces.filter((it) => it.buyer === buyer).length;
      assert.deepEqual([count('anna'), count('ben'), count('cleo')], [8, 4, 4]);
      const hers = traces.filter((it) => it.buyer === 'anna');
      const shops = (await rowsOf(town.node, town.homes.market ?? '')).filter((row) =>
        SHOPS.includes(row.table),
      );
      const others = traces.filter((it) => it.buyer !== 'anna').map((it) => it.pieces);
      const strangers = new Map([...others, piecesOf(shops)].flatMap((it) => [...it]));
      for (const [at, one] of hers.entries()) {
        for (const other of hers.slice(at + 1)) {
          const ties = [...inCommon(one.pieces, other.pieces)].filter(([piece]) => !strangers.has(piece));
          assert.deepEqual(ties, []);
        }
      }
    });
  });
}
