import type { Operation } from '../../kernel/operation.ts';
import { type Deps, OPERATIONS } from '../../operations.ts';
import { FILE_COMMANDS } from './files/commands.ts';
import type { FileReach } from './files/reach.ts';
import { RESTORE, type RestorePlace } from './restore.ts';
import type { DeviceDeps } from './sealed/acts.ts';
import { SEALED } from './sealed/commands.ts';

/** Everything that the command line does: what a node does, and what it does by itself. */
export const COMMANDS: readonly Operation<Deps & RestorePlace & DeviceDeps & FileReach>[] = [
  ...OPERATIONS,
  ...SEALED,
  ...FILE_COMMANDS,
  RESTORE,
];
