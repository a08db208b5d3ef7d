import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { statusOf } from '../../src/doors/http/problem.ts';
import { NODE_HOME } from '../../src/parties/index.ts';
import { piecesOf, rowsOf } from '../story/holdings.ts';
import { ASKS } from './asks.ts';
import type { Call } from './doors.ts';
import { CALLERS, type Caller, verdictOf } from './kinds.ts';
import { MARKS, type Story } from './story.ts';
import { MATRIX } from './table.ts';

/** What reads a relationship, and how each names it. */
const READS = Object.entries(MATRIX).filter(
  ([, row]) => row.bothSides && row.scope === 'reads' && row.others !== 'grant-unknown', // which names a grant, and says no value
);
/** What lists all of a party's own. */
const LISTS = Object.entries(MATRIX).filter(
  ([, row]) => row.who === 'party' && row.scope === 'reads' && !row.others,
);

interface Grants {
  readonly rows: readonly {
    readonly id: string;
    readonly state: string;
    readonly value?: string;
    readonly until?: number;
  }[];
}

/** Each vendor asks for everything in its own relationship with Maya. */
export async function keepsApart(story: Story, call: Call): Promise<void> {
  const { brass, cornet, drums } = story.relationships;
  const vendors = [
    ['active-vendor', brass, 'active', [MARKS.shared]],
    ['expired-vendor', cornet, 'stopped', []],
    ['stopped-vendor', drums, 'stopped', []],
  ] as const;
  for (const [caller, relationship, state, may] of vendors) {
    let told = '';
    const { rows }: Grants = JSON.parse((await answered(call, caller, 'list-grants', { relationship })).text);
    const [given] = rows;
    // Looking opens nothing; opening is an act of its own, which ends with the grant.
    const opened = await call(caller, 'open-grant', { grant: given?.id });
    assert.equal(opened.code, state === 'active' ? '' : 'grant-over', caller);
    told += opened.text;
    for (const [name] of READS) told += (await answered(call, caller, name, { relationship })).text;
    for (const [name] of LISTS) {
      const { input, ends = '' } = (await ASKS[name]?.(story)) ?? { input: {} };
      told += (await answered(call, caller, name, input, ends)).text;
    }
    const heard = Object.values(MARKS).filter((mark) => told.includes(mark));
    assert.deepEqual(heard, may, `what ${caller} is told`);
    assert.deepEqual([given?.state, given?.value], [state, undefined], caller);
  }
}

/** Somebody who has nothing yet, beside all that is Maya's: empty lists, and counts of nothing. */
export async function tellsNewcomersNothing(_story: Story, call: Call): Promise<void> {
  const lists = LISTS.filter(([name]) => /^list-(?!properties)|^show-(sharing|today)/.test(name));
  assert.ok(lists.length > 8);
  for (const [name] of lists) {
    const { text } = await answered(call, 'operator-browser', name, {});
    const body: { rows?: readonly unknown[] } = JSON.parse(text);
    assert.deepEqual(body.rows ?? [], [], name);
    assert.doesNotMatch(text, /:[1-9]/, `${name} counts something: ${text}`);
  }
}

/** The moment its last instant has passed, whether or not the node has swept it away. */
export async function endsOnTime(story: Story, call: Call): Promise<void> {
  const { node, as, sharedItem: item } = story;
  const relationship = await story.agree('brass', item);
  const until = node.deps.clock.now() + 1_000;
  await as('maya', 'share-items', { relationship, items: [{ item, purpose: 'for a second', until }] });
  await node.idle();
  const seen = async (): Promise<unknown> => {
    const { text } = await answered(call, 'active-vendor', 'list-grants', { relationship });
    const { rows }: Grants = JSON.parse(text);
    const grant = rows.find((row) => row.until === until)?.id;
    const opened = await call('active-vendor', 'open-grant', { grant });
    return opened.code === '' ? JSON.parse(opened.text).value : opened.code;
  };
  assert.equal(await seen(), MARKS.shared);
  node.clock?.advance(1_000);
  assert.equal(await seen(), 'grant-over');
}

