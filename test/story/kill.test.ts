import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type SeededRandom, seededRandom } from '../../src/kernel/seeded-random.ts';
import { createTestDatabase } from '../harness/postgres.ts';
import { type NodeProcess, startNodeProcess } from '../harness/program.ts';
import { engines } from '../harness/test-deps.ts';
import { trumpet, trumpetWanted } from './goods.ts';
import { browserAt, type Side } from './sides.ts';
import { PASSPHRASE } from './telling.ts';

const ROUNDS = process.env.CI === 'true' ? 15 : 8;
const STOCK = 5_000;
/** A try that failed as the node went down comes again after 30 seconds, and after as many more when it was two. */
const PATIENCE_MS = 2 * 60_000;

interface Rows<T> {
  readonly rows: T[];
  readonly next?: string;
}

interface Known {
  readonly id: string;
  readonly state: string;
}

interface Choice {
  readonly choices: { readonly cell: { readonly id: string } }[];
}

/** What was asked for, in order, and what of it was acknowledged. */
interface Ledger {
  readonly asked: string[];
  readonly done: Set<string>;
}

interface Work {
  readonly notes: Ledger;
  readonly said: Ledger;
  readonly wanted: Ledger;
  /** Ids of relationships whose acceptance was acknowledged. */
  readonly accepted: Set<string>;
}

const ledger = (): Ledger => ({ asked: [], done: new Set() });

for (const engine of engines()) {
  const name = `a node killed ${ROUNDS} times at work loses nothing and does nothing twice, on ${engine}`;
  test(name, { timeout: 600_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-kill-'));
    const database = engine === 'postgresql' ? await createTestDatabase() : undefined;
    const env = database ? { DATABASE_URL: database.url } : {};
    const open = (): Promise<NodeProcess> => startNodeProcess(join(folder, 'data'), { env });
    let node = await open();
    try {
      const sides = await twoParties(node, () => node.address);
      const deal = await firstDeal(sides);
      const work: Work = { notes: ledger(), said: ledger(), wanted: ledger(), accepted: new Set() };
      const random = seededRandom(`kill-${engine}`);
      for (let round = 1; round <= ROUNDS; round++) {
        await workUntilKilled(sides, deal, work, round, random, node);
        node = await open();
        await checkNotes(sides.maya, work.notes);
      }
      await checkTalk(sides, deal.relationship, work.said);
      await checkWants(sides.maya, work.wanted);
      await checkAgreements(sides, deal.relationship, work);
    } finally {
      await node.end('SIGTERM');
      await database?.drop();
      rmSync(folder, { recursive: true });
    }
  });
}

interface Sides {
  readonly maya: Side;
  readonly shop: Side;
}

interface Deal {
  readonly relationship: string;
  readonly choice: string;
}

/** Three work at once until, a moment after so many answers (each third time: after an acceptance), the node is killed. */
async function workUntilKilled(
  { maya }: Sides,
  deal: Deal,
  work: Work,
  round: number,
  random: SeededRandom,
  node: NodeProcess,
): Promise<void> {
  let isAlive = true;
  const working = [
    keepNoting(maya, work.notes, round),
    keepTalking(maya, deal.relationship, work.said, round),
    keepAccepting(maya, deal.choice, work, round),
  ].map((it) => it.catch((error: unknown) => assert(!isAlive, `it failed before the kill: ${error}`)));
  const answers = (): number =>
    round % 3 === 0 ? work.accepted.size : work.notes.done.size + work.said.done.size + work.wanted.done.size;
  const enough = answers() + (round % 3 === 0 ? 1 : 1 + random.below(20));
  while (answers() < enough) await Promise.race([pause(2), Promise.all(working)]);
  await pause(random.below(80));
  isAlive = false;
  await node.end('SIGKILL');
  await Promise.all(working);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function twoParties(node: NodeProcess, where: () => string): Promise<Sides> {
  const [maya, shop] = [browserAt(where), browserAt(where)];
  await maya.done('claim-node', { token: node.token });
  for (const name of ['Maya', 'Shop']) await maya.done('create-party', { name, passphrase: PASSPHRASE });
  await maya.done('sign-out');
  await shop.done('sign-in', { handle: 'shop', passphrase: PASSPHRASE });
  const { code } = await maya.done<{ code: string }>('show-recovery-code');
  await maya.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) });
  return { maya, shop };
}

/** One agreement before anything breaks, to talk in. */
async function firstDeal({ maya, shop }: Sides): Promise<Deal> {
  const now = Date.now();
  await shop.done('open-storefront', { name: 'Shop' });
  await shop.done('publish-listing', trumpet(now, { stock: STOCK, mode: 'first-come' }));
  await shop.until<{ counts: { listings: number } }>('show-market', {}, (it) => it.counts.listings === 1);
  const fields = trumpetWanted(now);
  const isThere = (it: Choice & { epoch: string }): boolean => it.epoch !== '';
  const { choices } = await maya.until<Choice & { epoch: string }>('preview-cast', { fields }, isThere);
  const choice = choices.at(-1)?.cell.id ?? '';
  const relationship = await want(maya, choice, 'the first');
  await maya.until<Known>('get-relationship', { relationship }, (it) => it.state === 'active');
  return { relationship, choice };
}

