import { z } from 'zod';
import { fromUtf8, toBase64url } from '../kernel/bytes.ts';
import { type JsonObject, parseStrictJson } from '../kernel/json.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { fail, isFailure, ok, type Result } from '../kernel/result.ts';
import { id, instant, line } from '../kernel/schema.ts';
import { publicKey } from '../market/index.ts';
import { type NetworkDeps, originOf } from '../network/index.ts';
import { inceptionState, readChange, readIntroduction, replay } from '../parties/index.ts';
import { fromWire, isObject, readClaim, signedBy } from '../records/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import {
  accountOf,
  addressOf,
  didOf,
  didUrl,
  type PublicName,
  profileUrl,
  readAddress,
  webfingerUrl,
} from './addresses.ts';
import { DISCOVERY_LIMITS } from './limits.ts';
import { About, Kind, Place, PROFILE, Profile, Shop } from './model.ts';

export const FindParty = z.object({
  address: z
    .string()
    .max(300)
    .refine((text) => readAddress(text) !== undefined, 'Write it as name@host.')
    .describe('The public name, such as fanfare@parley.example.org.'),
});

export const FoundParty = z.object({
  address: z.string(),
  did: z.string(),
  name: line,
  kind: Kind,
  about: About,
  storefronts: z.array(Shop),
  markets: z.array(Place),
  /** The public identity and the key that signed all this; neither stands in any relationship. */
  identity: id,
  key: publicKey,
  /** When they signed it, by their own clock. */
  at: instant,
  /** What was found and what it does not show, in plain words. */
  plain: z.array(z.string()),
});

/** Somebody who was looked up, and every key that signed for their public identity, the one in force last. */
interface LookedUp {
  readonly found: z.output<typeof FoundParty>;
  readonly keys: readonly string[];
}

/**
 * Looks somebody up who wishes to be found. Their node learns this node's address and the name that was asked for;
 * nothing is sent of anybody, and nothing is kept: whom I deal with already stays pinned by what we signed. Fails with
 * `public-name-unknown`, `party-contradicts` and as the way out does.
 */
export async function findParty(
  deps: BaseDeps & NetworkDeps,
  _actor: PartyActor,
  input: z.output<typeof FindParty>,
): Promise<Result<z.output<typeof FoundParty>>> {
  const looked = await lookUpParty(deps, input.address);
  return looked.ok ? ok(looked.value.found) : looked;
}

/** The same with the keys, for whoever checks what they signed. */
export async function lookUpParty(deps: BaseDeps & NetworkDeps, address: string): Promise<Result<LookedUp>> {
  const who = readAddress(address);
  if (!who) return notFound();
  const origin = originOf(who.host, deps.wayOut.plainHosts);
  const found = await ask(deps, webfingerUrl(origin, who));
  if (isFailure(found)) return found;
  // What names another place than the node that was asked is not followed.
  if (!namesProfile(found.value, who, profileUrl(origin, who))) return contradicts();
  const profile = await ask(deps, profileUrl(origin, who));
  if (isFailure(profile)) return profile;
  const did = await ask(deps, didUrl(origin, who));
  if (isFailure(did)) return did;
  return verified(who, profile.value, did.value);
}

async function ask(deps: NetworkDeps, url: string): Promise<Result<JsonObject>> {
  const request = { method: 'GET', url, headers: { accept: '*/*' }, body: new Uint8Array(0) };
  const limits = { maxBytes: DISCOVERY_LIMITS.answerBytes, timeoutMs: DISCOVERY_LIMITS.answerMs };
  const response = await deps.wayOut.exchange(request, limits);
  if (isFailure(response)) return response;
  if (response.value.status === 404) return notFound();
  const text = response.value.status === 200 ? fromUtf8(response.value.body) : undefined;
  const parsed = text === undefined ? undefined : parseStrictJson(text);
  return parsed?.ok && isObject(parsed.value) ? ok(parsed.value) : contradicts();
}

function namesProfile(jrd: JsonObject, who: PublicName, url: string): boolean {
  const links = Array.isArray(jrd.links) ? jrd.links : [];
  const isNamed = links.some((link) => isObject(link) && link.rel === 'self' && link.href === url);
  return jrd.subject === accountOf(who) && isNamed;
}

/** What the profile says, once its identity's log, its signature and the DID's document agree on one key. */
function verified(who: PublicName, wire: JsonObject, did: JsonObject): Result<LookedUp> {
  const claim = readClaim(wire, PROFILE, Profile);
  if (!claim.ok) return contradicts();
  const { value: profile, document } = claim.value;
  const inception = readIntroduction(profile.identity);
  const changes = profile.changes.map(fromWire);
  const state =
    inception &&
    replay(
      inceptionState(inception),
      changes.flatMap((it) => (it.ok ? [it.value] : [])),
    );
  if (!inception || !state?.ok || changes.some(isFailure) || state.value.host !== who.host)
    return contradicts();
  const { nodeKey, id: identity } = state.value;
  const key = toBase64url(nodeKey);
  const isTheirs = profile.address === addressOf(who) && profile.did === didOf(who);
  if (!isTheirs || !signedBy(document, nodeKey) || !namesKey(did, didOf(who), key)) return contradicts();
  const { name, kind, about, storefronts, markets, at } = profile;
  const address = addressOf(who);
  const found = {
    ...{ address, did: profile.did, name, kind, about, storefronts, markets, identity, key, at },
    plain: [
      `The node ${who.host} says that ${address} is ${name}, and one key has signed all of it.`,
      'Whoever controls that node can say this of anybody: compare the key with them by another way.',
      'Nothing was kept. Those you deal with already are known by the keys that you both signed with, not by this.',
    ],
  };
  const later = changes.flatMap((it) => (it.ok ? [readChange(it.value)] : []));
  const all = [inception.nodeKey, ...later.flatMap((it) => (it.ok ? [it.value.nodeKey] : []))];
  return ok({ found, keys: all.map(toBase64url) });
}

function namesKey(document: JsonObject, did: string, key: string): boolean {
  const methods = Array.isArray(document.verificationMethod) ? document.verificationMethod : [];
  const asserting = Array.isArray(document.assertionMethod) ? document.assertionMethod : [];
  return (
    document.id === did &&
    methods.some((it) => {
      const jwk = isObject(it) && isObject(it.publicKeyJwk) ? it.publicKeyJwk : {};
      return isObject(it) && it.controller === did && jwk.x === key && asserting.includes(it.id ?? null);
    })
  );
}

function notFound(): Result<never> {
  return fail(
    'public-name-unknown',
    'Nobody of that name can be found there. Whoever does not wish to be found is answered the same.',
    'Check the spelling, or ask them for an invitation.',
  );
}

function contradicts(): Result<never> {
  return fail(
    'party-contradicts',
    'What that node says of them does not fit together. Nothing was kept.',
    'Ask them by another way.',
  );
}
