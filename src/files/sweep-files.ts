import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import { DAY_MS, FILE_LIMITS } from './limits.ts';
import type { FileTables } from './model.ts';
import { trashedAfter } from './open-file.ts';
import { eraseSomeParts, shred } from './store.ts';

/** Parts that an act erases before it answers; the rest goes by itself. */
const AT_ONCE = 16;

const begunBefore = (now: Instant): Instant => now - FILE_LIMITS.underWayDays * DAY_MS;

/** Homes with files that nobody went on with, that left the trash by time, or whose parts are still to be erased. */
export async function homesWithOldFiles(view: View, now: Instant): Promise<HomeId[]> {
  const rows = await tables<FileTables>(view)
    .selectFrom('files')
    .select('home_id')
    .distinct()
    .where((e) =>
      e.or([
        e('state', '=', 'erased'),
        e.and([e('state', '=', 'begun'), e('changed_at', '<', begunBefore(now))]),
        e.and([
          e('mode', '=', 'served'),
          e('is_trashed', '=', true),
          e('trashed_at', '<=', trashedAfter(now)),
        ]),
      ]),
    )
    .orderBy('home_id')
    .execute();
  return rows.map((row) => row.home_id);
}

/** Erases them. Twice is once. */
export async function sweepFiles(deps: BaseDeps, home: HomeId): Promise<void> {
  await deps.storage.transact(home, async (tx) => {
    const now = deps.clock.now();
    const rows = await tables<FileTables>(tx)
      .selectFrom('files')
      .select('id')
      .where('home_id', '=', home)
      .where((e) =>
        e.or([
          e.and([e('state', '=', 'begun'), e('changed_at', '<', begunBefore(now))]),
          e.and([
            e('mode', '=', 'served'),
            e('state', '=', 'whole'),
            e('is_trashed', '=', true),
            e('trashed_at', '<=', trashedAfter(now)),
          ]),
        ]),
      )
      .limit(FILE_LIMITS.filesErasedAtOnce)
      .execute();
    await shred(
      tx,
      rows.map((row) => row.id),
    );
  });
  await eraseParts(deps, home, Number.POSITIVE_INFINITY);
}

/** Erases parts of what was made unreadable, a few in each transaction, so that nobody waits long for another. */
export async function eraseParts(deps: BaseDeps, home: HomeId, atMost = AT_ONCE): Promise<void> {
  for (let done = 0; done < atMost; done++) {
    if (!(await deps.storage.transact(home, eraseSomeParts))) return;
  }
}
