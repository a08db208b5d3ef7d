import { sql } from 'kysely';
import { fromBase64url } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import { assert, type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { type BaseDeps, type Tx, tables, type View } from '../storage/index.ts';
import { forgetHeads } from '../vault/index.ts';
import { SEALED_LIMITS } from './limits.ts';
import type { Change, Counted, SealedObject, SealedTables } from './model.ts';

/** Rows of one statement that writes many. */
const CHUNK = 200;

export function octetsOf(text: string): Uint8Array {
  const octets = fromBase64url(text);
  assert(octets, 'the schema lets base64url through only');
  return octets;
}

export async function getVault(view: View, home: HomeId): Promise<SealedTables['sealed_vaults'] | undefined> {
  return tables<SealedTables>(view)
    .selectFrom('sealed_vaults')
    .selectAll()
    .where('home_id', '=', home)
    .executeTakeFirst();
}

/**
 * One step of a vault: the counter goes on by one if it is the one that was seen, with the statement, what is put and what is
 * removed. Fails with `vault-missing`, `vault-changed`, `vault-full`, `way-missing`.
 */
export async function step(tx: Tx, deps: BaseDeps, change: Change): Promise<Result<Counted>> {
  const vault = await getVault(tx, tx.home);
  if (!vault) return vaultMissing();
  if (vault.counter !== change.expects) return vaultChanged();
  const more = await putAndRemove(tx, deps, change.put, change.remove);
  const objects = vault.objects + more.objects;
  const octets = vault.octets + more.octets;
  // Moving to the trash and removing write too: without an object more they go on when it is full.
  const most = SEALED_LIMITS.octets + (more.objects > 0 ? 0 : SEALED_LIMITS.octetsToTidy);
  if ((more.objects > 0 && objects > SEALED_LIMITS.objects) || octets > most) return vaultFull();
  if (change.remove.some((name) => name.startsWith('way/')) && !(await hasWay(tx))) return wayMissing();
  const counter = vault.counter + 1;
  await tables<SealedTables>(tx)
    .updateTable('sealed_vaults')
    .set({ counter, statement: octetsOf(change.statement), objects, octets })
    .where('home_id', '=', tx.home)
    .execute();
  return ok({ counter });
}

/** Of a category that is sealed now nothing stays opened in memory, nor, with its keys, in the log that SQLite has beside its file. */
export function forget(deps: BaseDeps, home: HomeId): void {
  forgetHeads(deps, home);
  deps.storage.rest();
}

interface More {
  readonly objects: number;
  readonly octets: number;
}

/** Removes, then puts. Answers by how much that is more than before. */
export async function putAndRemove(
  tx: Tx,
  deps: BaseDeps,
  put: readonly SealedObject[],
  remove: readonly string[],
): Promise<More> {
  const db = tables<SealedTables>(tx);
  const before = await sizesOf(tx, [...new Set([...put.map((it) => it.name), ...remove])]);
  for (const some of chunks(remove))
    await db.deleteFrom('sealed_objects').where('home_id', '=', tx.home).where('name', 'in', some).execute();
  let octets = -before.octets;
  for (const some of chunks(put)) {
    const rows = some.map(({ name, octets }) => {
      return { home_id: tx.home, name, octets: octetsOf(octets), changed_at: deps.clock.now() };
    });
    octets += rows.reduce((sum, row) => sum + row.octets.length, 0);
    await db
      .insertInto('sealed_objects')
      .values(rows)
      .onConflict((c) =>
        c.columns(['home_id', 'name']).doUpdateSet((e) => ({
          octets: e.ref('excluded.octets'),
          changed_at: e.ref('excluded.changed_at'),
        })),
      )
      .execute();
  }
  return { objects: put.length - before.objects, octets };
}

async function sizesOf(tx: Tx, names: readonly string[]): Promise<More> {
  let [objects, octets] = [0, 0];
  for (const some of chunks(names)) {
    const row = await tables<SealedTables>(tx)
      .selectFrom('sealed_objects')
      .select((e) => [
        e.fn.countAll<number>().as('objects'),
        sql<number>`coalesce(sum(length(octets)), 0)`.as('total'),
      ])
      .where('home_id', '=', tx.home)
      .where('name', 'in', some)
      .executeTakeFirstOrThrow();
    objects += row.objects;
    octets += Number(row.total);
  }
  return { objects, octets };
}

async function hasWay(tx: Tx): Promise<boolean> {
  const row = await tables<SealedTables>(tx)
    .selectFrom('sealed_objects')
    .select('name')
    .where('home_id', '=', tx.home)
    .where('name', '>=', 'way/')
    .where('name', '<', 'way/~')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The sizes of objects whose names begin so, in the order of their names, after one. */
export async function namesFrom(
  view: View,
  home: HomeId,
  prefix: string,
  after: string | undefined,
  limit: number,
): Promise<{ name: string; size: number }[]> {
  let query = tables<SealedTables>(view)
    .selectFrom('sealed_objects')
    .select(['name', sql<number>`length(octets)`.as('size')])
    .where('home_id', '=', home)
    .where('name', '>=', prefix)
    // No name has a character beyond it.
    .where('name', '<', `${prefix}~`);
  if (after !== undefined) query = query.where('name', '>', after);
  return query.orderBy('name').limit(limit).execute();
}

export async function sizesByName(
  view: View,
  home: HomeId,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tables<SealedTables>(view)
    .selectFrom('sealed_objects')
    .select(['name', sql<number>`length(octets)`.as('size')])
    .where('home_id', '=', home)
    .where('name', 'in', names)
    .execute();
  return new Map(rows.map(({ name, size }) => [name, Number(size)]));
}

/** These objects, by name. */
export async function objectsOf(
  view: View,
  home: HomeId,
  names: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const some of chunks(names)) {
    const rows = await tables<SealedTables>(view)
      .selectFrom('sealed_objects')
      .select(['name', 'octets'])
      .where('home_id', '=', home)
      .where('name', 'in', some)
      .execute();
    for (const { name, octets } of rows) found.set(name, octets);
  }
  return found;
}

/** How many objects begin so. */
export async function countFrom(view: View, home: HomeId, prefix: string): Promise<number> {
  const { total } = await tables<SealedTables>(view)
    .selectFrom('sealed_objects')
    .select((e) => e.fn.countAll<number>().as('total'))
    .where('home_id', '=', home)
    .where('name', '>=', prefix)
    .where('name', '<', `${prefix}~`)
    .executeTakeFirstOrThrow();
  return total;
}

function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, i) =>
    all.slice(i * CHUNK, (i + 1) * CHUNK),
  );
}

function vaultMissing(): Failure {
  return fail('vault-missing', 'Nothing of yours is sealed yet.', 'Seal a category of My data first.');
}

function vaultChanged(): Failure {
  return fail(
    'vault-changed',
    'What you have sealed was changed somewhere else in the meantime. Nothing was overwritten.',
    'Look at it again, then save again if you still want to.',
  );
}

function vaultFull(): Failure {
  return fail(
    'vault-full',
    'What you have sealed takes all the room that there is for it. Nothing was added.',
    'Remove what you no longer need, then try again.',
  );
}

export function wayMissing(): Failure {
  return fail(
    'way-missing',
    'Then nothing would open what you have sealed any more. Nothing was changed.',
    'Keep your passphrase and your recovery code among the ways to open it.',
  );
}