/** Something of Maya's, named inside something of the caller's own. */
export async function borrowsNothing(story: Story, call: Call): Promise<void> {
  const { relationships, item, as } = story;
  const relationship = relationships.brass;
  const intent = await story.want('ben');
  const { rows } = await as<{ rows: { id: string }[] }>('ben', 'list-offers', { intent });
  const { code } = await as<{ code: string }>('ben', 'show-recovery-code');
  await as('ben', 'confirm-recovery-code', { lastGroup: code.split('-').at(-1) });
  // What others stand on is kept apart from what can be dropped: neither says so of another's.
  const sent = await as<{ rows: { id: string; type: string }[] }>('maya', 'list-deliveries', {
    search: 'record',
  });
  const delivery = sent.rows.find((row) => row.type === 'record')?.id;
  const mine = { offer: rows[0]?.id, disclose: [{ item, purpose: 'x' }] };
  const cases: readonly (readonly [Caller, string, object, string])[] = [
    ['active-vendor', 'share-items', { relationship, items: [{ item, purpose: 'x' }] }, 'item-unknown'],
    ['active-vendor', 'fulfil-commitment', { commitment: `${relationship}:1` }, 'commitment-not-yours'],
    ['active-vendor', 'confirm-commitment', { commitment: `${relationship}:0` }, 'commitment-not-yours'],
    ['other', 'preview-accept', mine, 'item-unknown'],
    ['other', 'accept-offer', mine, 'item-unknown'],
    ['active-vendor', 'drop-delivery', { delivery }, 'delivery-not-stuck'],
    ['active-vendor', 'import-listings', { storefront: story.storefront }, 'storefront-unknown'],
  ];
  const before = await rowsOf(story.node, story.homes.maya);
  for (const [caller, name, input, expected] of cases) {
    const file = name === 'import-listings' ? new Blob(['id,title']) : undefined;
    const answer = await call(caller, name, input, file);
    assert.equal(answer.code, expected, `${name} as ${caller}: ${answer.text}`);
    assert.ok(!answer.text.includes(MARKS.hers), name);
  }
  await story.node.idle();
  assert.deepEqual(await rowsOf(story.node, story.homes.maya), before);
}

async function answered(call: Call, caller: Caller, operation: string, input: object, ends = '') {
  const answer = await call(caller, operation, input);
  assert.equal(answer.code, ends, `${operation} as ${caller}`);
  return answer;
}

/** `GET /api/events` is for a signed-in party, and for a token that reads. */
export async function toldOfChanges(_story: Story, call: Call): Promise<void> {
  // The keys of a constant.
  for (const caller of Object.keys(CALLERS) as Caller[]) {
    const verdict = verdictOf({ who: 'party', scope: 'reads' }, caller);
    const code = verdict.kind === 'refused' ? verdict.code : '';
    const status = code === '' ? 200 : statusOf(code);
    assert.deepEqual(await call.events(caller), { status, code }, `events as ${caller}`);
  }
}

/**
 * Her words stand in her own rows alone, and what is in My data stands in none: locked in hers, and in those of whom she gave
 * it to.
 */
export async function onlyHers({ node, homes }: Story): Promise<void> {
  const { rows } = await node.deps.storage.read(({ db }) =>
    sql<{ home_id: string }>`select home_id from parties`.execute(db),
  );
  const allowed: Readonly<Record<string, readonly string[]>> = {
    // Her name, her wants and what she wrote.
    [homes.maya]: [MARKS.hers, MARKS.shared],
    // She named it in a message and in a review too.
    [homes.brass]: [MARKS.shared],
  };
  for (const home of [NODE_HOME, ...rows.map((row) => row.home_id)]) {
    // Whatever is encoded in a row is decoded, and taken apart into runs of eight characters.
    const pieces = piecesOf(await rowsOf(node, home));
    const found = Object.values(MARKS).filter((mark) => pieces.has(mark.slice(0, 8)));
    assert.deepEqual(found, allowed[home] ?? [], `in the rows of ${home}`);
  }
}
