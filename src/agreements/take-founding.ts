import { z } from 'zod';
import { type Envelope, type InboxHandler, type IsSpeaker, isKey, redirect } from '../delivery/index.ts';
import { announceLater } from '../grants/index.ts';
import { markForgotten, markIntentAgreed } from '../intents/index.ts';
import { spendInvitation } from '../invitations/index.ts';
import { equalBytes, toBase64url } from '../kernel/bytes.ts';
import { ok, type Result } from '../kernel/result.ts';
import {
  getCounterpart,
  getIdentityRow,
  type IdentityState,
  identityAgain,
  inceptionState,
  isPathOf,
  keysOf,
  learnChange,
  meetCounterpart,
  readIntroduction,
  replay,
} from '../parties/index.ts';
import {
  fromWire,
  keepDocument,
  keyOf,
  malformed,
  readSigned,
  type SignedDocument,
} from '../records/index.ts';
import {
  beginReconciling,
  findRelationship,
  getRelationshipRow,
  insertRelationship,
  type RelationshipDeps,
  type RelationshipRow,
  relationshipsOf,
  updateRelationship,
} from '../relationships/index.ts';
import type { Tx } from '../storage/index.ts';
import { FOUNDING_TOLD, type Founding, readFounding } from './founding.ts';
import { keepPromises } from './keep-promises.ts';
import { Introduction } from './model.ts';
import { storefrontAs } from './sign-agreement.ts';

const Told = z.object({
  rel: z.string(),
  founding: z.unknown(),
  identity: z.unknown(),
  changes: z.array(z.unknown()).max(50),
  yours: z.unknown(),
  introduction: z.unknown().optional(),
});
type Told = z.infer<typeof Told>;

/** As much of it as says who speaks. */
const Speaks = Told.pick({ identity: true, changes: true });

/** The other side as its own log in the message has it. */
function stateIn({ identity, changes }: z.infer<typeof Speaks>): IdentityState | undefined {
  const inception = readIntroduction(identity);
  const documents: SignedDocument[] = [];
  for (const wire of changes) {
    const document = fromWire(wire);
    if (!document.ok) return undefined;
    documents.push(document.value);
  }
  const state = inception && replay(inceptionState(inception), documents);
  return state?.ok ? state.value : undefined;
}

const byItsLog: IsSpeaker<RelationshipDeps> = async (_tx, _deps, envelope, key) => {
  const body = Speaks.safeParse(envelope.body);
  const state = body.success ? stateIn(body.data) : undefined;
  return state !== undefined && equalBytes(state.nodeKey, key);
};

/**
 * This node came back from a backup that is older than a relationship: it hears what both signed, and believes its own
 * signature and its own keys. Everything said since is asked for before anything is signed there.
 */
export const foundingHandler: InboxHandler<RelationshipDeps> = {
  type: FOUNDING_TOLD,
  isForStrangers: true,
  isSpeaker: byItsLog,
  async receive(tx, deps, envelope) {
    const body = Told.safeParse(envelope.body);
    const state = body.success ? stateIn(body.data) : undefined;
    if (!body.success || !state) return malformed('it tells of no founding');
    const founding = readFounding(body.data.founding);
    if (!founding.ok) return founding;
    if (founding.value.rel !== body.data.rel) return malformed('it founds another relationship');
    const known = await findRelationship(tx, tx.home, body.data.rel);
    if (known && !(await isPathOf(tx, tx.home, known.mine, envelope.to)))
      return malformed('it is for another');
    if (known && known.agreement !== founding.value.id) return malformed('it is not what I signed');
    if (known && known.state !== 'asked') return learnKeys(tx, deps, known, body.data, state);
    // Without a backup nothing is missing: the seller's answer comes as one, with the buyer's ticket in it.
    if (known && known.reconciling_at === null) return malformed('nothing was forgotten');
    return take(tx, deps, envelope, { told: body.data, state, founding: founding.value, known });
  },
};

/**
 * The relationship is here. Which keys and which address the other side has had since the backup may not be, and nothing else
 * says so again: whoever stands still hears an answer only under a key that it knows.
 */
async function learnKeys(
  tx: Tx,
  deps: RelationshipDeps,
  { theirs }: RelationshipRow,
  { changes }: Told,
  { id }: IdentityState,
): Promise<Result<unknown>> {
  const before = theirs === id ? await getCounterpart(tx, tx.home, id) : undefined;
  if (!before) return ok('known');
  // What does not follow what is known here is kept as proof by whoever learns it, and what comes after it says nothing.
  for (const change of changes) if (!(await learnChange(tx, deps, change)).ok) break;
  const after = await getCounterpart(tx, tx.home, id);
  if (after && after.node_key !== before.node_key) await redirect(tx, deps, before, after);
  return ok('known');
}

/** What the identities of relationships are made for. */
const RELATIONSHIP = 'relationship';

