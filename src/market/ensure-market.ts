import { toBase64url } from '../kernel/bytes.ts';
import { type HomeId, newId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import { assert, must } from '../kernel/result.ts';
import {
  getPartyRow,
  homeOfHandle,
  insertHeldParty,
  NODE_HOME,
  newIdentity,
  nodeIdentityKey,
  type PartyTables,
} from '../parties/index.ts';
import { toWire } from '../records/index.ts';
import { type Tx, tables } from '../storage/index.ts';
import type { MarketDeps } from './deps.ts';
import { entriesOf, findMarket, type KnownMarket, putEntry, REMOTE } from './directory.ts';
import { signMarket } from './documents.ts';
import type { MarketContent, Rules } from './model.ts';
import { marketLimits } from './parts.ts';
import { ORDER_IN_WORDS } from './rules.ts';
import { copyWire, getMarketRow } from './store.ts';
import type { MarketTables } from './tables.ts';

/** Identities that a market may open in its life; it needs one. */
const IDENTITIES = 8;

export interface NewMarket {
  readonly name: string;
  /** The sample it belongs to; a real market when left out. */
  readonly sample?: string;
  readonly operator?: string;
  /** Fewest accounts in a cell that is published; 20 in a sample, else 5. */
  readonly smallest?: number;
  readonly epochDays?: number;
  readonly fee?: Rules['fee'];
}

/**
 * The market of this name on this node, made when it is not there: a party of its own, its public identity, its signed
 * rules, and its entry in the node's directory. Done again after it was interrupted, it goes on where it stopped.
 */
export async function ensureMarket(
  deps: MarketDeps,
  wanted: NewMarket,
): Promise<KnownMarket & { readonly home: HomeId }> {
  const sample = wanted.sample ?? null;
  const entry = await deps.storage.transact(NODE_HOME, async (tx) => {
    for (const known of await entriesOf(tx)) {
      // Another node's market may well have the same name.
      if (known.home.startsWith(REMOTE)) continue;
      if (known.sample === sample && (known.name === wanted.name || sample !== null)) return known;
    }
    const home = newId(deps.random);
    const handle = await takeHandle(tx, sample === null ? 'market' : 'sample-market', home);
    const begun = { home, handle, sample, name: wanted.name };
    await putEntry(tx, begun);
    return begun;
  });
  const opened = await deps.storage.transact(entry.home, (tx) => openMarket(tx, deps, entry.handle, wanted));
  return deps.storage.transact(NODE_HOME, async (tx) => {
    await putEntry(tx, { ...entry, ...opened });
    const market = await findMarket(tx, opened.id);
    assert(market, 'the market was just remembered');
    return { ...market, home: entry.home };
  });
}

async function openMarket(
  tx: Tx,
  deps: MarketDeps,
  handle: string,
  wanted: NewMarket,
): Promise<{ id: string; document: unknown }> {
  const known = await getMarketRow(tx, tx.home);
  if (known) return { id: known.id, document: JSON.parse(known.document) };
  const sample = wanted.sample ?? null;
  if (!(await getPartyRow(tx, tx.home))) {
    const { name } = wanted;
    await insertHeldParty(tx, deps, { handle, name, kind: 'market', sample, identities: IDENTITIES });
  }
  const identity = must(await newIdentity(tx, deps, 'market'));
  const now = deps.clock.now();
  const rules = rulesOf(deps, wanted);
  const content: MarketContent = {
    name: wanted.name,
    isSample: sample !== null,
    key: toBase64url(identity.key.publicKey),
    identity: copyWire(toWire(identity.document)),
    address: { host: identity.host, inbox: identity.inbox },
    rules,
    at: now,
  };
  const { wire } = signMarket(content, identity.key, deps.random);
  await tables<MarketTables>(tx)
    .insertInto('markets')
    .values({
      home_id: tx.home,
      id: identity.id,
      name: wanted.name,
      sample,
      rules: JSON.stringify(rules),
      document: JSON.stringify(wire),
      categories: deps.categories.version,
      opened_at: now,
    })
    .execute();
  return { id: identity.id, document: wire };
}

/** Takes the first free of `base`, `base-2`, `base-3` ... in the node's rows for a home. */
async function takeHandle(tx: Tx, base: string, home: HomeId): Promise<string> {
  for (let number = 1; ; number++) {
    const handle = number === 1 ? base : `${base}-${number}`;
    const holder = await homeOfHandle(tx, handle);
    if (holder !== undefined && holder !== home && (await getPartyRow(tx, holder))) continue;
    await tables<PartyTables>(tx)
      .insertInto('handles')
      .values({ home_id: NODE_HOME, handle, party: home })
      .onConflict((c) => c.columns(['home_id', 'handle']).doUpdateSet({ party: home }))
      .execute();
    return handle;
  }
}

function rulesOf(deps: MarketDeps, wanted: NewMarket): Rules {
  const isSample = wanted.sample !== undefined;
  return {
    operator: wanted.operator ?? wanted.name,
    fee: wanted.fee ?? { perMille: 0, payer: 'seller' },
    smallest: wanted.smallest ?? (isSample ? 20 : 5),
    epochDays: wanted.epochDays ?? 7,
    capQuotes: LIMITS.quotesPerCast,
    capAnswers: LIMITS.answersPerCast,
    capPerVendor: marketLimits.quotesPerVendor,
    attester: toBase64url(nodeIdentityKey(deps.nodeKey).publicKey),
    counts: isSample ? 'sample people' : 'accounts',
    categories: deps.categories.version,
    order: ORDER_IN_WORDS,
  };
}
