import { fromBase64url, toBase64url } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import { type Tx, tables, type View } from '../storage/index.ts';
import { documentId } from './document.ts';
import type { SignedDocument } from './model.ts';

interface Tables {
  documents: {
    home_id: string;
    id: string;
    type: string;
    payload: Uint8Array;
    signatures: string;
    kept_at: number;
  };
}

/** Keeps a document once; the same octets again add only signatures that were not there. */
export async function keepDocument(
  tx: Tx,
  type: string,
  document: SignedDocument,
  at: Instant,
): Promise<string> {
  const id = documentId(document);
  const before = await getDocument(tx, tx.home, id);
  const pairs = [...(before?.signatures ?? []), ...document.signatures].map((s) =>
    JSON.stringify([toBase64url(s.protected), toBase64url(s.signature)]),
  );
  const signatures = `[${[...new Set(pairs)].join(',')}]`;
  await tables<Tables>(tx)
    .insertInto('documents')
    .values({ home_id: tx.home, id, type, payload: document.payload, signatures, kept_at: at })
    .onConflict((c) => c.columns(['home_id', 'id']).doUpdateSet({ signatures }))
    .execute();
  return id;
}

export async function getDocument(view: View, home: string, id: string): Promise<SignedDocument | undefined> {
  const row = await tables<Tables>(view)
    .selectFrom('documents')
    .select(['payload', 'signatures'])
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return undefined;
  const pairs = JSON.parse(row.signatures) as [string, string][]; // keepDocument wrote it
  const octets = (t: string): Uint8Array => fromBase64url(t) ?? new Uint8Array(0);
  return {
    payload: row.payload,
    signatures: pairs.map(([p, s]) => ({ protected: octets(p), signature: octets(s) })),
  };
}

/** Forgets documents of a type that were kept within a span of time, as far as they are meant. */
export async function dropDocuments(
  tx: Tx,
  { type, from, to }: { readonly type: string; readonly from: Instant; readonly to: Instant },
  isMeant: (payload: Uint8Array) => boolean,
): Promise<void> {
  const rows = await tables<Tables>(tx)
    .selectFrom('documents')
    .select(['id', 'payload'])
    .where('home_id', '=', tx.home)
    .where('type', '=', type)
    .where('kept_at', '>=', from)
    .where('kept_at', '<=', to)
    .execute();
  for (const { id, payload } of rows) {
    if (!isMeant(payload)) continue;
    const row = tables<Tables>(tx).deleteFrom('documents').where('home_id', '=', tx.home);
    await row.where('id', '=', id).execute();
  }
}
