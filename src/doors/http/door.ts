import type { Operation } from '../../kernel/operation.ts';
import type { Deps } from '../../operations.ts';
import type { ReportBug } from '../report-bug.ts';
import type { Hosts } from './host-check.ts';
import type { Pages } from './pages.ts';
import type { PeerDoor } from './peers.ts';

/** What the HTTP door needs. */
export interface HttpDoor {
  readonly deps: Deps;
  readonly operations: readonly Operation<Deps>[];
  /** The folder for files on their way in. */
  readonly scratch: string;
  readonly reportBug: ReportBug;
  /**
   * The names this door answers under, known once it listens. Absent on the socket in the data folder, where whoever
   * can open it is the operator, and no browser comes.
   */
  readonly hosts?: () => Hosts;
  readonly pages?: Pages;
  /** For other nodes; absent where they cannot come. */
  readonly peers?: PeerDoor | undefined;
}
