import { commandLine } from '../../config.ts';
import { reportBugOnStandardError } from '../report-bug.ts';
import { runCommand } from './run-command.ts';

process.umask(0o077);
const tell = (progress: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${progress}`);
};
const show = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const outcome = await runCommand({ ...commandLine(), tell, show, reportBug: reportBugOnStandardError });
if (outcome.error !== '') process.stderr.write(`${outcome.error}\n`);
if (outcome.out !== '') process.stdout.write(`${outcome.out}\n`);
process.exitCode = outcome.exitCode;
