import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { By, Surroundings, Vault, Whose } from '../../../device/index.ts';
import { memoryIn } from '../../../src/doors/cli/sealed/memory.ts';
import { callOperation } from '../../../src/kernel/call-operation.ts';
import { assert, must, type Result } from '../../../src/kernel/result.ts';
import { OPERATIONS } from '../../../src/operations.ts';
import { operatorAs } from '../../../src/parties/index.ts';
import type { TestNode } from '../../harness/node.ts';
import { deviceOf, OWN } from '../../sealed/device.ts';
import type { Watch } from './watch.ts';

export type Client = typeof import('../../../device/index.ts');
type Call = Surroundings['call'];

/** What stands between a device and the node, and may answer in its place. */
export type Door = (call: Call) => Call;

export const honest: Door = (call) => call;

/** A client as it is installed: it keeps what it remembers in a file, and reaches the node through whoever stands between. */
export interface Device extends Surroundings {
  readonly whose: Whose;
  readonly file: string;
  door: Door;
  /** How often argon2id was worked out. */
  works: number;
  open(by?: By): Promise<Result<Vault>>;
}

interface Parts {
  readonly node: TestNode;
  readonly client: Client;
  readonly watch: Watch;
  readonly folder: string;
}

/** An honest client asks for less in everything that it does here. */
const MOST_CALLS = 4_000;
/** Whoever waits for the event loop comes to its turn. */
const CALLS_AT_ONCE = 50;

/** The node as it answers over the wire: what its database holds goes out as it is. */
function unchecked(node: TestNode, handle: string): Call {
  return async (name, input) => {
    const operation = OPERATIONS.find((it) => it.name === name);
    assert(operation, `there is an operation ${name}`);
    const actor = await operatorAs(node.deps, handle);
    const answer = actor.ok ? await callOperation(operation, node.deps, actor.value, input) : actor;
    return JSON.parse(JSON.stringify(answer));
  };
}

let devices = 0;

/** A device that remembers what `like` does; without it, one that sees this vault for the first time. */
export function installed(
  { node, client, watch, folder }: Parts,
  whose: Whose,
  like?: { file: string },
): Device {
  const file = join(folder, `memory-${devices++}.json`);
  if (like && existsSync(like.file)) copyFileSync(like.file, file);
  const own = deviceOf(node, whose);
  const raw = unchecked(node, whose.handle);
  let calls = 0;
  const device: Device = {
    ...own,
    file,
    door: honest,
    works: 0,
    // Nobody else is at work, so nobody is waited for.
    pause: () => setImmediate(),
    memory: must(memoryIn(file, 'node')),
    async call(operation, input) {
      watch.see({ operation, input });
      calls++;
      if (calls > MOST_CALLS) throw new Error('it asks without end');
      if (calls % CALLS_AT_ONCE === 0) await setImmediate();
      return device.door(raw)(operation, JSON.parse(JSON.stringify(input)));
    },
    async send(operation, input, octets) {
      watch.see({ operation, input, octets: Buffer.from(octets).toString('latin1') });
      return own.send(operation, input, octets);
    },
    random(count) {
      const drawn = own.random(count);
      if (count === 32) watch.key('a key that a device drew', drawn);
      return drawn;
    },
    async argon2(passphrase, salt, cost) {
      device.works++;
      if (device.works > 20) throw new Error('it works out argon2id without end');
      const told = await own.argon2(passphrase, salt, cost);
      await watch.told(told);
      return told;
    },
    open: (by = { passphrase: OWN }) => client.openVault(device, whose, by),
  };
  return device;
}

/** An answer of the node as it goes over the wire, for bending it. */
export interface Row {
  name: string;
  octets: string;
}
export interface ReadAnswer {
  rows: Row[];
  next?: string;
}
export interface ShownAnswer {
  vault?: { counter: number; statement: string };
  ways: Row[];
  categories: { category: string; mode: string; served: number }[];
  passphrase: { how: string; salt?: string; cost?: { memoryKiB: number; passes: number; lanes: number } };
}

/** Answers another thing than the node does to one operation. */
export function lying<A>(operation: string, lie: (answer: A, input: Asked) => unknown): Door {
  return (call) => async (asked, input) => {
    const answer = await call(asked, input);
    if (asked !== operation || !answer.ok) return answer;
    const value = lie(structuredClone(answer.value) as A, input); // the attacker knows what the node answers
    return { ok: true, value };
  };
}

/** What is asked, as far as lies depend on it. */
export interface Asked {
  readonly names?: readonly string[];
  readonly prefix?: string;
  readonly afterName?: string;
}

/** Bends what show-vault answers. */
export function showing(bend: (answer: ShownAnswer) => void): Door {
  return lying<ShownAnswer>('show-vault', (answer) => {
    bend(answer);
    return answer;
  });
}

/** Answers in the place of the node, which is not asked. */
export function instead(operation: string, value: unknown): Door {
  return (call) => async (asked, input) => (asked === operation ? { ok: true, value } : call(asked, input));
}
