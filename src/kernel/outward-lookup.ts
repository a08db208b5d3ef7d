import type { LookupFunction } from 'node:net';
import { isDiallable, type Network } from './addresses.ts';
import type { Resolve } from './resolve-host.ts';

/** Why a name was not dialled. */
export class NotDialled extends Error {
  readonly isForbidden: boolean;

  constructor(isForbidden: boolean) {
    super('not dialled');
    this.isForbidden = isForbidden;
  }
}

/** Addresses of one name that are tried, one after the other. */
const TRIED = 8;

/**
 * Resolves for `net.connect`, which dials exactly what is answered here: there is no second look-up between the check
 * and the connection that could say something else.
 */
export function checkedLookup(resolve: Resolve, allowed: readonly Network[]): LookupFunction {
  return (host, options, callback) => {
    const answer = async (): Promise<void> => {
      const all = await resolve(host).catch(() => []);
      const diallable = all.filter((address) => isDiallable(address, allowed)).slice(0, TRIED);
      const found = diallable.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      const [first] = found;
      if (!first) return callback(new NotDialled(all.length > 0), []);
      if (options.all) return callback(null, found);
      callback(null, first.address, first.family);
    };
    void answer();
  };
}
