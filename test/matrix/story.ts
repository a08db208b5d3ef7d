import assert from 'node:assert/strict';
import { send } from '../../src/delivery/index.ts';
import { startJob } from '../../src/jobs/index.ts';
import { must } from '../../src/kernel/result.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import type { Engine } from '../harness/test-deps.ts';
import { DAY, trumpet, trumpetWanted } from '../story/goods.ts';

const HANDLES = ['olga', 'maya', 'ben', 'nina', 'lone', 'brass', 'cornet', 'drums'] as const;
export type Handle = (typeof HANDLES)[number];

/**
 * Words that stand in what is Maya's, and nowhere else, by who may ever read them: nobody but her, the vendor with the
 * active grant, or nobody any more beside her.
 */
export const MARKS = {
  hers: 'kingfisher',
  shared: 'sandpiper',
  expired: 'nightheron',
  stopped: 'blackstork',
} as const;

interface Rows<T> {
  readonly rows: T[];
}

/** Maya's node, and what can be made anew on it for every call. */
export interface Story {
  readonly node: TestNode;
  readonly homes: Readonly<Record<Handle, string>>;
  /** With the vendor whose grant is active, has expired, was stopped. */
  readonly relationships: Readonly<Record<'brass' | 'cornet' | 'drums', string>>;
  readonly item: string;
  readonly sharedItem: string;
  readonly job: string;
  readonly storefront: string;
  readonly now: number;
  as<T>(handle: Handle, operation: string, input?: object): Promise<T>;
  /** A new want of somebody's for a trumpet, cast; its id. */
  want(handle: Handle): Promise<string>;
  /** A new want of Maya's, and the offer that a vendor made to it. */
  offered(vendor?: string): Promise<{ intent: string; offer: string }>;
  /** A new agreement of Maya's with a vendor, who is given this item. */
  agree(vendor: Handle, item: string, until?: number): Promise<string>;
  /** Something of Maya's that could not be delivered. */
  stuck(): Promise<string>;
  /** Somebody's want that Maya's storefront is asked about, under the market's name for it. */
  asked(): Promise<string>;
}

/** A want, agreements with three vendors, a grant that is active, one that has expired and one that was stopped. */
export async function tellStory(engine: Engine): Promise<Story> {
  const node = await startTestNode({
    engine,
    seed: `matrix-${engine}`,
    rehearse: false,
    publicOrigin: 'https://parley.example',
  });
  const homes: Partial<Record<Handle, string>> = {};
  for (const handle of HANDLES) homes[handle] = await node.party(handle);
  const acts = actsOn(node, homes as Record<Handle, string>); // each was just made
  await openShops(acts);
  const made = await prepareMaya(acts);
  const { brass, cornet, drums, ...rest } = made;
  const relationships = {
    brass: await acts.agree('brass', brass),
    cornet: await acts.agree('cornet', cornet, acts.now + DAY),
    drums: await acts.agree('drums', drums),
  };
  const { relationship } = { relationship: relationships.brass };
  await acts.as('maya', 'send-message', { relationship, text: `The ${MARKS.shared} asks when.` });
  const commitment = `${relationship}:0`;
  await acts.as('brass', 'fulfil-commitment', { commitment });
  await node.idle();
  await acts.as('maya', 'confirm-commitment', { commitment });
  await acts.as('maya', 'write-review', { relationship, text: `Good, said the ${MARKS.shared}.` });
  await acts.as('maya', 'proffer-terms', { to: relationship, ids: ['SD-BASE'] });
  const [given] = await rowsFor<{ id: string }>(acts, 'list-grants', { relationship: relationships.drums });
  await acts.as('maya', 'stop-sharing', { grant: given?.id });
  await node.idle();
  node.clock?.advance(2 * DAY);
  await node.idle();
  const price = { unit: 'EUR', value: '19000' };
  const answer = {
    title: 'A cornet',
    price,
    until: node.deps.clock.now() + 9 * DAY,
    delivery: { how: 'pickup' },
  };
  await acts.as('maya', 'answer-intent', { alias: await acts.asked(), ...answer });
  const job = await workDone(node, acts.homes.maya);
  return { ...acts, ...rest, sharedItem: brass, job, relationships, now: node.deps.clock.now() };
}

type Acts = Omit<Story, 'relationships' | 'item' | 'sharedItem' | 'storefront' | 'job'>;

async function workDone(node: TestNode, home: string): Promise<string> {
  const started = await startJob(node.deps, home, 'import-listings', async (progress) => {
    progress.note({ what: MARKS.hers });
    return undefined;
  });
  await node.idle();
  return must(started).job;
}

