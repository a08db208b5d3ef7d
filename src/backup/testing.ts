import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Decrypter, generateIdentity, identityToRecipient } from 'age-encryption';
import type { TestNode } from '../../test/harness/node.ts';
import { actAs } from '../../test/harness/test-deps.ts';
import { sealWith } from '../archive/index.ts';
import { silentLog } from '../kernel/log.ts';
import { must, type Result } from '../kernel/result.ts';
import { seededRandom } from '../kernel/seeded-random.ts';
import { type OpenNode, openNode } from '../node/index.ts';
import { gazetteerForTests } from '../places/testing.ts';
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

/** What is in a backup, as another program than ours reads it. */
export async function contentsOf(path: string): Promise<Buffer> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(BACKUP_PASSPHRASE);
  return Buffer.from(await decrypter.decrypt(readFileSync(path)));
}

export async function recipientOf(): Promise<string> {
  return identityToRecipient(await generateIdentity());
}

/** The same with one piece of it changed for another as long. */
export function replaced(contents: Buffer, what: string, by: string): Buffer {
  const at = contents.indexOf(what);
  assert(at >= 0 && what.length === by.length);
  const copy = Buffer.from(contents);
  copy.write(by, at, 'latin1');
  return copy;
}

/** Opens a node on a data folder, with the clock and all else of this one. */
export function openOn({ deps }: TestNode, data: string, keyFile?: string): Promise<Result<OpenNode>> {
  const { clock, random, wayOut } = deps;
  const gazetteer = gazetteerForTests();
  return openNode({ data, keyFile, clock, random, wayOut, gazetteer, log: silentLog });
}
