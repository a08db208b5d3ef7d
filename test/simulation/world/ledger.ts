import type { WireRequest, WireResponse } from '../../../src/network/index.ts';
import { violate, type World } from './world.ts';

/** How a use case ended: acknowledged, refused with nothing done, or its process did not live to say. */
export type Fate = 'under-way' | 'done' | 'refused' | 'unknown';

/** Somebody in the simulation: a party of a host. */
export interface Person {
  readonly host: string;
  readonly handle: string;
  readonly home: string;
}

/** A relationship that the workload knows of. */
export interface Deal {
  readonly rel: string;
  readonly buyer: Person;
  readonly seller: Person;
}

export interface Said {
  readonly by: Person;
  readonly deal: Deal;
  fate: Fate;
}

export interface Given {
  readonly by: Person;
  readonly deal: Deal;
  readonly item: string;
  /** What it is called, which nothing else is. */
  readonly label: string;
  fate: Fate;
  stopped: Fate | undefined;
}

/** A row that must be there from now on, because somebody was told that it is. */
interface Kept {
  readonly host: string;
  readonly home: string;
  readonly table: string;
  readonly id: string;
}

/** What the people of the simulation asked for and were told, kept beside the nodes and by none of their code. */
export interface Ledger {
  readonly said: Map<string, Said>;
  readonly given: Map<string, Given>;
  /** How often somebody was shown what a grant says. */
  readonly opened: Map<string, number>;
  readonly kept: Kept[];
  /** How many of each listing there were at first, by its number. */
  readonly stock: Map<string, number>;
  readonly receipts: Map<string, string>;
  /** How much of everything there is now. */
  marks(): Marks;
  /** What this host alone knew since then is gone with its disk; nobody can hold it to that. */
  forget(host: string, since: Marks): void;
  /** Compares what a node answers another one with what it answered before. */
  answered(host: string, request: WireRequest, answer: WireResponse): void;
}

export interface Marks {
  readonly said: number;
  readonly given: number;
  readonly kept: number;
  readonly receipts: number;
}

/** Of these the receiver keeps nothing, and may word them anew. */
const UNKEPT = ['message-unknown', 'inbox-gone'];

export function newLedger(world: () => World): Ledger {
  const receipts = new Map<string, string>();
  const said: Ledger['said'] = new Map();
  const given: Ledger['given'] = new Map();
  const kept: Kept[] = [];
  return {
    said,
    given,
    opened: new Map(),
    kept,
    stock: new Map(),
    receipts,
    marks: () => ({ said: said.size, given: given.size, kept: kept.length, receipts: receipts.size }),
    forget(host, since) {
      for (const it of [...said.values()].slice(since.said)) if (it.by.host === host) it.fate = 'unknown';
      for (const [i, it] of [...given.values()].entries()) {
        if (it.by.host !== host) continue;
        if (i >= since.given) it.fate = 'unknown';
        if (it.stopped !== undefined) it.stopped = 'unknown';
      }
      const rest = kept.splice(since.kept).filter((it) => it.host !== host);
      kept.push(...rest);
      for (const key of [...receipts.keys()].slice(since.receipts)) {
        if (key.startsWith(`${host} `)) receipts.delete(key);
      }
    },
    answered(host, request, answer) {
      if (answer.status !== 200 || request.method !== 'POST') return;
      const answers = linesOf(answer.body);
      for (const [i, envelope] of linesOf(request.body).entries()) {
        const { receipt } = answers[i] ?? {};
        if (typeof receipt !== 'string') return;
        const { code } = JSON.parse(Buffer.from(receipt, 'base64url').toString('utf8'));
        if (UNKEPT.includes(code)) continue;
        const key = `${host} ${envelope.from} ${envelope.id}`;
        const before = receipts.get(key);
        if (before === undefined) receipts.set(key, receipt);
        else if (before !== receipt)
          violate(world(), 'receipts-stable', `${host} answers ${envelope.id} anew`);
      }
    },
  };
}

function linesOf(body: Uint8Array): Record<string, unknown>[] {
  const lines = Buffer.from(body).toString('utf8').split('\n');
  // A node that answered 200 has read these lines, or has written them itself.
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>);
}
