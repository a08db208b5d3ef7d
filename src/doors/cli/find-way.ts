import { systemClock, systemPause } from '../../kernel/clock.ts';
import { silentLog } from '../../kernel/log.ts';
import { systemRandom } from '../../kernel/random.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import { closedWayOut } from '../../network/index.ts';
import { openNode, socketPath } from '../../node/index.ts';
import type { ReportBug } from '../report-bug.ts';
import { byFolder } from './by-folder.ts';
import { bySocket } from './by-socket.ts';
import type { Way } from './way.ts';

/** What it takes to open a node. */
interface Where {
  readonly data: string;
  readonly keyFile: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly gazetteer: string;
}

const TRIES = 100;
const WAIT_MS = 100;

/**
 * The running node when there is one, else the data folder itself, locked for as long as the command takes. While
 * another command has the folder, or a node is just starting, it waits: ten seconds at most.
 */
export async function findWay(where: Where, reportBug: ReportBug): Promise<Result<Way>> {
  for (let attempt = 1; ; attempt++) {
    const way = await bySocket(socketPath(where.data));
    if (way) return ok(way);
    const options = {
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
      wayOut: closedWayOut,
    };
    const node = await openNode({ ...where, ...options });
    if (node.ok) return ok(byFolder(node.value, reportBug));
    if (node.code !== 'data-folder-in-use') return node;
    if (attempt === TRIES) {
      return fail('node-not-answering', `${node.message} It does not answer.`, 'Stop it and try again.');
    }
    await systemPause(WAIT_MS);
  }
}
