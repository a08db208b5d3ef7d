import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { actAs, engines, openTestDeps, type TestDeps } from '../../test/harness/test-deps.ts';
import { must, ok } from '../kernel/result.ts';
import { listGrants } from './list-grants.ts';
import { showSharing } from './show-sharing.ts';
import { insertGrant } from './store.ts';

const NAMES = ['Fanfare', 'Brass & Co', '100% Wool', 'Élan'];
const LABELS = ['E-mail', 'Town', 'Shoe size', 'Größe'];
const STATES = ['planned', 'active', 'stopped'] as const;
const ME = actAs('mine');
const MANY = 96;
/** What is over comes after all that is not; in either, what is mine; then what waits, or has expired and was not swept. */
const ORDER = ['now mine planned', 'now mine active', 'now theirs planned', 'now theirs active'];
ORDER.push('over mine expired', 'over mine stopped', 'over theirs expired', 'over theirs stopped');

interface Made {
  readonly id: string;
  readonly rel: string;
  readonly kind: string;
  readonly at: number;
  readonly words: readonly [name: string, label: string];
}

/** Of every kind, some at the same instant, and some of which nobody knows when. */
async function fill(deps: TestDeps): Promise<Made[]> {
  const now = deps.clock.now();
  return deps.storage
    .transact('mine', async (tx) => {
      const all: Made[] = [];
      for (const [at, name] of NAMES.entries())
        await sql`insert into relationships values ('mine', ${`r${at}`}, 'buyer', 'active', ${name}, 0, 'i', null, 'o', 't', 'a',
        's', null, null, null, 1, 5, 0, '', null, '', null, null)`.execute(tx.db);
      for (let n = 0; n < MANY; n++) {
        const state = STATES[n % 3] ?? 'active';
        const isPast = n % 5 === 0;
        const isMine = n % 4 !== 0;
        const since = state === 'planned' || n === 1 ? null : 1000 + Math.trunc(n / 7);
        const stopped = state !== 'stopped' || n === 2 ? null : 9000 - Math.trunc(n / 9);
        const until = isPast ? now - Math.trunc(n / 11) : n % 2 === 0 ? now + 1 : null;
        const [rel, label] = [(n % 7) % 4, (n % 11) % 4];
        const id = `g${(n * 37) % 100}`;
        await insertGrant(tx, {
          ...{ id, rel: `r${rel}`, is_mine: isMine, property: `p${label}`, label: LABELS[label] ?? '' },
          ...{
            item: isMine ? `item-p${label}` : null,
            purpose: 'x',
            until_at: until,
            state,
            since_at: since,
            stopped_at: stopped,
          },
          times: n % 3 === 0 && n % 2 === 0 ? 3 : null,
        });
        const shown = state !== 'stopped' && isPast ? 'expired' : state;
        const kind = `${['expired', 'stopped'].includes(shown) ? 'over' : 'now'} ${isMine ? 'mine' : 'theirs'} ${shown}`;
        const at = shown === 'expired' ? until : shown === 'stopped' ? stopped : since;
        all.push({ id, rel: `r${rel}`, kind, at: at ?? 0, words: [NAMES[rel] ?? '', LABELS[label] ?? ''] });
      }
      const rank = (it: Made): number => ORDER.indexOf(it.kind);
      const sorted = all.sort((a, b) => rank(a) - rank(b) || b.at - a.at || (a.id < b.id ? 1 : -1));
      return ok(sorted);
    })
    .then(must);
}

interface Paged {
  readonly rows: readonly { readonly id: string }[];
  readonly next?: string | undefined;
}

/** Every page of a list, one after the other. */
async function all(read: (after: { after?: string }) => Promise<Paged>): Promise<string[]> {
  const ids: string[] = [];
  for (let after: { after?: string } | undefined = {}; after; ) {
    const { rows, next }: Paged = await read(after);
    ids.push(...rows.map((row) => row.id));
    after = next === undefined ? undefined : { after: next };
  }
  return ids;
}

for (const engine of engines()) {
  test(`${engine}: what is shared goes by what is now, the newest first, then by what is over, on pages of any size`, async () => {
    const deps = await openTestDeps(engine, 'listing');
    try {
      const made = await fill(deps);
      assert.equal(new Set(made.map((it) => it.kind)).size, ORDER.length);
      const ids = (fits: (it: Made) => boolean): string[] => made.filter(fits).map((it) => it.id);
      const isMine = (it: Made): boolean => it.kind.includes('mine');
      for (const limit of [1, 7, 200]) {
        for (const state of [undefined, 'now', 'over'] as const) {
          const fits = (it: Made): boolean => state === undefined || it.kind.startsWith(state);
          const shared = await all(async (after) =>
            must(await showSharing(deps, ME, { state, limit, ...after })),
          );
          assert.deepEqual(
            shared,
            ids((it) => isMine(it) && fits(it)),
          );
          for (const side of [undefined, 'mine', 'theirs'] as const) {
            const asked = { relationship: 'r1', side, state, limit };
            const between = await all(async (after) =>
              must(await listGrants(deps, ME, { ...asked, ...after })),
            );
            const isIt = (it: Made): boolean =>
              it.rel === 'r1' && fits(it) && (side === undefined || (side === 'mine') === isMine(it));
            assert.deepEqual(between, ids(isIt));
            const { total, over } = must(await listGrants(deps, ME, asked));
            assert.equal(total, between.length);
            if (state !== 'now')
              assert.equal(over, ids((it) => isIt(it) && it.kind.startsWith('over')).length);
          }
        }
      }
    } finally {
      await deps.close();
    }
  });

  test(`${engine}: what is shared is found by party and item, and counted whatever is looked for`, async () => {
    const deps = await openTestDeps(engine, 'listing');
    try {
      const made = (await fill(deps)).filter((it) => it.kind.includes('mine'));
      const seen = made.filter((it) => it.kind === 'now mine active');
      const looked: [search: string, name: string][] = [
        ['fanf', 'Fanfare'],
        [' SHOE ', 'Shoe size'],
        ['100%', '100% Wool'],
        ['nobody%', ''],
        ['_', ''],
      ];
      for (const [search, found] of looked) {
        const asked = { search, limit: 200 } as const;
        const { rows, total, ...counts } = must(await showSharing(deps, ME, asked));
        assert.deepEqual(
          rows.map((row) => row.id),
          made.filter((it) => it.words.includes(found)).map((it) => it.id),
        );
        assert.equal(total, undefined);
        assert.deepEqual(counts, {
          items: new Set(seen.map((it) => it.words[1])).size,
          parties: new Set(seen.map((it) => it.rel)).size,
          over: made.filter((it) => it.kind.startsWith('over')).length,
        });
      }
      const asked = { relationship: 'r1', properties: ['p2', 'p3'], limit: 200 };
      const named = must(await listGrants(deps, ME, asked)).rows;
      assert.ok(named.length > 0 && named.every((row) => ['p2', 'p3'].includes(row.property)));
      const more = must(await listGrants(deps, ME, { ...asked, items: ['item-p1'] })).rows;
      assert.ok(more.length > named.length && more.every((row) => row.property !== 'p0'));
      assert.deepEqual(must(await listGrants(deps, ME, { ...asked, properties: [] })).rows, []);
    } finally {
      await deps.close();
    }
  });
}
