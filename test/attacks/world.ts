import assert from 'node:assert/strict';
import { type RawBuilder, sql } from 'kysely';
import { hashId, toBase64url, toUtf8 } from '../../src/kernel/bytes.ts';
import { fail, ok } from '../../src/kernel/result.ts';
import { type SeededRandom, seededRandom } from '../../src/kernel/seeded-random.ts';
import type { SigningKey } from '../../src/kernel/signing.ts';
import type { Exchange, WayOut, WireRequest } from '../../src/network/index.ts';
import { homeOfInboxPath, makeInboxPath, type PartyTables, speakersKey } from '../../src/parties/index.ts';
import { tables } from '../../src/storage/index.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import type { Hub } from '../nodes/hub.ts';
import { maya, openRelationship, type Rows, shop, talk } from '../nodes/loop.ts';
import { trumpet, trumpetWanted } from '../story/goods.ts';

export const HOME = 'home.example';
export const SHOP = 'shop.example';
export const MARKET = 'market.example';
export const RELAY = 'relay.example';

/** One relationship as the hostile side holds it: its own keys, and where the victim is reached. */
interface Relation {
  readonly rel: string;
  /** The attacker's pairwise identity, and the key that speaks for it. */
  readonly me: string;
  readonly key: SigningKey;
  /** The victim's identity in this relationship, its inbox and the key of its receipts. */
  readonly victim: string;
  readonly inbox: string;
  readonly victimKey: string;
}

/** What somebody who looked around knows of the others: public names, and paths into each home. */
interface Around {
  readonly market: string;
  readonly storefront: string;
  /** The storefront's document, the vendor's and the victim's introductions, in wire form. */
  readonly documents: { readonly storefront: object; readonly vendor: object; readonly victim: object };
  readonly paths: { readonly home: string; readonly vendor: string; readonly market: string };
}

