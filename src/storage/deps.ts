import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Random } from '../kernel/random.ts';
import type { PassphraseCost } from '../kernel/sealing.ts';
import type { Storage } from './storage.ts';

/** What every use case may need; rooms extend it with their own. */
export interface BaseDeps {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** 32 octets beside the database that seal what the node serves (see SECURITY.md). */
  readonly nodeKey: Uint8Array;
  /** What a passphrase costs whoever guesses it, from the next time that it is set. */
  readonly passphraseCost: PassphraseCost;
  /** How many relationships a party may open before its owner signs in again. */
  readonly commitmentsAhead: number;
  /** This node's name, as others reach it or, where nobody can, made from its key. New addresses bear it. */
  readonly host: string;
  /** Every name that this node has gone by: what is addressed to them stays inside. */
  readonly ownHosts: ReadonlySet<string>;
}
