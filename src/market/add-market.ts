import { z } from 'zod';
import { fromUtf8 } from '../kernel/bytes.ts';
import { parseStrictJson } from '../kernel/json.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { line } from '../kernel/schema.ts';
import { documentUrl, type NetworkDeps, originOf } from '../network/index.ts';
import { NODE_HOME, readIntroduction } from '../parties/index.ts';
import { isObject } from '../records/index.ts';
import type { Tx, View } from '../storage/index.ts';
import type { MarketDeps } from './deps.ts';
import { entriesOf, putEntry, REMOTE } from './directory.ts';
import { readMarket, type Verified } from './documents.ts';
import type { MarketDocument } from './model.ts';
import { base64url, marketLimits } from './parts.ts';

/** A host name as it is typed, with a port where it has one. */
const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9.-]{1,253}(:[0-9]{1,5})?$/, 'This is not the name of a node.');

export const AddMarket = z.object({
  host: hostName.describe('The node that it is on, such as market.example.org.'),
});
export const AddedMarkets = z.object({
  rows: z.array(z.object({ id: base64url, name: line, operator: line, isNew: z.boolean() })),
});

/**
 * Asks another node for its markets and remembers them here. Nothing is sent of anybody. Fails with `market-none`,
 * `market-malformed`, `markets-full` and as the way out does.
 */
export async function addMarket(
  deps: MarketDeps & NetworkDeps,
  _actor: PartyActor,
  input: z.output<typeof AddMarket>,
): Promise<Result<z.output<typeof AddedMarkets>>> {
  const found = await askFor(deps, input.host);
  if (isFailure(found)) return found;
  return deps.storage.transact(NODE_HOME, async (tx) => {
    const known = await remember(tx, found.value);
    if (isFailure(known)) return known;
    const rows = found.value.map(({ id, value }) => {
      return { id, name: value.name, operator: value.rules.operator, isNew: !known.has(id) };
    });
    return ok({ rows });
  });
}

/** Keeps those that are new; answers whom this node knew before. */
async function remember(tx: Tx, found: readonly Found[]): Promise<ReadonlySet<string> | Failure> {
  const known = new Set((await entriesOf(tx)).flatMap((entry) => entry.id ?? []));
  const fresh = found.filter((market) => !known.has(market.id));
  if (known.size + fresh.length > marketLimits.marketsKnown) {
    return fail('markets-full', 'This node knows as many markets as it may.', 'Use one of those.');
  }
  for (const { id, document, value } of fresh) {
    const entry = { home: `${REMOTE}${id}`, handle: '', sample: null, name: value.name };
    await putEntry(tx, { ...entry, id, document });
  }
  return known;
}

/** The documents of real markets that this node knows and others can reach, for somebody who moves away from it. */
export async function marketDocuments(view: View): Promise<unknown[]> {
  return (await entriesOf(view)).flatMap(({ document, sample }) => {
    const read = sample === null ? readMarket(document) : undefined;
    return read?.ok && !read.value.value.address.host.endsWith('.invalid') ? [document] : [];
  });
}

/** Remembers markets that somebody knew where they came from; what does not certify itself is left out. */
export async function learnMarkets(tx: Tx, documents: readonly unknown[]): Promise<void> {
  const found = documents.flatMap((wire) => {
    const read = readMarket(wire);
    return (read.ok && readFound(wire, read.value.value.address.host)) || [];
  });
  await remember(tx, found);
}

interface Found extends Pick<Verified<MarketDocument>, 'value'> {
  readonly id: string;
  readonly document: unknown;
}

async function askFor(deps: NetworkDeps, host: string): Promise<Result<Found[]>> {
  const url = documentUrl(originOf(host, deps.wayOut.plainHosts));
  const request = { method: 'GET', url, headers: { accept: 'application/json' }, body: new Uint8Array(0) };
  const response = await deps.wayOut.exchange(request);
  if (isFailure(response)) return response;
  return response.value.status === 200 ? readMarkets(response.value.body, host) : none();
}

/** The markets in what a node says of itself. */
export function readMarkets(body: Uint8Array, host: string): Result<Found[]> {
  const text = fromUtf8(body);
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  const markets = parsed?.ok && isObject(parsed.value) ? parsed.value.markets : undefined;
  if (!Array.isArray(markets) || markets.length === 0) return none();
  const found = markets.slice(0, marketLimits.marketsKnown).map((wire) => readFound(wire, host));
  return found.every((it) => it !== undefined) ? ok(found) : malformed();
}

/** A market whose own key signed its rules, and whose identity has this very address on this very node. */
function readFound(wire: unknown, host: string): Found | undefined {
  const read = readMarket(wire);
  if (!read.ok) return undefined;
  const { value } = read.value;
  const identity = readIntroduction(value.identity);
  const isItsOwn =
    identity?.host === host && value.address.host === host && identity.inbox === value.address.inbox;
  const key = identity && Buffer.from(identity.nodeKey).toString('base64url');
  return isItsOwn && key === value.key ? { id: identity.id, document: wire, value } : undefined;
}

function none(): Result<never> {
  return fail('market-none', 'There is no market at that node.', 'Check the name, or ask who runs it.');
}

function malformed(): Result<never> {
  return fail(
    'market-malformed',
    'What that node says of its markets contradicts itself. Nothing was kept.',
    'Tell whoever runs it.',
  );
}
