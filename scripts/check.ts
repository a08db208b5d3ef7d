import { CHECKS, runCheck } from './testing/checks.ts';

const results = await Promise.all(CHECKS.map((check) => runCheck(check)));
for (const { name, failure, ms } of results) {
  console.log(`${failure === undefined ? 'passed' : 'FAILED'}  ${name} (${(ms / 1000).toFixed(1)} s)`);
  if (failure !== undefined) console.log(failure);
}
process.exitCode = results.every((result) => result.failure === undefined) ? 0 : 1;
