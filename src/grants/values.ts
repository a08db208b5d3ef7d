import { fromBase64url, fromUtf8, toUtf8 } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import { openOwn, sealForSelf, sealingKeyOnceOf } from '../parties/index.ts';
import { findRecord, parsePayload } from '../records/index.ts';
import type { RelationshipRow } from '../relationships/index.ts';
import type { BaseDeps, Tx, View } from '../storage/index.ts';
import { CountedContent, ReadableGrant, SealedContent } from './content.ts';
import { openGrantKey, openGrantValue } from './keys-rules.ts';
import { GRANT_LIMITS } from './limits.ts';
import type { GrantRow } from './model.ts';
import { termsOf } from './terms-of.ts';

const octetsOf = (text: string): Uint8Array => fromBase64url(text) ?? new Uint8Array(0);

/** The names under which I seal things for myself. */
export const keyContext = (grant: string, version: number): string => `given|${grant}|${version}`;
const plannedContext = (grant: string): string => `planned|${grant}`;

/** What I chose to give and wait to, as it lies here until it goes out. */
export function sealPlanned(
  tx: Tx,
  deps: BaseDeps,
  mine: string,
  grant: string,
  value: string,
): Promise<Uint8Array> {
  return sealForSelf(tx, deps, mine, toUtf8(value), plannedContext(grant));
}

/**
 * The value in force of a grant, mine or theirs, as its record has it: opened with my key here, or with the copy of its key
 * that I made for myself. Undefined once it was erased, or when it does not open.
 */
export async function valueGiven(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  relationship: RelationshipRow,
  row: GrantRow,
): Promise<string | undefined> {
  if (row.state === 'planned') return plannedValue(view, deps, home, relationship, row);
  const carrier = row.carrier ?? row.record;
  const record = carrier === null ? undefined : await findRecord(view, home, row.rel, carrier);
  const body = record?.body ? parsePayload(record.body) : undefined;
  if (!body?.ok) return undefined;
  if (row.version === null) return ReadableGrant.safeParse(body.value).data?.value;
  const said = (row.times === null ? SealedContent : CountedContent).safeParse(body.value).data;
  if (!said) return undefined;
  const key = row.is_mine
    ? await ownCopy(view, deps, home, relationship, said)
    : await keyForMe(view, deps, home, relationship, said);
  const value = key && openGrantValue(termsOf(relationship, row.is_mine, said), key, octetsOf(said.value));
  return value !== undefined && value.length <= GRANT_LIMITS.valueChars ? value : undefined;
}

async function plannedValue(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  { mine }: RelationshipRow,
  { id, planned, value }: GrantRow,
): Promise<string | undefined> {
  if (planned === null) return value ?? undefined;
  const plain = await openOwn(view, deps, home, mine, planned, plannedContext(id));
  return plain && fromUtf8(plain);
}

function ownCopy(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  { mine }: RelationshipRow,
  { own, grant, version }: SealedContent,
): Promise<Uint8Array | undefined> {
  return openOwn(view, deps, home, mine, octetsOf(own), keyContext(grant, version));
}

async function keyForMe(
  view: View,
  deps: BaseDeps,
  home: HomeId,
  relationship: RelationshipRow,
  said: SealedContent,
): Promise<Uint8Array | undefined> {
  const own = await sealingKeyOnceOf(view, deps, home, relationship.mine, octetsOf(said.to));
  const sealed = { enc: octetsOf(said.enc), key: octetsOf(said.key) };
  return own && openGrantKey(termsOf(relationship, false, said), own, sealed);
}
