import assert from 'node:assert/strict';
import type { TestNode } from '../harness/node.ts';
import type { Engine } from '../harness/test-deps.ts';
import { rowsOf } from '../story/holdings.ts';
import { type Hub, openHub } from './hub.ts';
import type { Rows } from './loop.ts';

export const maya = { as: 'maya' };
export const town = { as: 'ghent' };
export const shop = { as: 'fanfare' };
const rival = { as: 'brassband' };

interface By {
  readonly as: string;
}

interface Line {
  id: string;
  says: string;
  isOptional: boolean;
  candidates: {
    proof: string;
    issuer: string;
    value: string;
    copies: number;
    isImported: boolean;
    alsoShows: { path: string[]; says: string }[];
  }[];
  outcome: string;
  value?: string;
}

export interface Request {
  id: string;
  isMine: boolean;
  purpose: string;
  state: string;
  verdict?: string;
  lines: Line[];
  proofs: { name: string; issuer: { name: string; key: string }; problem?: string }[];
}

interface Held {
  id: string;
  isIssued: boolean;
  state: string;
  name: string;
  facts: { says: string; value?: string }[];
  issuer: { name: string; key: string };
  copies: { left: number; used: number; isLow: boolean };
}

/** Maya at home, the town that can be found, and two shops on a third node, who all know her. */
export interface Stage {
  readonly hub: Hub;
  readonly home: TestNode;
  readonly hall: TestNode;
  readonly vendor: TestNode;
  readonly relationships: Readonly<Record<'town' | 'shop' | 'rival', string>>;
}

export async function stage<T>(seed: string, engine: Engine, body: (stage: Stage) => Promise<T>): Promise<T> {
  const hub = openHub(seed);
  try {
    const home = await hub.open('home.example', engine);
    const hall = await hub.open('town.example', engine);
    const vendor = await hub.open('shop.example', engine);
    await home.party(maya.as);
    await hall.party(town.as);
    for (const by of [shop, rival]) await vendor.party(by.as);
    const { code } = await home.done<{ code: string }>('show-recovery-code', {}, maya);
    await home.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, maya);
    const relationships = {
      town: await meet(hub, home, hall, town),
      shop: await meet(hub, home, vendor, shop),
      rival: await meet(hub, home, vendor, rival),
    };
    return await body({ hub, home, hall, vendor, relationships });
  } finally {
    await hub.close();
  }
}

/** Maya accepts an invitation of theirs. */
async function meet(hub: Hub, home: TestNode, node: TestNode, by: By): Promise<string> {
  const { code } = await node.done<{ code: string }>(
    'invite-person',
    { name: by.as, note: 'A customer.' },
    by,
  );
  const { relationship } = await home.done<{ relationship: string }>(
    'accept-invitation',
    { code, name: 'Maya' },
    maya,
  );
  await hub.idle();
  await node.done('answer-acceptance', { relationship, answer: 'sign' }, by);
  await hub.idle();
  return relationship;
}

export const AGE = 'urn:parley:proof:age';
const CLAIMS = { age_over_18: true, region: 'East Flanders', locality: 'Wondelgem' };
/** The town offers, Maya takes, and ten copies come. */
export async function prove(
  { hub, home, hall, relationships }: Stage,
  until = '2028-12-31',
  { kind, claims }: { readonly kind: string; readonly claims: object } = { kind: AGE, claims: CLAIMS },
): Promise<string> {
  await hall.done('be-found', { name: 'ghent', displayName: 'Town of Ghent' }, town);
  const relationship = relationships.town;
  const { proof } = await hall.done<{ proof: string }>(
    'issue-proof',
    { relationship, kind, claims, until },
    town,
  );
  await hub.idle();
  await home.done('take-proof', { proof }, maya);
  await hub.idle();
  return proof;
}

export const QUERY = {
  credentials: [
    {
      id: 'residence',
      format: 'dc+sd-jwt',
      meta: { vct_values: [AGE] },
      claims: [
        { id: 'age', path: ['age_over_18'], values: [true] },
        { id: 'region', path: ['region'] },
      ],
    },
  ],
};

/** A vendor asks, and what it says at Maya's. */
export async function askMaya(
  { hub, home, vendor, relationships }: Stage,
  who: 'shop' | 'rival',
  query: object = QUERY,
): Promise<Request> {
  const relationship = relationships[who];
  const input = { relationship, query, purpose: 'to sell you gin' };
  const { request } = await vendor.done<{ request: string }>('ask-for-proof', input, byOf(who));
  await hub.idle();
  const found = (await requests(home, relationship, maya)).find((it) => it.id === request);
  assert(found, 'the question has come');
  return found;
}

export const byOf = (who: 'shop' | 'rival'): By => (who === 'shop' ? shop : rival);

export async function requests(node: TestNode, relationship: string, by: By): Promise<Request[]> {
  return (await node.done<Rows<Request>>('list-proof-requests', { relationship }, by)).rows;
}

export async function proofs(node: TestNode, by: By): Promise<Held[]> {
  return (await node.done<Rows<Held>>('list-proofs', {}, by)).rows;
}

export async function homeOfShop({ vendor }: Stage): Promise<string> {
  return (await vendor.done<{ acting: { id: string } }>('who-am-i', {}, shop)).acting.id;
}

export async function homeOfMaya({ home }: Stage): Promise<string> {
  return (await home.done<{ acting: { id: string } }>('who-am-i', {}, maya)).acting.id;
}

/** The presentation that this shop got, from the record that carried it. */
export async function shownTo({ vendor, relationships }: Stage, who: 'shop' | 'rival'): Promise<string> {
  const home = (await vendor.done<{ acting: { id: string } }>('who-am-i', {}, byOf(who))).acting.id;
  for (const { table, columns } of await rowsOf(vendor, home)) {
    if (table !== 'records' || columns.type !== 'proof-answered' || columns.rel !== relationships[who])
      continue;
    const body = JSON.parse(Buffer.from(columns.body as Uint8Array).toString()); // the column of octets
    return body.shown[0].presentation;
  }
  throw new Error('nothing was shown');
}

/** What two presentations of one day have in common by their form, and all that is each one's own. */
export function partsOf(token: string): { same: object; own: ReadonlySet<string> } {
  const parts = token.split('~');
  const json = (text = '') => JSON.parse(Buffer.from(text, 'base64url').toString());
  const [header, payload, signature = ''] = (parts[0] ?? '').split('.');
  const { _sd: digests, cnf, ...rest } = json(payload);
  const binding = (parts.at(-1) ?? '').split('.');
  const disclosures = parts.slice(1, -1);
  return {
    same: {
      header: json(header),
      rest,
      count: digests.length,
      names: disclosures.map((it) => json(it).slice(1)),
    },
    own: new Set([
      ...digests,
      ...disclosures,
      ...disclosures.map((it) => json(it)[0]),
      cnf.jwk.x,
      signature,
      ...Object.entries(json(binding[1])).flatMap(([name, value]) => (name === 'iat' ? [] : [String(value)])),
      binding[2],
    ]),
  };
}
