import { z } from 'zod';
import { type Operation, openOperation } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { nothing } from '../kernel/schema.ts';
import type { NetworkDeps } from './deps.ts';

export const NodeShown = z.object({
  publicOrigin: z.string().optional().describe('Where other nodes reach this one; absent when they cannot.'),
  relay: z.string().optional().describe('The node that carries for this one; absent when none does.'),
  carriesForOthers: z.boolean(),
  plainPeers: z.array(z.string()).describe('Nodes that are spoken to without encryption.'),
});

/** How other nodes reach this one, and how it reaches them. */
async function showNode(deps: NetworkDeps): Promise<Result<z.output<typeof NodeShown>>> {
  const { publicOrigin, relay, carriesForOthers, wayOut } = deps;
  return ok({
    ...(publicOrigin !== undefined && { publicOrigin }),
    ...(relay !== undefined && { relay }),
    carriesForOthers,
    plainPeers: [...wayOut.plainHosts],
  });
}

export const operations: readonly Operation<NetworkDeps>[] = [
  openOperation('operator', {
    name: 'show-node',
    room: 'network',
    summary: 'How other nodes reach this one, by whom it is carried, and whether it carries for others.',
    effect: 'reads',
    input: nothing,
    output: NodeShown,
    run: showNode,
  }),
];
