import type { ArchiveDeps } from '../archive/index.ts';
import type { NetworkDeps } from '../network/index.ts';
import type { Doings } from './doings.ts';

export interface MovingDeps extends ArchiveDeps, NetworkDeps {
  readonly doings: Doings;
}
