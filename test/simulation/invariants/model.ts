import type { Host } from '../world/host.ts';
import type { Life } from '../world/life.ts';
import type { World } from '../world/world.ts';

/** Looks at what a commit changed, before anybody was told; at everything, when the host has just started. */
export interface Watch {
  readonly name: string;
  /** How it is broken; undefined when it holds. */
  readonly look: (world: World, host: Host, life: Life, isNew: boolean) => string | undefined;
}

/** Looks at everything once all is delivered and nothing moves any more. */
export interface AtRest {
  readonly name: string;
  readonly look: (world: World, all: readonly Running[]) => string | undefined;
}

export interface Running {
  readonly host: Host;
  readonly life: Life;
}

/** A value for each host, made anew when the host starts anew. */
export function perHost<T>(make: () => T): (host: Host, isNew: boolean) => T {
  const values = new Map<string, T>();
  return (host, isNew) => {
    const known = isNew ? undefined : values.get(host.name);
    const value = known ?? make();
    values.set(host.name, value);
    return value;
  };
}
