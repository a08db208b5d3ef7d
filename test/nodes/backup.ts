import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestNode } from '../harness/node.ts';

/** The database alone: the beat beside it has gone on when it comes back, so the node notices. */
const NOTICED = ['parley.sqlite'];
/** As a copy of the whole folder: nothing tells the node that it is an old one. */
const UNNOTICED = ['parley.sqlite', 'beat'];

/** Lays a backup aside, for `restore` or `restoreUnnoticed`. */
export async function backUp(node: TestNode): Promise<void> {
  await node.reopen((data) => {
    for (const file of UNNOTICED) copyFileSync(join(data, file), join(data, `backup-${file}`));
  });
}

export function restore(node: TestNode): Promise<void> {
  return bringBack(node, NOTICED);
}

export function restoreUnnoticed(node: TestNode): Promise<void> {
  return bringBack(node, UNNOTICED);
}

async function bringBack(node: TestNode, files: readonly string[]): Promise<void> {
  await node.reopen((data) => {
    for (const end of ['-wal', '-shm']) rmSync(join(data, `parley.sqlite${end}`), { force: true });
    for (const file of files) copyFileSync(join(data, `backup-${file}`), join(data, file));
  });
}
