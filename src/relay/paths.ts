/** Where a node takes sealed requests, and says with which keys. The only place that a relay sends anything to. */
export const GATEWAY_PATH = '/parley/v1/gateway';
export const RELAY_PATH = '/parley/v1/relay/';

const NAME = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export function gatewayUrl(origin: string): string {
  return `${origin}${GATEWAY_PATH}`;
}

export function relayUrl(origin: string, gateway: string): string {
  return `${origin}${RELAY_PATH}${gateway}`;
}

/** The host that a relay is asked to carry to; undefined when the address is no relay's. */
export function targetOf(url: string): string | undefined {
  const { pathname, search } = new URL(url);
  const target = pathname.startsWith(RELAY_PATH) ? pathname.slice(RELAY_PATH.length) : '';
  return search === '' && target !== '' && !target.includes('/') ? target : undefined;
}

export function isPassage(url: string): boolean {
  const { pathname } = new URL(url);
  return pathname === GATEWAY_PATH || pathname.startsWith(RELAY_PATH);
}

/** A name of the public kind, in lower case: no address, no port, no single word. */
export function isPublicName(host: string): boolean {
  return NAME.test(host);
}
