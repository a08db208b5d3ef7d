import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import { startTestNode, type TestNode } from '../harness/node.ts';
import type { Engine } from '../harness/test-deps.ts';
import { trumpet, trumpetWanted } from './goods.ts';

interface Rows<T> {
  readonly rows: T[];
}
interface HasId {
  readonly id: string;
}
export interface Preview extends Rows<{ relationship: string; gives: { label: string; until?: number }[] }> {
  readonly seen: string;
  readonly counts: { relationships: number; receivers: number; fields: number; asking: number };
  readonly notGiven: { reason: string; fields: number }[];
}
export interface Given extends HasId {
  readonly property: string;
  readonly state: string;
  readonly isMine: boolean;
}
interface Release extends HasId {
  readonly label: string;
  readonly state: string;
  readonly isReplaced: boolean;
  readonly why: { step: number; fact: string; since: number };
}
type By = { readonly as: string };

const ASKS = [
  { property: 'own:shoe-size', purpose: 'to fit', days: 30, required: false },
  { property: 'schema:address', purpose: 'to bring it', days: 30, required: false },
  { property: 'schema:birthDate', purpose: 'to wish you well', days: 30, required: false },
];
const MINE = [
  ['own:shoe-size', 'EU 42'],
  ['schema:address', 'Kerkstraat 1\n9000 Ghent'],
  ['schema:birthDate', '1980-02-29'],
] as const;

export const property = (value: string) => ({ kind: 'property', value });
export const agreed = { kind: 'agreed' };

export const SIZE_THEN_ADDRESS = {
  name: 'Step by step',
  whom: { kind: 'market-vendors' },
  purpose: 'to deliver',
  steps: [
    { when: agreed, gives: [property('own:shoe-size')], untilDays: 20 },
    { when: { kind: 'kept-promises', atLeast: 2, of: 'shop' }, gives: [property('schema:address')] },
    { when: agreed, gives: [{ kind: 'category', value: 'contact' }] },
  ],
};

/** Somebody who never gives their birthday, and a shop that asks for it; both new for every test, on one node. */
interface TrustStory {
  readonly node: TestNode;
  readonly me: By;
  readonly shop: By;
  readonly home: string;
  /** An offer of the shop that asks for three fields. */
  offered(): Promise<string>;
  /** An agreement on such an offer, in which nothing is given by hand. */
  agree(): Promise<string>;
  keep(relationship: string): Promise<void>;
  write(content: object): Promise<string>;
  preview(rule: string): Promise<Preview>;
  switchOn(rule: string): Promise<void>;
  /** What the shop holds of mine in a relationship. */
  held(relationship: string): Promise<string[]>;
  done(input?: object): Promise<Release[]>;
}

export function trustStory(engine: Engine, seed: string): TrustStory {
  let node: TestNode;
  let [me, shop] = [{ as: 'me' }, { as: 'shop' }];
  let home: string;
  let count = 0;
  before(async () => {
    node = await startTestNode({ engine, seed: `${seed}-${engine}` });
  });
  after(() => node.close());
  beforeEach(async () => {
    count++;
    [me, shop] = [{ as: `bo${count}` }, { as: `shop${count}` }];
    home = await settle(node, me, shop);
  });
  const offered = (): Promise<string> => offerOn(node, me, shop, `Trumpet ${count++}`);
  const preview = (rule: string): Promise<Preview> => node.done<Preview>('preview-rule', { rule }, me);
  return {
    get node() {
      return node;
    },
    get me() {
      return me;
    },
    get shop() {
      return shop;
    },
    get home() {
      return home;
    },
    offered,
    preview,
    async agree() {
      const offer = await offered();
      const { relationship } = await node.done<{ relationship: string }>('accept-offer', { offer }, me);
      await node.idle();
      return relationship;
    },
    async keep(relationship) {
      await node.done('confirm-commitment', { commitment: `${relationship}:0` }, me);
      await node.idle();
    },
    write: async (content) => (await node.done<HasId>('put-rule', content, me)).id,
    async switchOn(rule) {
      await node.done('switch-rule', { rule, on: true, seen: (await preview(rule)).seen }, me);
      await node.idle();
    },
    async held(relationship) {
      const { rows } = await node.done<Rows<Given>>('list-grants', { relationship }, shop);
      const values: string[] = [];
      for (const { id: grant } of rows.filter((it) => !it.isMine && it.state === 'active'))
        values.push((await node.done<{ value: string }>('open-grant', { grant }, shop)).value);
      return values.toSorted();
    },
    done: async (input = {}) => (await node.done<Rows<Release>>('list-releases', input, me)).rows,
  };
}

async function settle(node: TestNode, me: By, shop: By): Promise<string> {
  const home = await node.party(me.as);
  const { code } = await node.done<{ code: string }>('show-recovery-code', {}, me);
  await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, me);
  await node.party(shop.as);
  await node.done('open-storefront', { name: 'Shop' }, shop);
  for (const [name, value] of MINE) await node.done('put-item', { property: name, value }, me);
  await node.done('set-never', { add: [property('schema:birthDate')] }, me);
  await node.idle();
  return home;
}

async function offerOn(node: TestNode, me: By, shop: By, title: string): Promise<string> {
  const change = { title, mode: 'first-come', demands: { asks: ASKS } };
  await node.done('publish-listing', trumpet(node.deps.clock.now(), change), shop);
  await node.idle();
  const fields = trumpetWanted(node.deps.clock.now(), { words: title });
  await node.done('preview-cast', { fields }, me);
  await node.idle();
  const shown = await node.done<{ choices: { cell: HasId }[] }>('preview-cast', { fields }, me);
  const choice = shown.choices.at(-1)?.cell.id;
  const { id: intent } = await node.done<HasId>('cast-intent', { fields, choice }, me);
  await node.idle();
  const asked = { intent, showFiltered: true };
  const { rows } = await node.done<Rows<HasId & { title: string }>>('list-offers', asked, me);
  const offer = rows.find((it) => it.title === title);
  assert(offer, 'the shop has offered');
  return offer.id;
}
