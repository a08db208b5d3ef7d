import { toBase64url, toUtf8 } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/json.ts';
import { thumbprint } from '../kernel/signing.ts';
import { problemAnswer, type WireRequest, type WireResponse } from '../network/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import {
  accountOf,
  DID_TYPE,
  didNameIn,
  didOf,
  didUrl,
  JRD_TYPE,
  PROFILE_TYPE,
  type PublicName,
  profileNameIn,
  profileUrl,
  readAddress,
  WEBFINGER,
} from './addresses.ts';
import { type Findable, findable } from './current-profile.ts';
import { DISCOVERY_LIMITS } from './limits.ts';

/** Anybody's page may ask (RFC 7033, section 5), and keep the answer for a few minutes. */
const HEADERS = {
  'access-control-allow-origin': '*',
  'cache-control': `public, max-age=${DISCOVERY_LIMITS.cacheSeconds}`,
};

export function isDiscovery(pathname: string): boolean {
  return pathname === WEBFINGER || (didNameIn(pathname) ?? profileNameIn(pathname)) !== undefined;
}

/**
 * Answers who can be found here: WebFinger (RFC 7033), the DID's document (did:web), and the signed profile. A name that
 * nobody has and one whose party does not wish to be found get the same answer, octet for octet.
 */
export async function answerDiscovery(
  deps: BaseDeps,
  origin: string,
  request: WireRequest,
): Promise<WireResponse> {
  if (request.method !== 'GET') return withHeaders(problemAnswer(405, 'method-refused'));
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === WEBFINGER) return withHeaders(await webfinger(deps, origin, searchParams));
  const [did, profile] = [didNameIn(pathname), profileNameIn(pathname)];
  const found = await findable(deps, did ?? profile ?? '');
  if (!found) return withHeaders(problemAnswer(404, 'party-unknown'));
  const who = { name: found.row.name, host: deps.host };
  return withHeaders(
    did === undefined
      ? answered(PROFILE_TYPE, found.row.document)
      : answered(DID_TYPE, JSON.stringify(didDocument(origin, who, found))),
  );
}

async function webfinger(deps: BaseDeps, origin: string, query: URLSearchParams): Promise<WireResponse> {
  const resources = query.getAll('resource');
  const [resource] = resources;
  if (resources.length !== 1 || !resource || !/^[a-z][a-z0-9+.-]*:/i.test(resource))
    return problemAnswer(400, 'resource-malformed');
  const who = /^acct:/i.test(resource) ? readAddress(resource) : undefined;
  const found = who?.host === deps.host ? await findable(deps, who.name) : undefined;
  if (!who || !found) return problemAnswer(404, 'party-unknown');
  return answered(JRD_TYPE, JSON.stringify(descriptor(origin, who, query.getAll('rel'))));
}

/** A JRD; links of other relations than those asked for are left out. */
function descriptor(origin: string, who: PublicName, rels: readonly string[]): JsonObject {
  const links = [
    { rel: 'self', type: PROFILE_TYPE, href: profileUrl(origin, who) },
    { rel: 'describedby', type: DID_TYPE, href: didUrl(origin, who) },
  ];
  return {
    subject: accountOf(who),
    aliases: [didOf(who)],
    links: links.filter((link) => rels.length === 0 || rels.includes(link.rel)),
  };
}

function didDocument(origin: string, who: PublicName, { state }: Findable): JsonObject {
  const did = didOf(who);
  const key = `${did}#${thumbprint(state.nodeKey)}`;
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
    id: did,
    alsoKnownAs: [accountOf(who)],
    verificationMethod: [
      {
        id: key,
        type: 'JsonWebKey2020',
        controller: did,
        publicKeyJwk: { kty: 'OKP', crv: 'Ed25519', x: toBase64url(state.nodeKey) },
      },
    ],
    authentication: [key],
    assertionMethod: [key],
    service: [{ id: `${did}#profile`, type: 'ParleyProfile', serviceEndpoint: profileUrl(origin, who) }],
  };
}

function answered(type: string, text: string): WireResponse {
  return { status: 200, headers: { 'content-type': type }, body: toUtf8(text) };
}

function withHeaders(response: WireResponse): WireResponse {
  return { ...response, headers: { ...response.headers, ...HEADERS } };
}
