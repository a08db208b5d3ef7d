import { lastSent, type Settler, send, whenForeign } from '../delivery/index.ts';
import { ownStorefront } from '../desk/index.ts';
import { toBase64url } from '../kernel/bytes.ts';
import { newId } from '../kernel/ids.ts';
import type { JsonObject } from '../kernel/json.ts';
import {
  changesOf,
  counterpartOf,
  getCounterpart,
  getPartyRow,
  ownIdentity,
  reachOf,
} from '../parties/index.ts';
import { getDocument, recordAbout, signDocument, toWire } from '../records/index.ts';
import {
  findRelationship,
  RECORD,
  type RelationshipDeps,
  type RelationshipRow,
  TOLD,
  WANTED,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { asJson, asPayload } from './documents.ts';
import { FOUNDING_TOLD } from './founding.ts';
import { AGREEMENT_LIMITS } from './limits.ts';
import type { Introduction } from './model.ts';

const tellAbout: Settler<RelationshipDeps> = async (tx, deps, about) => {
  const relationship = await findRelationship(tx, tx.home, about);
  if (relationship) await tellFounding(tx, deps, relationship);
};

/**
 * Whom something does not come from as far as its receiver knows: then it may have lost what the relationship stands on, or
 * which keys I have now.
 */
export const foundingSettlers: readonly (readonly [string, Settler<RelationshipDeps>])[] = [
  [
    whenForeign(RECORD),
    async (tx, deps, about, code) => {
      const record = recordAbout(about);
      if (record) await tellAbout(tx, deps, record.rel, code);
    },
  ],
  // Whoever stands still sends no records, and whoever only answers has none to send.
  [whenForeign(WANTED), tellAbout],
  [whenForeign(TOLD), tellAbout],
];

/**
 * Sends the other side what both of us signed, who I am there and who it is, so that it finds its own signature and its
 * own keys in it, and learns which keys I have now. It has had all of that before; more than once a day it is not told.
 */
async function tellFounding(tx: Tx, deps: RelationshipDeps, relationship: RelationshipRow): Promise<void> {
  // A paused copy signs nothing.
  if ((await getPartyRow(tx, tx.home))?.paused_at !== null) return;
  const now = deps.clock.now();
  const before = await lastSent(tx, FOUNDING_TOLD, relationship.id);
  if (before !== undefined && now - before < AGREEMENT_LIMITS.foundingToldMs) return;
  const row =
    relationship.theirs === null ? undefined : await getCounterpart(tx, tx.home, relationship.theirs);
  const me = await ownIdentity(tx, deps, relationship.mine);
  const founding = await getDocument(tx, tx.home, relationship.agreement);
  if (!row || !me || !founding) return;
  const introduction = await introductionOf(tx, deps, relationship);
  const changes = (await changesOf(tx, tx.home, me.id)).map((it) => asJson(toWire(it)));
  const body: JsonObject = {
    rel: relationship.id,
    founding: asJson(toWire(founding)),
    identity: asJson(toWire(me.document)),
    changes,
    yours: JSON.parse(row.document) as JsonObject, // a document in wire form, as it came
    ...(introduction && { introduction }),
  };
  await send(tx, deps, {
    to: reachOf(counterpartOf(row)),
    // Under a name of its own, so that the record that waits does not hold it back.
    as: { name: newId(deps.random), signer: `identity/${me.id}` },
    type: FOUNDING_TOLD,
    body,
    about: relationship.id,
    isAutomatic: true,
  });
}

/** A seller vouches for its identity with the key of its storefront, as it did when it signed. */
async function introductionOf(
  tx: Tx,
  deps: RelationshipDeps,
  { side, storefront: id, agreement, mine }: RelationshipRow,
): Promise<JsonObject | undefined> {
  const storefront = side === 'seller' ? await ownStorefront(tx, deps, id) : undefined;
  if (!storefront) return undefined;
  const vouched: Introduction = {
    ...{ type: 'introduction', v: 1, agreement, identity: mine, storefront: id },
    salt: toBase64url(deps.random.bytes(16)),
  };
  return asJson(toWire(signDocument(asPayload(vouched), storefront.key)));
}
