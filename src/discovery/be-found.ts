import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { type Failure, fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { handle, line } from '../kernel/schema.ts';
import { base64url, findMarket } from '../market/index.ts';
import type { NetworkDeps } from '../network/index.ts';
import { getPartyRow, newIdentity } from '../parties/index.ts';
import type { BaseDeps, Tx, View } from '../storage/index.ts';
import { signProfile } from './current-profile.ts';
import { DISCOVERY_LIMITS } from './limits.ts';
import { About, type MyProfile, type Place } from './model.ts';
import { takePublicName } from './names.ts';
import { myProfile } from './show-public-profile.ts';
import { getProfile } from './store.ts';

export const BeFound = z.object({
  name: handle.describe('The name before the @; the name of this node follows it.'),
  displayName: line.optional().describe('What you are called there; your own name when left out.'),
  about: About.default('').describe('What you say of yourself to everybody.'),
  showStorefronts: z.boolean().default(false).describe('Name your storefronts and their markets too.'),
  markets: z
    .array(base64url)
    .max(DISCOVERY_LIMITS.markets)
    .default([])
    .describe('Markets at which you say that you can be met.'),
});

type Input = z.output<typeof BeFound>;

/**
 * From now on everybody who knows `name@host` can look me up: an identity of its own, which stands in no relationship,
 * signs what I say of myself. Fails with `node-not-public`, `name-taken`, `names-full`, `market-unknown`.
 */
export async function beFound(
  deps: BaseDeps & NetworkDeps,
  actor: PartyActor,
  input: Input,
): Promise<Result<MyProfile>> {
  if (deps.publicOrigin === undefined) {
    return fail(
      'node-not-public',
      'Other nodes cannot reach this one, so nobody could look you up.',
      'Ask whoever runs it to start it with --public.',
    );
  }
  const markets = await deps.storage.read((view) => placesOf(view, input.markets));
  if (isFailure(markets)) return markets;
  const taken = await takePublicName(deps, actor.home, input.name);
  if (!taken.ok) return taken;
  return deps.storage.transact(actor.home, async (tx) => {
    const party = await getPartyRow(tx, tx.home);
    const identity = await publicIdentity(tx, deps, input.name);
    if (!identity.ok) return identity;
    await signProfile(tx, deps, {
      name: input.name,
      display_name: input.displayName ?? party?.name ?? input.name,
      about: input.about,
      is_with_storefronts: input.showStorefronts,
      markets: JSON.stringify(markets.value),
      identity: identity.value,
      is_found: true,
    });
    return ok(await myProfile(tx, deps, tx.home));
  });
}

/** The identity that a name had before; under another name another one, which nothing links to it. */
async function publicIdentity(tx: Tx, deps: BaseDeps, name: string): Promise<Result<string>> {
  const before = await getProfile(tx, tx.home);
  if (before?.name === name) return ok(before.identity);
  const made = await newIdentity(tx, deps, 'public');
  return made.ok ? ok(made.value.id) : made;
}

async function placesOf(
  view: View,
  ids: readonly string[],
): Promise<{ readonly ok: true; readonly value: z.output<typeof Place>[] } | Failure> {
  const places: z.output<typeof Place>[] = [];
  for (const id of ids) {
    const market = await findMarket(view, id);
    if (!market || market.isSample)
      return fail('market-unknown', 'This node knows no such market.', 'Look at the list of markets.');
    places.push({ id: market.id, name: market.name, host: market.address.host });
  }
  return ok(places);
}
