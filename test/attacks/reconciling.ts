import { sql } from 'kysely';
import { speakersKey } from '../../src/parties/index.ts';
import { recordToWire, signRecord } from '../../src/records/index.ts';
import { maya, type Rows } from '../nodes/loop.ts';
import {
  carrying,
  envelope,
  type Forged,
  headAt,
  nextRecord,
  posted,
  refusedBy,
  said,
  stranger,
} from './forging.ts';
import type { Attack } from './model.ts';
import { KEPT, refused } from './refusing.ts';
import { countRows, type World } from './world.ts';

async function send(world: World, forged: Forged, key = world.first.key): Promise<string> {
  return said(await world.home.answerPeer(posted(world, [forged], key), world.side()));
}

const wanted = (world: World, asker: number, asked: number, more: object = {}): Forged =>
  envelope(world, { type: 'heads-wanted', body: { rel: world.first.rel, asker, asked, ...more } });

const told = (world: World, records: readonly object[], isAll = true): Forged =>
  envelope(world, { type: 'records-told', body: { rel: world.first.rel, records, isAll } });

/** Whether the victim can still sign in the first relationship, and how many words it has there. */
async function isFrozen(world: World): Promise<string | undefined> {
  const words = { relationship: world.first.rel, text: 'I can still speak.' };
  const result = await world.home.call('send-message', words, maya);
  await world.idle();
  return result.ok ? undefined : `the victim cannot sign any more: ${result.code}`;
}

async function said_(world: World): Promise<number> {
  const page = { relationship: world.first.rel, limit: 200 };
  return (await world.home.done<Rows<unknown>>('list-messages', page, maya)).rows.length;
}

/** The victim's own records in the first relationship, oldest first. */
async function mine({ home, first }: World): Promise<{ id: string; seq: number }[]> {
  const { rows } = await home.deps.storage.read((view) =>
    sql<{ id: string; seq: number }>`select id, seq from records where rel = ${first.rel}
      and author = ${first.victim} order by seq`.execute(view.db),
  );
  return rows;
}

