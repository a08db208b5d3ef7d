import { fromBase64url, fromUtf8, toBase64url, toUtf8 } from '../kernel/bytes.ts';
import type { HomeId } from '../kernel/ids.ts';
import type { Random } from '../kernel/random.ts';
import { derive, open, seal } from '../kernel/sealing.ts';

const CONTEXT = 'inbox';

/**
 * A random inbox path that only this node can read: the home, sealed under a key derived from the node's.
 * No table says who lives where, no two paths look alike, and nobody else can make one.
 */
export function makeInboxPath(nodeKey: Uint8Array, home: HomeId, random: Random): string {
  return toBase64url(seal(derive(nodeKey, 'parley/inbox/v1'), toUtf8(home), CONTEXT, random));
}

/** Whose inbox this is; undefined when this node did not make the path. */
export function homeOfInboxPath(nodeKey: Uint8Array, path: string): HomeId | undefined {
  const sealed = path.length <= 200 ? fromBase64url(path) : undefined;
  const home = sealed && open(derive(nodeKey, 'parley/inbox/v1'), sealed, CONTEXT);
  return home && fromUtf8(home);
}
