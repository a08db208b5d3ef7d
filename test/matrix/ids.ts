import { sql } from 'kysely';
import type { Story } from './story.ts';

/** Whose ids nobody learns but those who have part in the thing itself; an invitation's stands in its code. */
const TABLES = [
  ...['relationships', 'intents', 'intent_offers', 'items', 'files', 'grants', 'jobs', 'proffers'],
  ...['commitments', 'outbox'],
];

/** The ids of Maya's things that are in nobody's rows but hers and, where both have it, one vendor's. */
export interface Ids {
  readonly hers: ReadonlySet<string>;
  /** What each of the vendors that she deals with has of them. */
  readonly vendors: Readonly<Record<string, ReadonlySet<string>>>;
}

export async function idsIn(story: Story): Promise<Ids> {
  const of = (handle: 'maya' | 'brass' | 'cornet' | 'drums') => idsOf(story, story.homes[handle]);
  const [brass, cornet, drums] = [await of('brass'), await of('cornet'), await of('drums')];
  const vendors = { 'active-vendor': brass, 'expired-vendor': cornet, 'stopped-vendor': drums };
  return { hers: await of('maya'), vendors };
}

async function idsOf({ node }: Story, home: string): Promise<Set<string>> {
  const each = TABLES.map((table) => sql`select id from ${sql.table(table)} where home_id = ${home}`);
  // Listings are for everybody, an answer for whoever asked.
  each.push(sql`select id from desk_offers where home_id = ${home} and kind = 'answer'`);
  const { rows } = await node.deps.storage.read(({ db }) =>
    sql<{ id: string }>`${sql.join(each, sql` union all `)}`.execute(db),
  );
  return new Set(rows.map((row) => row.id));
}

/** The ids of hers in a text that neither the caller has itself nor was sent by it. */
export function idsTold(
  text: string,
  sent: string,
  own: ReadonlySet<string> | undefined,
  ids: Ids,
): string[] {
  const words = text.match(/[A-Za-z0-9_:-]{20,}/g) ?? [];
  return words.filter((word) => ids.hers.has(word) && !own?.has(word) && !sent.includes(word));
}
