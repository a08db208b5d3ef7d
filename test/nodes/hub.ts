import { fail, ok } from '../../src/kernel/result.ts';
import type { WayOut, WireRequest, WireResponse } from '../../src/network/index.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import type { Engine } from '../harness/test-deps.ts';

/** Whether a node carries for others, or has somebody carry for it. */
interface Relaying {
  readonly relay?: string;
  readonly carriesForOthers?: boolean;
}

/** Nodes that reach each other by name, in one process: what one sends is what the other's door takes. */
export interface Hub {
  open(host: string, engine?: Engine, relaying?: Relaying): Promise<TestNode>;
  /** Cuts a node off, or lets it come back. */
  cut(host: string, isCut: boolean): void;
  /** What becomes of each request from now on; it arrives and is answered when nothing is set. */
  onWire(fate: ((host: string, request: WireRequest) => Promise<Fate> | Fate) | undefined): void;
  /** Puts somebody else's answers in the place of a node's, or takes them away. */
  replace(host: string, answer: TestNode['answerPeer'] | undefined): void;
  /** Every request so far, with whose door it came to. */
  readonly seen: {
    readonly from: string;
    readonly host: string;
    readonly request: WireRequest;
    readonly response: WireResponse;
  }[];
  /** Resolves when none of the nodes has anything left to do now. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Taken and answered, lost on the way there, or taken with the answer lost. */
export type Fate = 'arrives' | 'lost' | 'answer-lost';

/** Sees a request before the node that it is for does. */
type Before = (request: WireRequest, to: TestNode, from: TestNode | undefined) => Promise<void>;

export function openHub(seed: string, before: Before = async () => {}): Hub {
  const nodes = new Map<string, TestNode>();
  const seen: Hub['seen'] = [];
  const off = new Set<string>();
  let fateOf: Parameters<Hub['onWire']>[0];
  const replaced = new Map<string, TestNode['answerPeer']>();
  const wayOutOf = (from: string): WayOut => ({
    plainHosts: [],
    async exchange(request) {
      const { host } = new URL(request.url);
      const node = nodes.get(host);
      if (!node || off.has(host)) return fail('host-unknown', 'There is no such node.', 'Check its name.');
      const fate = (await fateOf?.(host, request)) ?? 'arrives';
      if (fate === 'lost') return fail('line-cut', 'It did not arrive.', 'Try again.');
      await before(request, node, nodes.get(from));
      const response = await (replaced.get(host) ?? node.answerPeer)(request, from);
      seen.push({ from, host, request, response });
      if (fate === 'answer-lost') return fail('line-cut', 'The answer was lost.', 'Try again.');
      return ok(response);
    },
  });
  return {
    seen,
    onWire(fate) {
      fateOf = fate;
    },
    cut(host, isCut) {
      if (isCut) off.add(host);
      else off.delete(host);
    },
    replace(host, answer) {
      if (answer) replaced.set(host, answer);
      else replaced.delete(host);
    },
    async open(host, engine = 'sqlite', relaying = {}) {
      const node = await startTestNode({
        engine,
        seed: `${seed}/${host}`,
        publicOrigin: `https://${host}`,
        wayOut: wayOutOf(host),
        ...relaying,
      });
      nodes.set(host, node);
      return node;
    },
    async idle() {
      for (let round = 0; round < 6; round++) {
        // Boxes are looked into now and then.
        for (const node of nodes.values()) node.clock?.advance(1_000);
        for (const node of nodes.values()) await node.idle();
      }
    },
    async close() {
      for (const node of nodes.values()) await node.close();
    },
  };
}
