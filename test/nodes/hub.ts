import { fail, ok } from '../../src/kernel/result.ts';
import type { WayOut, WireRequest, WireResponse } from '../../src/network/index.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';
import type { Engine } from '../harness/test-deps.ts';

/** Nodes that reach each other by name, in one process: what one sends is what the other's door takes. */
export interface Hub {
  open(host: string, engine?: Engine): Promise<TestNode>;
  /** Cuts a node off, or lets it come back. */
  cut(host: string, isCut: boolean): void;
  /** Every request so far, with whose door it came to. */
  readonly seen: { readonly host: string; readonly request: WireRequest; readonly response: WireResponse }[];
  /** Resolves when none of the nodes has anything left to do now. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export function openHub(seed: string): Hub {
  const nodes = new Map<string, TestNode>();
  const seen: Hub['seen'] = [];
  const off = new Set<string>();
  const wayOut: WayOut = {
    plainHosts: [],
    async exchange(request) {
      const { host } = new URL(request.url);
      const node = nodes.get(host);
      if (!node || off.has(host)) return fail('host-unknown', 'There is no such node.', 'Check its name.');
      const response = await node.answerPeer(request, 'hub');
      seen.push({ host, request, response });
      return ok(response);
    },
  };
  return {
    seen,
    cut(host, isCut) {
      if (isCut) off.add(host);
      else off.delete(host);
    },
    async open(host, engine = 'sqlite') {
      const node = await startTestNode({
        engine,
        seed: `${seed}/${host}`,
        publicOrigin: `https://${host}`,
        wayOut,
      });
      nodes.set(host, node);
      return node;
    },
    async idle() {
      for (let round = 0; round < 6; round++) for (const node of nodes.values()) await node.idle();
    },
    async close() {
      for (const node of nodes.values()) await node.close();
    },
  };
}
