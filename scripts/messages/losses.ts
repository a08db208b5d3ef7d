import { send } from '../../src/delivery/index.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Deps } from '../../src/operations.ts';
import { asIdentity, getCounterpart, homeOfHandle, renewIdentities } from '../../src/parties/index.ts';
import { aboutRecord, documentId, headOf, recordAt, recordToWire, toWire } from '../../src/records/index.ts';
import { findRelationship, IDENTITY_CHANGED, updateRelationship } from '../../src/relationships/index.ts';
import { type Tx, tables } from '../../src/storage/index.ts';
import type { TestNode } from '../../test/harness/node.ts';
import { maya } from '../../test/nodes/loop.ts';
import { ownSecretOf } from './key-book.ts';
import type { Stage } from './story.ts';

/** Maya's node loses her last word, unnoticed, and signs another in its place: the shop tells her of the first one. */
export async function diverge({ hub, home }: Stage, relationship: string): Promise<void> {
  await home.done('send-message', { relationship, text: 'I come on Tuesday.' }, maya);
  await hub.idle();
  await as(home, 'maya', async (tx) => {
    const row = await findRelationship(tx, tx.home, relationship);
    const last = await headOf(tx, relationship, row?.mine ?? '');
    const id = last?.id ?? '';
    for (const [table, column, value] of [
      ['records', 'id', id],
      ['messages', 'record', id],
      ['outbox', 'about', aboutRecord(relationship, id)],
    ] as const) {
      const from = tables<Record<string, Record<string, string>>>(tx).deleteFrom(table);
      await from.where('home_id', '=', tx.home).where(column, '=', value).execute();
    }
  });
  await home.done('send-message', { relationship, text: 'I come on Wednesday.' }, maya);
  await hub.idle();
}

/** The guest's node has nothing of the acquaintance any more, and hears from her. */
export async function forget({ hub, home, vendor }: Stage, relationship: string): Promise<void> {
  await as(vendor, 'tom', async (tx) => {
    const row = await findRelationship(tx, tx.home, relationship);
    const lost: readonly (readonly [string, string])[] = [
      ['relationships', relationship],
      ['identities', row?.mine ?? ''],
      ['counterparts', row?.theirs ?? ''],
      ['documents', row?.agreement ?? ''],
    ];
    for (const [table, id] of lost) {
      const from = tables<Record<string, { home_id: string; id: string }>>(tx).deleteFrom(table);
      await from.where('home_id', '=', tx.home).where('id', '=', id).execute();
    }
  });
  await home.done('send-message', { relationship, text: 'Are you still there?' }, maya);
  await hub.idle();
}

/** Maya's node asks the shop's for all of her own words and what it lacks of theirs, as after an old backup. */
export async function comeBack({ hub, home }: Stage, relationship: string): Promise<void> {
  await as(home, 'maya', async (tx, deps) => {
    const row = await findRelationship(tx, tx.home, relationship);
    const other = row?.theirs ? await getCounterpart(tx, tx.home, row.theirs) : undefined;
    if (!row || !other) throw new Error('the relationship of the story is open');
    const asked = (await headOf(tx, relationship, other.id))?.seq ?? 0;
    const last = await recordAt(tx, tx.home, relationship, other.id, asked);
    const proof = last && { ...recordToWire({ ...last, body: undefined }) };
    const now = deps.clock.now();
    // Long enough ago that the first answer is the last.
    await updateRelationship(tx, relationship, { reconciling_at: now - 300_000 });
    await send(tx, deps, {
      to: { host: other.host, inbox: other.inbox, key: other.node_key },
      as: { name: newId(deps.random), signer: `identity/${row.mine}` },
      type: 'heads-wanted',
      body: { rel: relationship, asker: 0, asked, at: now, ...(proof && { proof }) },
      about: relationship,
    });
  });
  await hub.idle();
}

/** Maya's identities get new keys twice; the shop is told of the one that it knows, and hears from it again. */
export async function changeKeys(stage: Stage, relationship: string): Promise<void> {
  const { hub, home } = stage;
  await changeOnce(stage, relationship);
  await changeOnce(stage, relationship);
  await home.done('send-message', { relationship, text: 'With my new keys.' }, maya);
  await hub.idle();
}

async function changeOnce({ hub, home }: Stage, relationship: string): Promise<void> {
  const secret = await ownSecretOf(home.deps, (await homeOf(home, 'maya')) ?? '');
  await as(home, 'maya', async (tx, deps) => {
    const renewed = await renewIdentities(tx, deps, secret, 'a fixture');
    const row = await findRelationship(tx, tx.home, relationship);
    const mine = renewed.find((it) => it.id === row?.mine);
    const theirs = row?.theirs ? await getCounterpart(tx, tx.home, row.theirs) : undefined;
    if (!mine || !theirs) throw new Error('the relationship of the story is open');
    await send(tx, deps, {
      to: { host: theirs.host, inbox: theirs.inbox, key: theirs.node_key },
      as: asIdentity(mine.id, documentId(mine.change)),
      type: IDENTITY_CHANGED,
      body: {
        change: {
          ...toWire(mine.change),
          signatures: toWire(mine.change).signatures.map((it) => ({ ...it })),
        },
      },
    });
  });
  await hub.idle();
}

function homeOf(node: TestNode, handle: string): Promise<string | undefined> {
  return node.deps.storage.read((view) => homeOfHandle(view, handle));
}

async function as(
  node: TestNode,
  handle: string,
  body: (tx: Tx, deps: Deps) => Promise<void>,
): Promise<void> {
  const home = await homeOf(node, handle);
  if (home === undefined) throw new Error(`${handle} lives here`);
  await node.deps.storage.transact(home, (tx) => body(tx, node.deps));
}
