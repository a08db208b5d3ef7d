import { commandLine } from '../../config.ts';
import { reportBugOnStandardError } from '../report-bug.ts';
import { runCommand } from './run-command.ts';

process.umask(0o077);
const outcome = await runCommand({ ...commandLine(), reportBug: reportBugOnStandardError });
if (outcome.error !== '') process.stderr.write(`${outcome.error}\n`);
if (outcome.out !== '') process.stdout.write(`${outcome.out}\n`);
process.exitCode = outcome.exitCode;