async function want(maya: Side, choice: string, name: string): Promise<string> {
  const fields = trumpetWanted(Date.now(), { words: name });
  const { id: intent } = await maya.done<{ id: string }>('cast-intent', { fields, choice });
  const { rows } = await maya.until<Rows<{ id: string }>>(
    'list-offers',
    { intent },
    (it) => it.rows.length === 1,
  );
  const accepted = await maya.done<{ relationship: string }>('accept-offer', { offer: rows[0]?.id });
  return accepted.relationship;
}

/** Each works until its request fails; what was answered before counts as done. */
async function keepWorking(
  into: Ledger,
  name: string,
  step: (each: string) => Promise<void>,
): Promise<never> {
  for (let i = 1; ; i++) {
    const each = `${name} ${i}`;
    into.asked.push(each);
    await step(each);
    into.done.add(each);
  }
}

function keepNoting(maya: Side, notes: Ledger, round: number): Promise<never> {
  return keepWorking(notes, `note ${round}`, async (value) => {
    await maya.done('put-item', { property: 'vcard:note', value });
  });
}

function keepTalking(maya: Side, relationship: string, said: Ledger, round: number): Promise<never> {
  return keepWorking(said, `word ${round}`, async (text) => {
    await maya.done('send-message', { relationship, text });
  });
}

function keepAccepting(
  maya: Side,
  choice: string,
  { wanted, accepted }: Work,
  round: number,
): Promise<never> {
  return keepWorking(wanted, `want ${round}`, async (name) => {
    accepted.add(await want(maya, choice, name));
  });
}

/** Every row of a list, page by page. */
async function all<T>(side: Side, operation: string, input: object): Promise<T[]> {
  const rows: T[] = [];
  for (let after: string | undefined; ; ) {
    const page = await side.done<Rows<T>>(operation, { ...input, limit: 200, ...(after && { after }) });
    rows.push(...page.rows);
    if (page.next === undefined) return rows;
    after = page.next;
  }
}

/** What was acknowledged is there once, what was not is there once or never, and nothing else is. */
function checkLedger(what: string, { asked, done }: Ledger, found: readonly string[]): void {
  const kept = new Set(found);
  assert.equal(kept.size, found.length, `${what}: nothing happened twice`);
  assert.deepEqual(
    [...done].filter((it) => !kept.has(it)),
    [],
    `${what}: what was acknowledged is there`,
  );
  const known = new Set(asked);
  assert.deepEqual(
    found.filter((it) => !known.has(it)),
    [],
    `${what}: nothing that nobody asked for`,
  );
}

async function checkNotes(maya: Side, notes: Ledger): Promise<void> {
  const items = await all<{ value: string }>(maya, 'list-items', { property: 'vcard:note' });
  checkLedger(
    'notes',
    notes,
    items.map((it) => it.value),
  );
}

/** Both sides hold the same words in the same order, each once. */
async function checkTalk({ maya, shop }: Sides, relationship: string, said: Ledger): Promise<void> {
  const words = async (side: Side): Promise<string[]> => {
    const found: string[] = [];
    for (let before: number | undefined; ; ) {
      const input = { relationship, limit: 200, ...(before && { before }) };
      const page = await side.done<Rows<{ text: string }> & { earlier?: number }>('list-messages', input);
      found.unshift(...page.rows.map((it) => it.text));
      if (page.earlier === undefined) return found;
      before = page.earlier;
    }
  };
  const mine = await words(maya);
  checkLedger('words', said, mine);
  assert.deepEqual(
    mine,
    said.asked.filter((it) => mine.includes(it)),
    'in the order they were said',
  );
  const last = { relationship, limit: 1 };
  const isLast = (it: Rows<{ text: string }>): boolean => it.rows[0]?.text === mine.at(-1);
  await shop.until('list-messages', last, isLast, PATIENCE_MS);
  assert.deepEqual(await words(shop), mine);
}

async function checkWants(maya: Side, wanted: Ledger): Promise<void> {
  const wants = await all<{ sentence: string }>(maya, 'list-intents', {});
  checkLedger(
    'wants',
    wanted,
    wants.map((it) => it.sentence).filter((it) => it !== 'the first'),
  );
}

/** Every acceptance ends in one agreement on both sides, and in one piece less in stock. */
async function checkAgreements(sides: Sides, first: string, work: Work): Promise<void> {
  const { maya, shop } = sides;
  const settled = { limit: 200, state: 'asked' };
  await maya.until<Rows<Known>>('list-relationships', settled, (it) => it.rows.length === 0, PATIENCE_MS);
  const [mine, theirs] = [
    await all<Known>(maya, 'list-relationships', {}),
    await all<Known>(shop, 'list-relationships', {}),
  ];
  const ids = (rows: readonly Known[]): string[] => rows.map((it) => it.id).sort();
  assert.deepEqual(ids(mine), ids(theirs));
  assert.ok(mine.every((it) => it.state === 'active'));
  assert.deepEqual(
    [...work.accepted, first].filter((it) => !ids(mine).includes(it)),
    [],
  );
  const [listing] = await all<{ stock: number; taken: number }>(shop, 'list-listings', {});
  assert.deepEqual([listing?.taken, listing?.stock], [mine.length, STOCK - mine.length]);
  assert.deepEqual((await maya.done<Rows<unknown>>('list-deliveries', { state: 'refused' })).rows, []);
}
