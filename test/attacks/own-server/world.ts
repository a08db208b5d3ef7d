import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Vault, Whose } from '../../../device/index.ts';
import * as installedClient from '../../../device/index.ts';
import { fromBase32 } from '../../../src/kernel/ids.ts';
import { assert } from '../../../src/kernel/result.ts';
import { PASSPHRASE, startTestNode, type TestNode } from '../../harness/node.ts';
import { done, OWN } from '../../sealed/device.ts';
import { type Copy, copied, copyOf, putBack } from '../../sealed/store.ts';
import { type Client, type Device, installed } from './device.ts';
import { truthOf } from './looking.ts';
import { type Watch, watch } from './watch.ts';

export const [EMAIL, NOTE, DIET, SIZE] = [
  'schema:email',
  'vcard:note',
  'schema:suitableForDiet',
  'schema:BodyMeasurementHand',
];

/** Everything sealed has this word in it, which the attacker must not see. */
const QUIET = 'quiet';
export const quiet = (what: string): string => `${QUIET} ${what}`;

/** What the same passkey tells, for both homes: they are one person's. */
export const TOLD = new Uint8Array(32).fill(7);
export const LOST = new Uint8Array(32).fill(9);
export const [KEPT_KEY, LOST_KEY] = ['key-1', 'key-lost'];

/** What a vault is like at some moment: what the node has, and what is true of it. */
interface Moment {
  readonly copy: Copy;
  readonly truth: string;
}

/** A node whose owner has turned against the people on it, and the vaults of one of them at several moments. */
export interface World {
  readonly node: TestNode;
  /** The client that is attacked; another one only where a weakness was planted in it. */
  client: Client;
  readonly watch: Watch;
  readonly whose: Whose;
  /** Another home of the same person, with the same passkey. */
  readonly other: { readonly whose: Whose; readonly copy: Copy };
  /** Somebody who has nothing sealed yet. */
  readonly beginner: Whose;
  readonly recoveryCode: string;
  /** Its items: three of contact, one note, and one that was erased. */
  readonly ids: readonly string[];
  readonly note: string;
  readonly erased: string;
  /** Before a passkey was taken away; since then, but some changes ago; that, and then other changes; now. */
  readonly first: Moment;
  readonly old: Moment;
  readonly elsewhere: Moment;
  readonly now: Moment;
  /** The device that has seen all of it. */
  readonly seen: Device;
  /** Another one that remembers the same. */
  known(): Device;
  /** One that sees this vault for the first time. */
  fresh(whose?: Whose): Device;
  /** All as it is, but for what is bent. */
  set(bend?: (copy: Copy) => void): Promise<void>;
  copy(): Promise<Copy>;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const node = await startTestNode({ rehearse: false });
  const folder = mkdtempSync(join(tmpdir(), 'parley-devices-'));
  const watched = watch();
  watched.word('a word of what is sealed', QUIET);
  watched.word('the passphrase', OWN);
  const parts = { node, client: installedClient, watch: watched, folder };
  const other = await someoneElse(parts);
  const whose = { home: await node.party('maya'), handle: 'maya' };
  const seen = installed(parts, whose);
  const begun = await done(
    installedClient.beginVault(seen, { ...whose, passphrase: PASSPHRASE, newPassphrase: OWN }),
  );
  watched.word('the recovery code', begun.recoveryCode);
  const code = fromBase32(begun.recoveryCode.replaceAll('-', ''), 16);
  assert(code, 'a recovery code is 16 octets');
  watched.key('the octets of the recovery code', code);
  watched.key('what a passkey tells', TOLD);
  const { vault } = begun;
  const beginner = { home: await node.party('nora'), handle: 'nora' };
  const lived = await live({ node, whose, vault, seen, parts });
  const world: World = {
    ...{ node, client: installedClient, watch: watched, whose, other, beginner, seen, ...lived },
    recoveryCode: begun.recoveryCode,
    known: () => installed({ ...parts, client: world.client }, whose, seen),
    fresh: (of = whose) => installed({ ...parts, client: world.client }, of),
    async set(bend) {
      const copy = copied(lived.now.copy);
      bend?.(copy);
      await putBack(node, whose.home, copy);
    },
    copy: () => copyOf(node, whose.home),
    async close() {
      await node.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;
}

type Parts = Parameters<typeof installed>[0];

async function someoneElse(parts: Parts): Promise<World['other']> {
  const whose = { home: await parts.node.party('leo'), handle: 'leo' };
  const device = installed(parts, whose);
  // Nobody opens it by its passphrase: that need not take long.
  device.argon2 = async (_passphrase, salt) => new Uint8Array([...salt, ...salt]);
  const of = { ...whose, passphrase: PASSPHRASE, newPassphrase: `${OWN} and over the bridge` };
  const { vault } = await done(installedClient.beginVault(device, of));
  await done(vault.sealCategory('contact'));
  await done(vault.put({ property: EMAIL, value: 'quiet.leo@example.org' }));
  await done(vault.addPasskey(KEPT_KEY, TOLD));
  return { whose, copy: await copyOf(parts.node, whose.home) };
}

interface Living {
  readonly node: TestNode;
  readonly whose: Whose;
  readonly vault: Vault;
  readonly seen: Device;
  readonly parts: Parts;
}

/** The story until now, with a look at what there is after each chapter. */
async function live({ node, whose, vault, seen, parts }: Living) {
  const moment = async (): Promise<Moment> => {
    const copy = await copyOf(node, whose.home);
    return { copy, truth: await truthOf(await done(installed(parts, whose).open())) };
  };
  await node.done('put-item', { property: SIZE, value: '20 cm' }, { as: whose.handle });
  for (const category of ['contact', 'note', 'preference'] as const) await done(vault.sealCategory(category));
  const ids: string[] = [];
  for (const at of [1, 2, 3]) {
    ids.push((await done(vault.put({ property: EMAIL, value: `quiet${at}@example.org` }))).id);
  }
  const { id: note } = await done(vault.put({ property: NOTE, value: quiet('thought'), tags: ['mine'] }));
  const { id: erased } = await done(vault.put({ property: NOTE, value: quiet('and gone') }));
  await done(vault.addPasskey(KEPT_KEY, TOLD));
  await done(vault.addPasskey(LOST_KEY, LOST));
  const first = await moment();
  await done(vault.removeWay(`way/passkey/${LOST_KEY}`));
  await done(vault.put({ id: ids[2], property: EMAIL, value: 'quiet3.second@example.org' }));
  const old = await moment();
  // What might have been: the same beginning, another end.
  const two = installed(parts, whose, seen);
  const apart = await done(two.open());
  await done(apart.put({ id: ids[0], property: EMAIL, value: 'quiet.elsewhere@example.org' }));
  const elsewhere = await moment();
  await putBack(node, whose.home, old.copy);
  await done(vault.put({ id: ids[0], property: EMAIL, value: 'quiet1.newer@example.org' }));
  await done(
    vault.put({ id: ids[1], property: EMAIL, value: 'quiet2.other@example.org', note: quiet('aside') }),
  );
  await done(vault.trash([erased]));
  await done(vault.erase([erased]));
  return { ids, note, erased, first, old, elsewhere, now: await moment() };
}
