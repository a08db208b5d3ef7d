import assert from 'node:assert/strict';
import { callOperation } from '../../src/kernel/call-operation.ts';
import { must } from '../../src/kernel/result.ts';
import type { Exchange } from '../../src/network/index.ts';
import { OPERATIONS } from '../../src/operations.ts';
import { operatorAs } from '../../src/parties/index.ts';
import { startTestNode, type TestNode } from '../../test/harness/node.ts';
import type { Hub } from '../../test/nodes/hub.ts';
import { maya, openRelationship } from '../../test/nodes/loop.ts';

/** A person's node, a vendor's and a market's, in this process and on SQLite, and what the person says to the vendor. */
export interface Town {
  readonly home: TestNode;
  readonly vendor: TestNode;
  readonly relationship: string;
  /** Says something in a relationship of the person's, as a door does once it knows who calls. */
  say(relationship: string, text: string): Promise<void>;
  /** Called with how many envelopes of the person's have been acknowledged by the vendor's node. */
  onArrived: (count: number) => void;
  close(): Promise<void>;
}

const SIDES = 2_000;

export async function openTown(): Promise<Town> {
  const nodes = new Map<string, TestNode>();
  const town = { onArrived: (_count: number): void => {} };
  let sides = 0;
  const exchange: Exchange = async (request) => {
    const { host } = new URL(request.url);
    const node = nodes.get(host);
    if (!node) return { ok: false, code: 'host-unknown', message: '', next: '' };
    // Requests come from many addresses in turn: what one may send in a minute is not what is measured here.
    const value = await node.answerPeer(request, `side ${sides++ % SIDES}`);
    if (host === 'shop.example') town.onArrived(value.body.filter((octet) => octet === 0x0a).length);
    return { ok: true, value };
  };
  const open = async (host: string): Promise<TestNode> => {
    const wayOut = { plainHosts: [], exchange };
    const node = await startTestNode({ rehearse: false, publicOrigin: `https://${host}`, wayOut });
    nodes.set(host, node);
    return node;
  };
  const home = await open('home.example');
  const vendor = await open('shop.example');
  await open('market.example');
  const idle = async (): Promise<void> => {
    for (let round = 0; round < 4; round++) {
      await new Promise((resolve) => setTimeout(resolve, 700)); // boxes are looked into now and then
      for (const node of nodes.values()) await node.idle();
    }
  };
  const hub: Hub = { seen: [], open, onWire() {}, replace() {}, cut() {}, idle, close: async () => {} };
  const relationship = await openRelationship(hub, home, vendor);
  return Object.assign(town, {
    home,
    vendor,
    relationship,
    say: await speaker(home),
    async close() {
      for (const node of nodes.values()) await node.close();
    },
  });
}

async function speaker({ deps }: TestNode): Promise<Town['say']> {
  const sendMessage = OPERATIONS.find((it) => it.name === 'send-message');
  assert(sendMessage);
  const actor = must(await operatorAs(deps, maya.as));
  return async (relationship, text) => {
    must(await callOperation(sendMessage, deps, actor, { relationship, text }));
  };
}

/** So many at once wait for each other's commit. */
const AT_ONCE = 250;

/** Processor time and time by the clock, in seconds. */
export interface Took {
  readonly cpu: number;
  readonly seconds: number;
}

export function stopwatch(): () => Took {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 };
  };
}

/** Says so much as fast as it goes, in these relationships by turns; until the last receipt is kept. */
export async function sayAll(
  town: Town,
  messages: number,
  relationships: readonly string[] = [town.relationship],
): Promise<Took> {
  const took = stopwatch();
  for (let at = 0; at < messages; at += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, messages - at) }, (_, i) => at + i);
    await Promise.all(
      batch.map((i) => town.say(relationships[i % relationships.length] ?? '', `This is message ${i}.`)),
    );
  }
  await town.home.idle();
  return took();
}

/**
 * Says one after the other at this rate; milliseconds from the asking until the other node has acknowledged it, each
 * against the moment at which it was due: one that had to wait for those before it waited too.
 */
export async function sayPaced(town: Town, messages: number, rate: number): Promise<number[]> {
  const took: number[] = [];
  const began = performance.now();
  const dueAt = (i: number): number => began + (i * 1000) / rate;
  town.onArrived = (count) => {
    for (let i = 0; i < count; i++) took.push(performance.now() - dueAt(took.length));
  };
  const under: Promise<unknown>[] = [];
  for (let i = 0; i < messages; i++) {
    const wait = dueAt(i) - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    under.push(town.say(town.relationship, `This is message ${i}.`));
  }
  await Promise.all(under);
  await town.home.idle();
  town.onArrived = () => {};
  return took.sort((a, b) => a - b);
}
