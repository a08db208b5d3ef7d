import type { Guard } from '../delivery/index.ts';
import { LIMITS } from '../kernel/limits.ts';
import { originOf, type WireRequest, type WireResponse } from '../network/index.ts';
import type { Deps } from '../operations.ts';
import { nodeIdentityKey } from '../parties/index.ts';
import { GATEWAY_PATH, isPublicName, openGateway, openRelay, RELAY_PATH } from '../relay/index.ts';
import { answerPeer } from './answer-peer.ts';

/** Everything that other nodes ask of this one, directly or through a relay, and what it carries for others. */
export type PeerDoor = (request: WireRequest, side: string | undefined) => Promise<WireResponse>;

export function openPeerDoor(deps: Deps, guard: Guard, carriesForOthers: boolean): PeerDoor {
  const { host, nodeKey, clock, random, wayOut } = deps;
  const direct: PeerDoor = (request, side) => answerPeer(deps, guard, request, side);
  if (deps.publicOrigin === undefined) return direct;
  const signer = nodeIdentityKey(nodeKey);
  // What comes through a relay comes from no address.
  const gateway = openGateway({ host, nodeKey, signer, clock, random }, (request) =>
    direct(request, undefined),
  );
  const relay = openRelay({
    exchange: wayOut.exchange,
    clock,
    isOn: () => carriesForOthers,
    ownHosts: [...deps.ownHosts],
    admit: (remote) => guard.admits(remote, LIMITS.requestBytes),
    mayRelayTo: (target) => isPublicName(target) || wayOut.plainHosts.includes(target),
    originOf: (target) => originOf(target, wayOut.plainHosts),
  });
  return (request, side) => {
    const { pathname } = new URL(request.url);
    if (pathname === GATEWAY_PATH) return gateway(request);
    return pathname.startsWith(RELAY_PATH) ? relay(request, side ?? '') : direct(request, side);
  };
}
