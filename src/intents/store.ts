import { sql } from 'kysely';
import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { likeAnywhere, type Tx, tables, type View } from '../storage/index.ts';
import type { IntentState } from './model.ts';
import type { IntentRow, IntentTables } from './tables.ts';

export async function insertIntent(tx: Tx, row: Omit<IntentRow, 'home_id'>): Promise<IntentRow> {
  const whole = { home_id: tx.home, ...row };
  await tables<IntentTables>(tx).insertInto('intents').values(whole).execute();
  return whole;
}

export async function updateIntent(
  tx: Tx,
  id: string,
  change: Partial<Omit<IntentRow, 'home_id' | 'id'>>,
): Promise<void> {
  await tables<IntentTables>(tx)
    .updateTable('intents')
    .set(change)
    .where('home_id', '=', tx.home)
    .where('id', '=', id)
    .execute();
}

/** The want, or `intent-unknown`. */
export async function findIntent(view: View, home: HomeId, id: string): Promise<Result<IntentRow>> {
  const row = await tables<IntentTables>(view)
    .selectFrom('intents')
    .selectAll()
    .where('home_id', '=', home)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? ok(row) : fail('intent-unknown', 'There is no such want.', 'Look it up in the list of wants.');
}

/** The held or open want with these very fields. */
export async function findByOpenKey(tx: Tx, openKey: string): Promise<IntentRow | undefined> {
  return tables<IntentTables>(tx)
    .selectFrom('intents')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('open_key', '=', openKey)
    .executeTakeFirst();
}

export async function countActive(view: View, home: HomeId, now: Instant): Promise<number> {
  const row = await tables<IntentTables>(view)
    .selectFrom('intents')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where('state', 'in', ['held', 'open'])
    .where('until_at', '>', now)
    .executeTakeFirstOrThrow();
  return row.total;
}

/** Held wants, oldest first: those at a market, or those whose time to look at the table again has come. */
export async function heldIntents(
  tx: Tx,
  now: Instant,
  which: { readonly market: string } | { readonly dueAt: Instant },
): Promise<IntentRow[]> {
  const query = tables<IntentTables>(tx)
    .selectFrom('intents')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('state', '=', 'held')
    .where('until_at', '>', now);
  const chosen =
    'market' in which ? query.where('market', '=', which.market) : query.where('look_at', '<=', which.dueAt);
  return chosen.orderBy('created_at').orderBy('id').execute();
}

/** Wants past their date that no row says so of yet. */
export async function overdueIntents(tx: Tx, now: Instant): Promise<IntentRow[]> {
  return tables<IntentTables>(tx)
    .selectFrom('intents')
    .selectAll()
    .where('home_id', '=', tx.home)
    .where('state', 'in', ['held', 'open'])
    .where('until_at', '<=', now)
    .execute();
}

interface IntentFilter {
  readonly state?: IntentState | undefined;
  readonly search?: string | undefined;
  readonly now: Instant;
}

interface IntentPage extends IntentFilter {
  readonly after?: readonly [createdAt: Instant, id: string] | undefined;
  readonly limit: number;
}

/** Newest first; one row more than the limit tells that there are more. A want past its date counts as expired. */
export async function pageIntents(view: View, home: HomeId, page: IntentPage): Promise<IntentRow[]> {
  let query = fitting(view, home, page).selectAll();
  if (page.after) {
    const [createdAt, id] = page.after;
    query = query.where((e) =>
      e.or([e('created_at', '<', createdAt), e.and([e('created_at', '=', createdAt), e('id', '>', id)])]),
    );
  }
  return query
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(page.limit + 1)
    .execute();
}

/** How many wants fit. */
export async function countIntents(view: View, home: HomeId, filter: IntentFilter): Promise<number> {
  const row = await fitting(view, home, filter)
    .select((e) => e.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return row.total;
}

function fitting(view: View, home: HomeId, { state, search, now }: IntentFilter) {
  let query = tables<IntentTables>(view).selectFrom('intents').where('home_id', '=', home);
  if (state === 'expired') {
    query = query.where((e) =>
      e.or([
        e('state', '=', 'expired'),
        e.and([e('state', 'in', ['held', 'open']), e('until_at', '<=', now)]),
      ]),
    );
  } else if (state !== undefined) {
    query = query.where('state', '=', state);
    if (state === 'held' || state === 'open') query = query.where('until_at', '>', now);
  }
  for (const word of folded(search ?? '').split(/\s+/)) {
    if (word !== '') query = query.where(sql<boolean>`search like ${likeAnywhere(word)} escape '!'`);
  }
  return query;
}

/** Text as it is searched: lower case without accents, the same on both databases. */
export function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}

/** The market of this home's newest want. */
export async function newestMarket(view: View, home: HomeId): Promise<string | undefined> {
  const row = await tables<IntentTables>(view)
    .selectFrom('intents')
    .select('market')
    .where('home_id', '=', home)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.market;
}