interface Lost {
  readonly told: Told;
  readonly state: IdentityState;
  readonly founding: Founding;
  readonly known: RelationshipRow | undefined;
}

async function take(
  tx: Tx,
  deps: RelationshipDeps,
  envelope: Envelope,
  lost: Lost,
): Promise<Result<unknown>> {
  const { told, founding, known } = lost;
  const mine = readIntroduction(told.yours);
  const side = mine && (await sideOf(tx, deps, envelope, lost, mine));
  if (!mine || side === undefined) return malformed('it does not bear my signature');
  const other = await meet(tx, deps, told);
  if (!other.ok) return other;
  const isTheirs = await signedByOther(tx, lost, side, other.value);
  if (!isTheirs) return malformed('its other side is somebody else');
  // Last, since it takes a while.
  const again = await identityAgain(tx, deps, told.yours, RELATIONSHIP);
  if (!again || !(await isFree(tx, envelope, again.id, known))) return malformed('it is not me');
  const now = deps.clock.now();
  await keepDocument(tx, founding.deal ? 'agreement' : 'acquaintance', founding.document, now);
  const bought = founding.deal && side === 0 ? await markBought(tx, founding, known) : {};
  if (known) {
    const signed = { since_at: now, last_at: now, unread: 1 };
    const change = { theirs: other.value, state: 'active' as const, ...signed };
    await updateRelationship(tx, known.id, change);
  } else await insertRelationship(tx, { ...founding.row(side, mine.id, other.value, now), ...bought });
  if (founding.deal) await keepPromises(tx, founding.deal, side === 0 ? 'buyer' : 'seller');
  else await spendInvitation(tx, founding.cited, founding.rel);
  const row = await getRelationshipRow(tx, tx.home, founding.rel);
  if (!row.ok) return row;
  await beginReconciling(tx, deps, row.value);
  await announceLater(tx, founding.rel, now);
  return ok('founded');
}

/** What was agreed is not open to be accepted a second time. What the relationship knows of its offer and its want. */
async function markBought(
  tx: Tx,
  { cited, deal }: Founding,
  known: RelationshipRow | undefined,
): Promise<Pick<RelationshipRow, 'offer' | 'intent'> | object> {
  if (known) {
    if (known.intent !== null) await markIntentAgreed(tx, known.intent);
    return {};
  }
  const offer = await markForgotten(tx, cited, deal?.alias ?? null);
  return offer ? { offer: offer.id, intent: offer.intent } : {};
}

/** The identity was made for a relationship, is reached at this path, and stands in no other relationship. */
async function isFree(
  tx: Tx,
  envelope: Envelope,
  mine: string,
  known: RelationshipRow | undefined,
): Promise<boolean> {
  if (!(await isPathOf(tx, tx.home, mine, envelope.to))) return false;
  const row = await getIdentityRow(tx, tx.home, mine);
  const others = (await relationshipsOf(tx, mine)).filter((it) => it.id !== known?.id);
  return row?.purpose === RELATIONSHIP && others.length === 0 && (known?.mine ?? mine) === mine;
}

/** Which side I am on: the one that bears a key of the identity that is said to be mine, or of my storefront. */
async function sideOf(
  tx: Tx,
  deps: RelationshipDeps,
  envelope: Envelope,
  { founding }: Lost,
  mine: { readonly id: string; readonly nodeKey: Uint8Array; readonly inbox: string },
): Promise<0 | 1 | undefined> {
  for (const side of [0, 1] as const) {
    const { name, key } = founding.sides[side];
    if (name === mine.id && isKey(mine.nodeKey, key)) return side;
  }
  if (!founding.deal || mine.inbox !== envelope.to) return undefined;
  return (await storefrontAs(tx, deps, founding.deal.seller)) ? 1 : undefined;
}

/** The other side is met, with all changes of its keys. */
async function meet(tx: Tx, deps: RelationshipDeps, { identity, changes }: Told): Promise<Result<string>> {
  const met = await meetCounterpart(tx, deps, identity);
  if (!met.ok) return met;
  for (const change of changes) {
    const learned = await learnChange(tx, deps, change);
    if (!learned.ok) return learned;
  }
  return ok(met.value.id);
}

/** Whether the other side of it is who tells: by a key it has had, or by what the key of its storefront vouches for. */
async function signedByOther(tx: Tx, { told, founding }: Lost, mine: 0 | 1, id: string): Promise<boolean> {
  const { name, key } = founding.sides[mine === 0 ? 1 : 0];
  if (founding.deal && mine === 0) {
    const read = readSigned(told.introduction, 'introduction', Introduction, () => keyOf(key));
    if (!read.ok) return false;
    const { identity, agreement, storefront } = read.value.value;
    return identity === id && agreement === founding.id && storefront === name;
  }
  const row = await getCounterpart(tx, tx.home, id);
  const keys = row ? await keysOf(tx, tx.home, row) : [];
  return name === id && keys.some((it) => toBase64url(it) === key);
}
