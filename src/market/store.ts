import { fromBase64url, toBase64url } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { JsonObject } from '../kernel/json.ts';
import { assert } from '../kernel/result.ts';
import { asIdentity, type Speaker } from '../parties/index.ts';
import { type SignedDocument, toWire, type WireDocument } from '../records/index.ts';
import { tables, type View } from '../storage/index.ts';
import { Rules } from './model.ts';
import type { CastRow, MarketRow, MarketTables, StorefrontRow } from './tables.ts';

/** Rows in one statement, so that no engine's limit on parameters is met. */
export const ROWS_AT_ONCE = 200;

/** A market as its own home knows it. */
export interface Self {
  readonly id: string;
  readonly name: string;
  readonly isSample: boolean;
  readonly rules: Rules;
  readonly speaker: Speaker;
}

export async function getMarketRow(view: View, home: HomeId): Promise<MarketRow | undefined> {
  return tables<MarketTables>(view)
    .selectFrom('markets')
    .selectAll()
    .where('home_id', '=', home)
    .executeTakeFirst();
}

/** The market whose home this is; undefined in any other home. */
export async function getSelf(view: View, home: HomeId): Promise<Self | undefined> {
  const row = await getMarketRow(view, home);
  if (!row) return undefined;
  return {
    id: row.id,
    name: row.name,
    isSample: row.sample !== null,
    rules: Rules.parse(JSON.parse(row.rules)),
    speaker: asIdentity(row.id),
  };
}

export async function getStorefront(
  view: View,
  home: HomeId,
  id: string,
): Promise<StorefrontRow | undefined> {
  return tables<MarketTables>(view)
    .selectFrom('market_storefronts')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function getCast(view: View, home: HomeId, id: string): Promise<CastRow | undefined> {
  return tables<MarketTables>(view)
    .selectFrom('market_casts')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Signatures as one text beside the octets they are over. */
export function signaturesText(document: SignedDocument): string {
  return JSON.stringify(document.signatures.map((s) => [toBase64url(s.protected), toBase64url(s.signature)]));
}

/** A document kept as payload and signatures, put together again. */
export function documentOf(row: {
  readonly payload: Uint8Array;
  readonly signatures: string;
}): SignedDocument {
  const pairs = JSON.parse(row.signatures) as [string, string][]; // signaturesText wrote it
  const octets = (text: string): Uint8Array => {
    const bytes = fromBase64url(text);
    assert(bytes, 'kept signatures are base64url');
    return bytes;
  };
  return {
    payload: row.payload,
    signatures: pairs.map(([header, signature]) => ({
      protected: octets(header),
      signature: octets(signature),
    })),
  };
}

export function wireOf(row: { readonly payload: Uint8Array; readonly signatures: string }): WireDocument {
  return toWire(documentOf(row));
}

/** The same wire form with arrays of its own, as schemas type it. */
export function copyWire(wire: WireDocument): {
  payload: string;
  signatures: { protected: string; signature: string }[];
} {
  return { payload: wire.payload, signatures: wire.signatures.map((s) => ({ ...s })) };
}

/** A wire form as the plain JSON that it is. */
export function wireJson(wire: WireDocument): JsonObject {
  return copyWire(wire);
}

/** Inserts many rows with few statements. */
export async function inChunks<T>(
  rows: readonly T[],
  insert: (chunk: T[]) => Promise<unknown>,
): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) await insert(rows.slice(i, i + ROWS_AT_ONCE));
}
