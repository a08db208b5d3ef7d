import { lookup, Resolver } from 'node:dns/promises';

/** The addresses of a name; rejects or answers none when there are none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

const TRIES = { timeout: 2_000, tries: 2 };

/**
 * Asks the name servers (the machine's, unless others are named) and nobody else: a name server that does not answer
 * holds up only its own names, while the system's look-up has two threads for all.
 */
export function askNameServers(nameServers?: readonly string[]): Resolve {
  const resolver = new Resolver(TRIES);
  if (nameServers) resolver.setServers(nameServers);
  return async (host) => {
    const answers = await Promise.allSettled([resolver.resolve6(host), resolver.resolve4(host)]);
    return answers.flatMap((it) => (it.status === 'fulfilled' ? it.value : []));
  };
}

/** The system's own look-up, with its hosts file: for names that the operator chose. */
export const askSystem: Resolve = async (host) => {
  const found = await lookup(host, { all: true, order: 'verbatim' });
  return found.map(({ address }) => address);
};