/** Three nodes that dealt honestly, until the vendor's keys fell into hostile hands. */
export interface World {
  /** The victim's home on its own node. */
  readonly victim: string;
  readonly home: TestNode;
  readonly vendor: TestNode;
  readonly market: TestNode;
  readonly relay: TestNode;
  readonly random: SeededRandom;
  readonly around: Around;
  /** Two relationships of the victim with the same vendor: what links them must not show. */
  readonly first: Relation;
  readonly second: Relation;
  /** Every request that left a node. */
  readonly left: { readonly from: string; readonly request: WireRequest }[];
  /** Answers in the place of a host until it is taken away again. */
  lieAs(host: string, lie: Exchange | undefined): void;
  now(): number;
  /** Lets what waits for its next try go now, and all of it arrive. */
  again(): Promise<void>;
  /** A side that has sent nothing yet. */
  side(): string;
  /** Resolves when no node has anything left to do now. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export async function openWorld(seed: string): Promise<World> {
  const nodes = new Map<string, TestNode>();
  const lies = new Map<string, Exchange>();
  const left: World['left'] = [];
  const wayOutOf = (from: string): WayOut => ({
    plainHosts: [],
    async exchange(request, limits) {
      const { host } = new URL(request.url);
      left.push({ from, request });
      const lie = lies.get(host);
      if (lie) return lie(request, limits);
      const node = nodes.get(host);
      return node
        ? ok(await node.answerPeer(request, from))
        : fail('host-unknown', 'There is no such node.', 'Check its name.');
    },
  });
  const open = async (host: string): Promise<TestNode> => {
    const own = { seed: `${seed}/${host}`, publicOrigin: `https://${host}`, wayOut: wayOutOf(host) };
    const node = await startTestNode({ ...own, rehearse: false, carriesForOthers: host === RELAY });
    nodes.set(host, node);
    return node;
  };
  const [home, vendor, market, relay] = await Promise.all([HOME, SHOP, MARKET, RELAY].map(open));
  assert(home && vendor && market && relay);
  const all = [home, vendor, market, relay];
  const advance = (ms: number): void => {
    for (const node of all) node.clock?.advance(ms);
  };
  const idle = async (): Promise<void> => {
    for (let round = 0; round < 6; round++) {
      advance(1_000); // boxes are looked into now and then
      for (const node of all) await node.idle();
    }
  };
  const hub: Hub = { seen: [], open, onWire() {}, replace() {}, cut() {}, idle, close: async () => {} };
  const rels = [await openRelationship(hub, home, vendor), await openAnother(hub, home, vendor)];
  await talk(hub, home, vendor, rels[0] ?? '');
  const [first, second] = await Promise.all(rels.map((rel) => relationOf(vendor, rel)));
  assert(first && second);
  const random = seededRandom(`${seed}/attacker`);
  const around = await lookAround({ home, vendor, market }, first, random);
  let sides = 0;
  return {
    victim: homeOfInboxPath(home.deps.nodeKey, first.inbox) ?? '',
    ...{ around, home, vendor, market, relay, random, first, second, left, idle },
    lieAs: (host, lie) => void (lie ? lies.set(host, lie) : lies.delete(host)),
    async again() {
      for (const [node, at] of [
        [home, first.inbox],
        [vendor, around.paths.vendor],
      ] as const) {
        const owner = homeOfInboxPath(node.deps.nodeKey, at) ?? '';
        await node.deps.storage.transact(owner, async (tx) => {
          await sql`update outbox set next_at = 0 where state = 'saved'`.execute(tx.db);
          tx.wake('outbox');
        });
      }
      await idle();
    },
    now: () => home.deps.clock.now(),
    side: () => `198.51.100.${sides++}`,
    async close() {
      for (const node of all) await node.close();
    },
  };
}

/** A second want of the same person with the same vendor. */
async function openAnother(hub: Hub, home: TestNode, vendor: TestNode): Promise<string> {
  await vendor.done('publish-listing', trumpet(vendor.deps.clock.now()), shop);
  await hub.idle();
  const { rows: markets } = await home.done<Rows<{ id: string }>>('add-market', { host: MARKET }, maya);
  const market = markets[0]?.id;
  const fields = trumpetWanted(home.deps.clock.now());
  const preview = { fields, market };
  const { choices } = await home.done<{ choices: { cell: { id: string } }[] }>('preview-cast', preview, maya);
  const choice = choices.at(-1)?.cell.id;
  const cast = { fields, market, choice, ifBelow: 'hold' };
  const { id } = await home.done<{ id: string }>('cast-intent', cast, maya);
  await hub.idle();
  const { rows } = await home.done<Rows<{ id: string }>>('list-offers', { intent: id }, maya);
  const offer = { offer: rows[0]?.id };
  const { relationship } = await home.done<{ relationship: string }>('accept-offer', offer, maya);
  await hub.idle();
  return relationship;
}

/** What the vendor's own rows say of a relationship, keys included: whoever holds its node has all of it. */
async function relationOf(vendor: TestNode, rel: string): Promise<Relation> {
  const { deps } = vendor;
  return deps.storage.read(async (view) => {
    const { rows } = await sql<{ home_id: string; mine: string; theirs: string }>`
      select home_id, mine, theirs from relationships where id = ${rel}`.execute(view.db);
    const [row] = rows;
    assert(row, 'the vendor is in that relationship');
    const other = await tables<PartyTables>(view)
      .selectFrom('counterparts')
      .selectAll()
      .where('home_id', '=', row.home_id)
      .where('id', '=', row.theirs)
      .executeTakeFirstOrThrow();
    const key = await speakersKey(view, deps, row.home_id, `identity/${row.mine}`);
    assert(key);
    const { inbox, node_key: victimKey } = other;
    return { rel, me: row.mine, key, victim: row.theirs, inbox, victimKey };
  });
}

async function one<T>(node: TestNode, query: RawBuilder<T>): Promise<T> {
  const { rows } = await node.deps.storage.read((view) => query.execute(view.db));
  assert(rows[0], 'there is such a row');
  return rows[0];
}

async function lookAround(
  nodes: Pick<World, 'home' | 'vendor' | 'market'>,
  { me, victim, inbox }: Relation,
  random: SeededRandom,
): Promise<Around> {
  const { home, vendor, market } = nodes;
  const open = await one(
    market,
    sql<{
      home_id: string;
      id: string;
      document: string;
    }>`select home_id, id, document from market_storefronts`,
  );
  const mine = await one(
    vendor,
    sql<{ home_id: string; document: string }>`select home_id, document from identities where id = ${me}`,
  );
  const theirs = await one(
    vendor,
    sql<{ document: string }>`select document from counterparts where id = ${victim}`,
  );
  const known = await one(home, sql<{ market: string }>`select market from intent_casts`);
  const victimHome = homeOfInboxPath(home.deps.nodeKey, inbox) ?? '';
  return {
    market: known.market,
    storefront: open.id,
    documents: {
      storefront: JSON.parse(open.document),
      vendor: JSON.parse(mine.document),
      victim: JSON.parse(theirs.document),
    },
    paths: {
      home: makeInboxPath(home.deps.nodeKey, victimHome, random),
      vendor: makeInboxPath(vendor.deps.nodeKey, mine.home_id, random),
      market: makeInboxPath(market.deps.nodeKey, open.home_id, random),
    },
  };
}

/** A hash of every row of a node, table by table; `inbox` apart, when refusals may be kept. */
export async function rowsOf(node: TestNode): Promise<ReadonlyMap<string, string>> {
  return node.deps.storage.read(async (view) => {
    const named = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(
      view.db,
    );
    const hashes = new Map<string, string>();
    for (const { name } of named.rows) {
      const { rows } = await sql`select * from ${sql.table(name)}`.execute(view.db);
      const text = JSON.stringify(rows, (_key, it) =>
        it instanceof Uint8Array ? toBase64url(it) : plain(it),
      );
      hashes.set(name, `${rows.length} rows ${hashId(toUtf8(text))}`);
    }
    return hashes;
  });
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** How many rows a table of a node has. */
export async function countRows(node: TestNode, table: string): Promise<number> {
  return node.deps.storage.read(async (view) => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(view.db);
    return Number(rows[0]?.n ?? 0);
  });
}
