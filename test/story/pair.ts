import assert from 'node:assert/strict';
import { startTestNode, type TestNode } from '../harness/node.ts';
import type { Engine } from '../harness/test-deps.ts';
import { inCommon, piecesOf, placesOf, rowsOf } from './holdings.ts';

export const [maya, tom] = [{ as: 'maya' }, { as: 'tom' }];
const PURPOSE = 'to bring the ladder';

interface Rows<T> {
  readonly rows: readonly T[];
}

interface Shown {
  readonly id: string;
  readonly isMine: boolean;
  readonly state: string;
  readonly version?: number;
  readonly times?: number;
  readonly isReadable: boolean;
  readonly follows: boolean;
  readonly stoppedBy?: string;
  readonly openings: { readonly count: number; readonly lastAt?: number; readonly lastBy?: string };
  readonly deletion?: { readonly what: string; readonly words?: string };
}

export interface Opened {
  readonly value: string;
  readonly told: boolean;
  readonly openings: number;
}

export interface Pair {
  readonly node: TestNode;
  readonly homes: Readonly<Record<'maya' | 'tom', string>>;
  /** A new relationship of the two, by an invitation. */
  meet(): Promise<string>;
  /** An item of hers, given to him. The grant. */
  give(relationship: string, value: string, more?: object): Promise<{ grant: string; item: string }>;
  shown(by: { as: string }, grant: string, relationship: string): Promise<Shown>;
}

export async function openPair(engine: Engine, seed = 'keys'): Promise<Pair> {
  const node = await startTestNode({ engine, seed: `${seed}-${engine}` });
  const homes = { maya: await node.party('maya'), tom: await node.party('tom') };
  for (const by of [maya, tom]) {
    const { code } = await node.done<{ code: string }>('show-recovery-code', {}, by);
    await node.done('confirm-recovery-code', { lastGroup: code.split('-').at(-1) }, by);
  }
  return {
    node,
    homes,
    async meet() {
      const { code } = await node.done<{ code: string }>('invite-person', { name: 'Maya' }, maya);
      const { relationship } = await node.done<{ relationship: string }>('accept-invitation', { code }, tom);
      await node.idle();
      await node.done('answer-acceptance', { relationship, answer: 'sign' }, maya);
      await node.idle();
      return relationship;
    },
    async give(relationship, value, more = {}) {
      const { id: item } = await node.done<{ id: string }>(
        'put-item',
        { property: 'schema:email', value },
        maya,
      );
      const had = await node.done<Rows<Shown>>('list-grants', { relationship }, maya);
      const items = [{ item, purpose: PURPOSE, ...more }];
      await node.done('share-items', { relationship, items }, maya);
      await node.idle();
      const { rows } = await node.done<Rows<Shown>>('list-grants', { relationship }, maya);
      const grant = rows.find(({ id }) => !had.rows.some((it) => it.id === id))?.id;
      assert(grant !== undefined);
      return { grant, item };
    },
    async shown(by, grant, relationship) {
      const { rows } = await node.done<Rows<Shown>>('list-grants', { relationship }, by);
      const found = rows.find((it) => it.id === grant);
      assert(found);
      return found;
    },
  };
}

/** The rows of somebody in which a text stands, however it is wrapped; those of My data apart. */
export async function standsIn(node: TestNode, home: string, text: string): Promise<string[]> {
  const sought = piecesOf([{ table: 'sought', columns: { text } }]);
  const kept = piecesOf(await rowsOf(node, home));
  return placesOf(inCommon(kept, sought)).filter((it) => !/^(items|item_versions|sought)\./.test(it));
}
