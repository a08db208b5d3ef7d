import type { HomeId } from '../kernel/ids.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { NODE_HOME } from '../parties/index.ts';
import { type BaseDeps, tables, type View } from '../storage/index.ts';
import { DISCOVERY_LIMITS } from './limits.ts';

interface Tables {
  node_values: { home_id: string; name: string; value: string };
}

const PREFIX = 'public-name/';

/** Whose public name this is on this node: it stays theirs when they stop being found, until they leave. */
export async function homeOfPublicName(view: View, name: string): Promise<HomeId | undefined> {
  const row = await tables<Tables>(view)
    .selectFrom('node_values')
    .select('value')
    .where('home_id', '=', NODE_HOME)
    .where('name', '>=', `${PREFIX}${name}/`)
    .where('name', '<', `${PREFIX}${name}/~`)
    .executeTakeFirst();
  return row?.value;
}

/** Takes a public name for a home. Fails with `name-taken`, `names-full`. */
export async function takePublicName(deps: BaseDeps, home: HomeId, name: string): Promise<Result<true>> {
  return deps.storage.transact(NODE_HOME, async (tx) => {
    const holder = await homeOfPublicName(tx, name);
    if (holder === home) return ok(true);
    if (holder !== undefined) {
      const sentence = 'Somebody on this node has that name.';
      return fail('name-taken', sentence, 'Choose another one.', { name: sentence });
    }
    const db = tables<Tables>(tx);
    const { total } = await db
      .selectFrom('node_values')
      .select((e) => e.fn.countAll<number>().as('total'))
      .where('home_id', '=', NODE_HOME)
      .where('name', 'like', `${PREFIX}%/${home}`)
      .executeTakeFirstOrThrow();
    if (total >= DISCOVERY_LIMITS.names) {
      return fail('names-full', 'You have taken as many names as one party may.', 'Use one of those.');
    }
    // The home at its end lets the name go when its party leaves (archive/unfinished.ts).
    await db
      .insertInto('node_values')
      .values({ home_id: NODE_HOME, name: `${PREFIX}${name}/${home}`, value: home })
      .execute();
    return ok(true);
  });
}