/** What only a node that came back from a backup needs, turned against one that did not. */
export const reconciling: readonly Attack[] = [
  refused(
    'heads-wanted without numbers',
    'asks for records with words in the place of numbers',
    (w) =>
      posted(w, [envelope(w, { type: 'heads-wanted', body: { rel: w.first.rel, asker: 'all', asked: -1 } })]),
    /^refused record-malformed$/,
    KEPT,
  ),
  refused(
    'heads-wanted with a fraction',
    'asks from record 0.5 on',
    (w) =>
      posted(w, [JSON.stringify(wanted(w, 0, 0)).replace('"asker":0', '"asker":0.5')], w.first.key, {
        url: `https://home.example/parley/v1/inbox/${w.first.inbox}`,
      }),
    /^400 envelope-malformed$/,
  ),
  refused(
    'heads-wanted of the other relationship',
    'asks in one relationship for the records of the other',
    (w) => posted(w, [{ ...wanted(w, 0, 0), body: { rel: w.second.rel, asker: 0, asked: 0 } }]),
    /^later sender-foreign$/,
  ),
  refused(
    'records-told of the other relationship',
    'tells records under the name of the other relationship',
    (w) => posted(w, [{ ...told(w, []), body: { rel: w.second.rel, records: [], isAll: true } }]),
    /^later sender-foreign$/,
  ),
  refused(
    'records-told with 201 records',
    'tells more at once than is read',
    (w) =>
      posted(w, [
        told(
          w,
          Array.from({ length: 201 }, () => ({})),
        ),
      ]),
    /^refused record-malformed$/,
    KEPT,
  ),
  {
    name: 'a false “you were restored”',
    does: 'says that it has seen more of the victim’s words than there are, so that the victim stops signing',
    async attempt(world) {
      const answer = await send(world, wanted(world, 0, 2 ** 53 - 1));
      await world.idle();
      return (await isFrozen(world)) ?? (answer === 'acted' ? undefined : answer);
    },
  },
  {
    name: 'a false “you were restored”, with a forged proof',
    does: 'adds a record in the victim’s name under its own signature',
    async attempt(world) {
      const proof = recordToWire(await nextRecord(world, { author: world.first.victim, seq: 9_000 }));
      await send(world, wanted(world, 0, 9_000, { proof: { ...proof } }));
      await world.idle();
      return isFrozen(world);
    },
  },
  {
    name: 'a record that has seen what never was',
    does: 'cites words of the victim’s that there are not, and stays silent when asked about them',
    async attempt(world) {
      const strange = await nextRecord(world, { seen: 'C'.repeat(43) });
      world.lieAs('shop.example', async () => ({ ok: false, code: 'answer-late', message: '', next: '' }));
      const answer = await send(world, carrying(world, strange));
      const words = { relationship: world.first.rel, text: 'I can still speak.' };
      const result = await world.home.call('send-message', words, maya);
      world.lieAs('shop.example', undefined);
      await world.again();
      if (!/^later record-out-of-order$/.test(answer)) return `it was answered: ${answer}`;
      return result.ok ? undefined : `the victim cannot sign any more: ${result.code}`;
    },
  },
  {
    name: 'a flood of records that have seen what never was',
    does: 'cites a hundred times what never was, so that the victim asks a hundred times',
    async attempt(world) {
      const before = await countRows(world.home, 'outbox');
      world.lieAs('shop.example', async () => ({ ok: false, code: 'answer-late', message: '', next: '' }));
      for (let i = 0; i < 100; i++) {
        const strange = await nextRecord(world, { seen: 'C'.repeat(43) });
        await send(world, carrying(world, strange));
      }
      const asked = (await countRows(world.home, 'outbox')) - before;
      world.lieAs('shop.example', undefined);
      await world.again();
      return asked <= 1 ? undefined : `it asked ${asked} times`;
    },
  },
  {
    name: 'a flood of heads-wanted',
    does: 'asks for everything a hundred times and takes nothing, so that large answers pile up',
    async attempt(world) {
      const before = await countRows(world.home, 'outbox');
      world.lieAs('shop.example', async () => ({ ok: false, code: 'answer-late', message: '', next: '' }));
      const lane = Array.from({ length: 100 }, () => wanted(world, 0, 0));
      await world.home.answerPeer(posted(world, lane), world.side());
      const waiting = (await countRows(world.home, 'outbox')) - before;
      world.lieAs('shop.example', undefined);
      await world.again();
      return waiting <= 3 ? undefined : `${waiting} answers wait`;
    },
  },
  {
    name: 'records told unasked',
    does: 'tells its own next record past every check that records go through',
    async attempt(world) {
      const head = await headAt(world);
      const next = { ...recordToWire(await nextRecord(world)) };
      await send(world, told(world, [next]));
      const now = await headAt(world);
      return now.seq === head.seq ? undefined : 'it was taken';
    },
  },
  {
    name: 'the victim’s record, rewritten',
    does: 'tells the victim another first record of the victim’s own, to have the real ones dropped',
    async attempt(world) {
      const before = await mine(world);
      const position = {
        author: world.first.victim,
        rel: world.first.rel,
        seq: 1,
        prev: null,
        seen: null,
        at: 1,
      };
      const other = signRecord(
        position,
        'message',
        1,
        { text: 'Never said.' },
        world.first.key,
        world.random,
      );
      await send(world, told(world, [{ ...recordToWire(other) }]));
      const after = await mine(world);
      return JSON.stringify(before) === JSON.stringify(after)
        ? undefined
        : 'records of the victim were dropped';
    },
  },
  {
    name: 'an old fork of the victim’s own, told again',
    does: 'keeps a record that the victim once signed by mistake, and tells it when everything is long settled',
    async attempt(world) {
      const { home, first, victim } = world;
      const key = await home.deps.storage.read((view) =>
        speakersKey(view, home.deps, victim, `identity/${first.victim}`),
      );
      const before = await mine(world);
      if (!key || before.length < 2) return 'the attack could not be made';
      const position = {
        author: first.victim,
        rel: first.rel,
        seq: 1,
        prev: null,
        seen: null,
        at: world.now(),
      };
      const fork = signRecord(position, 'message', 1, { text: 'A mistake.' }, key, world.random);
      await send(world, told(world, [{ ...recordToWire(fork) }]));
      await setReconciling(world, world.now());
      await send(world, told(world, [{ ...recordToWire(fork) }]));
      await setReconciling(world, null);
      const after = await mine(world);
      return JSON.stringify(before) === JSON.stringify(after)
        ? undefined
        : 'acknowledged records were dropped';
    },
  },
  {
    name: 'told by a stranger while the victim waits',
    does: 'answers in the other side’s place while the victim reconciles',
    async attempt(world) {
      await setReconciling(world, world.now());
      const answer = await refusedBy(
        world,
        posted(world, [told(world, [])], stranger(world)),
        /^later sender-foreign$/,
      );
      await setReconciling(world, null);
      return answer;
    },
  },
  {
    name: 'nothing of it stays',
    does: 'looks whether the victim can still speak and be heard after all that',
    async attempt(world) {
      const before = await said_(world);
      const frozen = await isFrozen(world);
      return frozen ?? ((await said_(world)) === before + 1 ? undefined : 'the victim’s words went astray');
    },
  },
];

/** As if the victim had found out by itself that it came back from a backup. */
async function setReconciling({ home, victim, first }: World, at: number | null): Promise<void> {
  await home.deps.storage.transact(victim, (tx) =>
    sql`update relationships set reconciling_at = ${at} where home_id = ${victim} and id = ${first.rel}`.execute(
      tx.db,
    ),
  );
}
