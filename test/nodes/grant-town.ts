import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { BACKUP_PASSPHRASE, backUpQuickly } from '../../src/backup/testing.ts';
import { must } from '../../src/kernel/result.ts';
import { restoreNode } from '../../src/node/index.ts';
import { grantsSeen } from '../harness/grants-seen.ts';
import type { TestNode } from '../harness/node.ts';
import { type Hub, openHub } from './hub.ts';
import { maya } from './loop.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-grants-'));
after(() => rmSync(folder, { recursive: true, force: true }));
export const EMAIL = 'maya@example.org';
export const PHONE = '+32 470 12 34 56';
let count = 0;

export interface Town {
  readonly hub: Hub;
  readonly home: TestNode;
  readonly vendor: TestNode;
}

export async function inTown(seed: string, tell: (town: Town) => Promise<void>): Promise<void> {
  const hub = openHub(seed);
  try {
    const home = await hub.open('home.example');
    const vendor = await hub.open('shop.example');
    await hub.open('market.example');
    await tell({ hub, home, vendor });
  } finally {
    await hub.close();
  }
}

export const backUp = (node: TestNode): Promise<string> =>
  backUpQuickly(node.deps, join(folder, `${++count}.age`));

/** Restores a backup into another folder and lets the node go on from what is there. */
export async function restore(node: TestNode, file: string): Promise<void> {
  const made = join(folder, `data-${++count}`);
  must(await restoreNode({ file, opener: { passphrase: BACKUP_PASSPHRASE }, data: made }));
  await node.reopen((data) => {
    for (const name of readdirSync(data)) rmSync(join(data, name), { recursive: true });
    cpSync(made, data, { recursive: true });
  });
}

/** What was tried before is tried again, and later the node that stood still goes on. */
export async function wait({ hub, home, vendor }: Town, ms: number): Promise<void> {
  for (const node of [home, vendor]) node.clock?.advance(ms);
  await hub.idle();
}

/** Five minutes, and what waited after them. */
export async function settled(town: Town): Promise<void> {
  for (let minute = 0; minute < 8; minute++) await wait(town, 61_000);
}

export async function stopAll({ hub, home }: Town, relationship: string): Promise<void> {
  for (const { id, state } of await grantsSeen(home, relationship, maya))
    if (state === 'active') await home.done('stop-sharing', { grant: id }, maya);
  await hub.idle();
}

/** How many requests to the vendor, of those after so many, give something of this kind, locked within what was signed. */
export function timesTold({ hub }: Town, property: string, since = 0): number {
  const isIn = (text: string): boolean =>
    (text.match(/[A-Za-z0-9_-]{24,}/g) ?? []).some((it) => {
      const inner = Buffer.from(it, 'base64url').toString('utf8');
      return inner.includes(`"property":"${property}"`) && inner.includes('"enc":');
    });
  const requests = hub.seen.slice(since).filter((it) => it.host === 'shop.example');
  return requests.filter((it) => isIn(Buffer.from(it.request.body).toString('utf8'))).length;
}

export async function share(
  home: TestNode,
  relationship: string,
  value: string,
  more: object = {},
): Promise<{ item: string }> {
  const { id: item } = await home.done<{ id: string }>(
    'put-item',
    { property: 'schema:telephone', value },
    maya,
  );
  await home.done('share-items', { relationship, items: [{ item, purpose: 'to call', ...more }] }, maya);
  return { item };
}