function actsOn(node: TestNode, homes: Story['homes']): Acts {
  let wants = 0;
  const seen = new Set<string>();
  const fresh = (ids: readonly string[]): string => {
    const id = ids.find((it) => !seen.has(it));
    assert(id, 'something new came in');
    for (const it of ids) seen.add(it);
    return id;
  };
  const now = node.deps.clock.now();
  const as = <T>(handle: Handle, operation: string, input: object = {}): Promise<T> =>
    node.done<T>(operation, input, { as: handle });
  const want = async (handle: Handle): Promise<string> => {
    const max = { unit: 'EUR', value: String(30_000 + wants++) };
    const words = handle === 'maya' ? `a trumpet for a ${MARKS.hers}` : 'a trumpet';
    const fields = trumpetWanted(now, { budget: { max }, words });
    await as(handle, 'preview-cast', { fields });
    await node.idle();
    const { choices } = await as<{ choices: { cell: { id: string } }[] }>(handle, 'preview-cast', { fields });
    const choice = choices.at(-1)?.cell.id;
    const { id } = await as<{ id: string }>(handle, 'cast-intent', { fields, choice });
    await node.idle();
    return id;
  };
  const offered = async (vendor = 'brass'): Promise<{ intent: string; offer: string }> => {
    const intent = await want('maya');
    const { rows } = await as<Rows<{ id: string; vendor: { name: string } }>>('maya', 'list-offers', {
      intent,
    });
    const offer = rows.find((row) => row.vendor.name === `Shop ${vendor}`)?.id;
    assert(offer, `there is no offer of ${vendor}`);
    return { intent, offer };
  };
  return {
    ...{ node, homes, now, as, want, offered },
    async agree(vendor, item, until) {
      const { offer } = await offered(vendor);
      const { relationship } = await as<{ relationship: string }>('maya', 'accept-offer', { offer });
      await node.idle();
      const items = [{ item, purpose: 'to write', ...(until !== undefined && { until }) }];
      await as('maya', 'share-items', { relationship, items });
      await node.idle();
      return relationship;
    },
    async stuck() {
      const to = { host: 'elsewhere.invalid', inbox: 'nobody' };
      const me = { name: 'me', signer: 'one-use/test' };
      await node.deps.storage.transact(homes.maya, (tx) =>
        send(tx, node.deps, { to, as: me, type: 'interaction', body: {} }),
      );
      await node.idle();
      const { rows } = await as<Rows<{ id: string }>>('maya', 'list-deliveries', {
        search: to.host,
        limit: 200,
      });
      return fresh(rows.map((row) => row.id));
    },
    async asked() {
      await want('nina');
      const { rows } = await as<Rows<{ alias: string }>>('maya', 'list-casts', {
        answered: false,
        limit: 200,
      });
      return fresh(rows.map((row) => row.alias));
    },
  };
}

async function rowsFor<T>(acts: Acts, operation: string, input: object): Promise<T[]> {
  return (await acts.as<Rows<T>>('maya', operation, input)).rows;
}

async function openShops({ as, node, now }: Acts): Promise<void> {
  for (const handle of ['lone', 'brass', 'cornet', 'drums'] as const) {
    await as(handle, 'open-storefront', { name: `Shop ${handle}` });
    await as(handle, 'publish-listing', trumpet(now, { stock: 200, title: `Trumpet of ${handle}` }));
  }
  await node.idle();
}

/** Her data, her storefront, and her recovery code written down. */
async function prepareMaya({ as, node, now }: Acts) {
  const put = async (value: string): Promise<string> =>
    (await as<{ id: string }>('maya', 'put-item', { property: 'vcard:note', value })).id;
  const item = await put(`Only mine: ${MARKS.hers}`);
  const [brass, cornet, drums] = [
    await put(MARKS.shared),
    await put(MARKS.expired),
    await put(MARKS.stopped),
  ];
  await as('maya', 'rename-party', { name: `Maya ${MARKS.hers}` });
  for (const handle of ['maya', 'brass'] as const) {
    const { code } = await as<{ code: string }>(handle, 'show-recovery-code');
    await as(handle, 'confirm-recovery-code', { lastGroup: code.split('-').at(-1) });
  }
  const { id: storefront } = await as<{ id: string }>('maya', 'open-storefront', { name: 'Second hand' });
  await as('maya', 'publish-listing', trumpet(now, { mode: 'by-hand', title: 'Another trumpet' }));
  await node.idle();
  return { item, brass, cornet, drums, storefront };
}
