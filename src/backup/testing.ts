import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actAs } from '../../test/harness/test-deps.ts';
import { sealWith } from '../archive/index.ts';
import { must } from '../kernel/result.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { backUpNode } from './back-up-node.ts';
import type { BackupDeps } from './model.ts';

/** scrypt's work for tests: 2^8. */
const QUICK = 8;
export const BACKUP_PASSPHRASE = 'the backup’s own passphrase';

/** A backup of a node as a file of this name, with little work for the passphrase. */
export async function backUpQuickly(deps: BackupDeps, path: string, withKey = true): Promise<string> {
  const input = { passphrase: BACKUP_PASSPHRASE, withKey };
  const download = must(await backUpNode(deps, actAs('nobody'), input, QUICK));
  copyFileSync(download.path, path);
  await download.remove();
  return path;
}

/** A file that opens with the same passphrase and has other contents. */
export async function sealOther(folder: string, name: string, content: Uint8Array): Promise<string> {
  const path = join(folder, name);
  const octets = async function* () {
    yield content;
  };
  const random = seededRandom(name);
  await sealWith({ passphrase: BACKUP_PASSPHRASE, workFactor: QUICK, random }, path, octets());
  return path;
}

export function changedCopy(path: string, change: (octets: Buffer) => Buffer, from: Buffer): string {
  writeFileSync(path, change(Buffer.from(from)));
  return path;
}
