import { hashId, toBase64url } from '../../src/kernel/bytes.ts';
import type { JsonObject } from '../../src/kernel/json.ts';
import { marketsOf } from '../../src/market/index.ts';
import type { Deps } from '../../src/operations.ts';
import { oneUseSigningKey } from '../../src/parties/identity.ts';
import { oneUseSecretOf } from '../../src/parties/keys.ts';
import { aboutRecord, getDocument, isObject, toWire } from '../../src/records/index.ts';
import { tables, type View } from '../../src/storage/index.ts';

/** How long after a question for records its answer counts. */
const ANSWER_MS = 24 * 3600 * 1000;

type Cell = string | number | boolean | Uint8Array | null;
type Row = Readonly<Record<string, Cell>>;

/** What a receiver has in its tables when a message comes, as far as a verdict rests on it. */
export async function knowledgeOf(deps: Deps, home: string): Promise<JsonObject> {
  return deps.storage.read(async (view) => {
    const rows = (table: string, key: string): Promise<Row[]> => rowsOf(view, home, table, key);
    const changes = await rows('identity_changes', 'number');
    const logOf = (row: Row): JsonObject => ({
      id: String(row.id),
      document: json(row.document),
      changes: changes.filter((it) => it.identity === row.id).map((it) => json(it.document)),
    });
    const all: JsonObject = {
      identities: (await rows('identities', 'id')).map(logOf),
      counterparts: (await rows('counterparts', 'id')).map(logOf),
      relationships: await relationshipsOf(deps, view, home, rows),
      storefronts: (await rows('storefronts', 'id')).map((it) => ({
        id: String(it.id),
        key: payloadOf(it.document).key ?? null,
        market: String(it.market),
        identity: String(it.identity),
      })),
      markets: (await marketsOf(view)).map(({ id, key }) => ({ id, key })),
      casts: (await rows('intent_casts', 'id')).map((it) => ({
        castId: String(it.id),
        market: String(it.market),
        inbox: String(it.reply),
      })),
      tables: (await rows('kept_tables', 'market')).map((it) => ({
        market: String(it.market),
        inbox: plain(it.reply),
        number: plain(it.number),
      })),
      seen: (await rows('desk_casts', 'alias')).map((it) => ({
        alias: String(it.alias),
        storefront: String(it.storefront),
      })),
      invitations: (await rows('invitations', 'id')).map((it) => ({
        id: String(it.id),
        identity: String(it.identity),
        name: String(it.name),
        note: String(it.note),
        terms: String(it.terms),
        secretHash: String(it.secret_hash),
        until: plain(it.until_at),
        state: String(it.state),
      })),
      holds: (await rows('desk_holds', 'alias')).map((it) => ({
        alias: String(it.alias),
        storefront: String(it.storefront),
        state: String(it.state),
      })),
      proffers: (await rows('proffers', 'id')).map(profferOf),
      market: await marketOf(rows, changes),
    };
    return Object.fromEntries(
      Object.entries(all).filter(([, it]) => it !== null && !(Array.isArray(it) && it.length === 0)),
    );
  });
}

type Rows = (table: string, key: string) => Promise<Row[]>;

async function relationshipsOf(deps: Deps, view: View, home: string, rows: Rows): Promise<JsonObject[]> {
  const records = await rows('records', 'seq');
  const forks = await rows('forks', 'seq');
  const sent = await rows('outbox', 'position');
  const isSince = (row: Row): boolean => Number(row.saved_at) > deps.clock.now() - ANSWER_MS;
  const out: JsonObject[] = [];
  for (const it of await rows('relationships', 'id')) {
    const rel = String(it.id);
    const agreement = await getDocument(view, home, String(it.agreement));
    const idsIn = (from: readonly Row[], author: Cell | undefined): string[] =>
      from.filter((r) => r.rel === rel && r.author === author).map((r) => String(r.id));
    const mine = idsIn(records, it.mine);
    const about = sent.filter((row) => row.about === rel && row.type === 'heads-wanted');
    const taken = new Set(sent.filter((row) => row.state === 'acted').map((row) => row.about));
    const secret = await oneUseSecretOf(view, deps.nodeKey, home);
    out.push({
      rel,
      side: String(it.side),
      state: String(it.state),
      mine: String(it.mine),
      theirs: plain(it.theirs),
      storefront: String(it.storefront),
      agreement: agreement ? { ...toWire(agreement), signatures: signaturesOf(agreement) } : null,
      ...(it.side === 'buyer' && {
        outcomeKey: toBase64url(oneUseSigningKey(secret, `outcome/${rel}`).publicKey),
      }),
      hasAsked: it.reconciling_at !== null || about.some(isSince),
      standsStill: it.reconciling_at !== null,
      records: {
        mine,
        theirs: idsIn(records, it.theirs),
        taken: mine.filter((id) => taken.has(aboutRecord(rel, id))),
        forks: idsIn(forks, it.mine),
      },
    });
  }
  return out;
}

function signaturesOf(document: NonNullable<Awaited<ReturnType<typeof getDocument>>>): JsonObject[] {
  return toWire(document).signatures.map((it) => ({ ...it }));
}

function profferOf(it: Row): JsonObject {
  const negotiation = json(it.negotiation);
  const peer = it.peer === null ? null : json(it.peer);
  return {
    negotiation: String(it.id),
    side: String(it.side),
    kind: String(it.kind),
    first: String(it.first_party),
    second: String(it.second_party),
    peerKey: peer?.key ?? null,
    state: negotiation,
  };
}

async function marketOf(rows: Rows, changes: readonly Row[]): Promise<JsonObject | null> {
  const [own] = await rows('markets', 'id');
  if (!own) return null;
  return {
    id: String(own.id),
    storefronts: (await rows('market_storefronts', 'id')).map((it) => {
      const identity = payloadOf(it.document).identity ?? null;
      const id = isObject(identity) ? hashId(Buffer.from(String(identity.payload), 'base64url')) : '';
      return {
        id: String(it.id),
        key: String(it.public_key),
        identity,
        changes: changes.filter((row) => row.identity === id).map((row) => json(row.document)),
      };
    }),
    casts: (await rows('market_casts', 'id')).map((it) => ({
      castId: String(it.id),
      key: String(it.public_key),
      isOpen: it.is_open === true,
      until: plain(it.until_at),
    })),
    aliases: (await rows('market_aliases', 'alias')).map((it) => ({
      alias: String(it.alias),
      castId: String(it.cast_id),
      storefront: String(it.storefront),
      state: String(it.state),
    })),
    holds: (await rows('market_holds', 'alias')).map((it) => ({
      alias: String(it.alias),
      castId: String(it.cast_id),
      storefront: String(it.storefront),
      listing: String(it.listing),
      state: String(it.state),
    })),
    outcomes: (await rows('market_outcomes', 'agreement')).map((it) => ({
      ticket: String(it.agreement),
      result: String(it.result),
    })),
  };
}

async function rowsOf(view: View, home: string, table: string, key: string): Promise<Row[]> {
  return tables<Record<string, Row>>(view)
    .selectFrom(table)
    .selectAll()
    .where('home_id', '=', home)
    .orderBy(key)
    .execute();
}

function json(text: Cell | undefined): JsonObject {
  return JSON.parse(String(text)) as JsonObject; // a column that the program wrote as JSON
}

function payloadOf(document: Cell | undefined): JsonObject {
  const payload = String(json(document).payload);
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as JsonObject; // signed by the program
}

function plain(value: Cell | undefined): string | number | boolean | null {
  return value === undefined || value instanceof Uint8Array ? null : value;
}
