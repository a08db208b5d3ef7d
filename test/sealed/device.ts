import assert from 'node:assert/strict';
import {
  type By,
  beginVault,
  type Cost,
  type Failure,
  openVault,
  type Remembered,
  type Result,
  type Surroundings,
  type Vault,
  type Whose,
} from '../../device/index.ts';
import { systemPause } from '../../src/kernel/clock.ts';
import type { StreamDownload } from '../../src/kernel/download.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { passphraseKey } from '../../src/kernel/sealing.ts';
import { PASSPHRASE, type TestNode } from '../harness/node.ts';

/** The passphrase that the node never sees. */
export const OWN = 'a longer walk by the river';

type Call = Surroundings['call'];

const worked = new Map<string, Promise<Uint8Array>>();

/** Argon2id at its real cost, once for each passphrase and salt: a device of its own would take that long each time. */
async function argon2(passphrase: string, salt: Uint8Array, cost: Cost): Promise<Uint8Array> {
  const name = JSON.stringify([passphrase, [...salt], cost]);
  const known = worked.get(name) ?? passphraseKey(passphrase, salt, cost);
  worked.set(name, known);
  return (await known).slice();
}

/** A device of somebody: what it remembers is its own, and what the node answers may be bent on the way. */
export interface TestDevice extends Surroundings {
  readonly whose: Whose;
  readonly kept: Map<string, Remembered>;
  /** Stands between the device and the node. */
  between: (call: Call) => Call;
  /** What becomes of octets on their way from the node. */
  bend: (octets: Uint8Array) => Promise<Uint8Array>;
  /** Every call that came to the node, in order. */
  readonly asked: { readonly operation: string; readonly input: object }[];
  open(by?: By): Promise<Result<Vault>>;
}

export function deviceOf(node: TestNode, whose: Whose): TestDevice {
  const kept = new Map<string, Remembered>();
  const asked: TestDevice['asked'] = [];
  const call: Call = async (operation, input) => {
    asked.push({ operation, input });
    const plain: object = JSON.parse(JSON.stringify(input));
    const answer = await node.call(operation, plain, { as: whose.handle });
    return answer.ok ? { ok: true, value: JSON.parse(JSON.stringify(answer.value)) } : answer;
  };
  const device: TestDevice = {
    whose,
    kept,
    asked,
    between: (it) => it,
    call: (operation, input) => device.between(call)(operation, input),
    async send(operation, input, octets) {
      asked.push({ operation, input });
      return node.call(operation, { ...input, file: octets }, { as: whose.handle });
    },
    async take(operation, input) {
      asked.push({ operation, input });
      const answer = await node.call(operation, input, { as: whose.handle });
      return answer.ok ? { ok: true, value: await device.bend(await gathered(answer.value)) } : answer;
    },
    bend: async (octets) => octets,
    memory: {
      recall: async (name) => kept.get(name),
      remember: async (name, it) => void kept.set(name, it),
      forget: async (name) => void kept.delete(name),
      names: async (prefix) => [...kept.keys()].filter((name) => name.startsWith(prefix)),
    },
    random: (count) => systemRandom.bytes(count),
    argon2,
    now: () => node.deps.clock.now(),
    pause: systemPause,
    open: (by = { passphrase: OWN }) => openVault(device, whose, by),
  };
  return device;
}

async function gathered(value: unknown): Promise<Uint8Array> {
  const { octets } = value as StreamDownload; // what the operation answers
  const chunks: Uint8Array[] = [];
  for await (const chunk of octets) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}

/** A party with a vault, open on its first device. */
export async function sealedParty(node: TestNode, handle: string) {
  const whose = { home: await node.party(handle), handle };
  const device = deviceOf(node, whose);
  const begun = await beginVault(device, { ...whose, passphrase: PASSPHRASE, newPassphrase: OWN });
  assert(begun.ok, JSON.stringify(begun));
  return { device, ...begun.value };
}

/** The value of what must succeed. */
export async function done<T>(result: Promise<Result<T>> | Result<T>): Promise<T> {
  const it = await result;
  assert(it.ok, JSON.stringify(it));
  return it.value;
}

/** The code of what must fail. */
export async function codeOf(
  result: Promise<Result<unknown>> | Result<unknown>,
): Promise<'ok' | Failure['code']> {
  const it = await result;
  return it.ok ? 'ok' : it.code;
}
