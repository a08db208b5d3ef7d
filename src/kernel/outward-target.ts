import { isIP } from 'node:net';
import { isDiallable, type Network } from './addresses.ts';
import { type Failure, fail, ok, type Result } from './result.ts';

/** Where a request goes. */
export interface Target {
  readonly isPlain: boolean;
  /** A name or an address, without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
  /** The host and port as they stand in the URL and in Host. */
  readonly authority: string;
  readonly path: string;
}

export interface TargetRules {
  /** `host:port` of those that may be reached without TLS, and on any port. */
  readonly plainHosts: ReadonlySet<string>;
  readonly allowed: readonly Network[];
}

const URL_CHARS = 2_048;
const NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/**
 * Fails with `url-refused`, `tls-needed`, `port-forbidden` and `host-forbidden`. Only the canonical form of a URL is
 * taken: then what is checked is what is dialled, and decimal, octal or hexadecimal addresses, userinfo, other dots
 * and escaped letters have no second reading.
 */
export function readTarget(text: string, rules: TargetRules): Result<Target> {
  const url = text.length <= URL_CHARS && URL.canParse(text) ? new URL(text) : undefined;
  const host = url?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
  const isOdd = url?.href !== text || url.username !== '' || url.password !== '' || text.includes('#');
  if (!url || isOdd || !/^https?:$/.test(url.protocol) || !(isIP(host) !== 0 || NAME.test(host))) {
    return fail(
      'url-refused',
      'That is not the plain form of a web address.',
      'Ask for an address such as https://host/path.',
    );
  }
  const isPlain = url.protocol === 'http:';
  const port = url.port === '' ? (isPlain ? 80 : 443) : Number(url.port);
  const isNamed = rules.plainHosts.has(`${url.hostname}:${port}`);
  if (isPlain && !isNamed) {
    return fail(
      'tls-needed',
      'That host would be reached without encryption.',
      'Ask for its https address, or have the operator allow it.',
    );
  }
  // Below 1024 live other services, which must not be made to read what a stranger wrote.
  if (port !== 443 && port < 1024 && !isNamed) {
    return fail('port-forbidden', 'Nodes do not live on that port.', 'Ask for 443, or one above 1023.');
  }
  if (isIP(host) !== 0 && !isDiallable(host, rules.allowed)) return hostForbidden();
  return ok({ isPlain, host, port, authority: url.host, path: url.pathname + url.search });
}

export function hostForbidden(): Failure {
  return fail(
    'host-forbidden',
    'That host lies in a network that this node does not enter.',
    'Have the operator allow that network, if it is meant.',
  );
}
