import { readConfig } from '../../src/config.ts';
import { serve } from '../../src/doors/http/serve.ts';
import { reportBugOnStandardError } from '../../src/doors/report-bug.ts';
import { type Clock, systemClock } from '../../src/kernel/clock.ts';
import { standardErrorLog } from '../../src/kernel/log.ts';
import { systemRandom } from '../../src/kernel/random.ts';
import { must } from '../../src/kernel/result.ts';
import { closedWayOut } from '../../src/network/index.ts';
import { openNode } from '../../src/node/index.ts';
import { OPERATIONS } from '../../src/operations.ts';
import { issueVisitorToken } from '../../src/parties/index.ts';

/**
 * A node as `npm start` puts it together, on another day: its clock goes as the system's does, set by so many
 * milliseconds (PARLEY_TEST_SHIFT_MS). Only this composition root knows of it; the program itself has no such switch.
 */
const shift = Number(process.env.PARLEY_TEST_SHIFT_MS);
const clock: Clock = { now: () => systemClock.now() + shift, after: systemClock.after };

const config = must(readConfig());
const node = must(
  await openNode({ ...config, clock, random: systemRandom, log: standardErrorLog, wayOut: closedWayOut }),
);
const serving = must(
  await serve({
    ...config,
    deps: node.deps,
    operations: OPERATIONS,
    scratch: node.folder.scratch,
    socket: node.folder.socket,
    addresses: [],
    reportBug: reportBugOnStandardError,
  }),
);
process.on('SIGTERM', async () => {
  await serving.stop();
  await node.close();
  process.exit(0);
});
const token = await issueVisitorToken(node.deps);
process.stdout.write(`Parley is at http://127.0.0.1:${serving.port}/#token=${token}\n`);
