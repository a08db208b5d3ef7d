import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { JsonObject } from '../../kernel/json.ts';
import type { Operation } from '../../kernel/operation.ts';
import { assert, type Failure, fail, ok, type Result } from '../../kernel/result.ts';
import { type Deps, OPERATIONS } from '../../operations.ts';
import { failureOf } from '../call.ts';
import type { ReportBug } from '../report-bug.ts';
import { uploadOf } from './by-folder.ts';
import { COMMANDS } from './commands.ts';
import { FILE_COMMANDS } from './files/commands.ts';
import { performFile } from './files/perform.ts';
import type { FileReach } from './files/reach.ts';
import { findWay } from './find-way.ts';
import { followJob, type JobFailure } from './follow-job.ts';
import { operationHelp, overallHelp } from './help.ts';
import { readInput } from './read-input.ts';
import { render } from './render.ts';
import { RESTORE, restore } from './restore.ts';
import { fileExists } from './save-whole.ts';
import type { DeviceDeps } from './sealed/acts.ts';
import { SEALED } from './sealed/commands.ts';
import { type Device, onItsWay, performHere } from './sealed/perform.ts';
import { isObject } from './shape.ts';
import { sortWords, type Words } from './words.ts';

interface CommandLine {
  readonly words: readonly string[];
  /** Where a relative name on the command line starts. */
  readonly here: string;
  readonly dataFolder: (given: string | undefined) => string;
  readonly keyFile: (given: string | undefined) => string | undefined;
  readonly databaseUrl: string | undefined;
  readonly gazetteer: string;
  readonly memoryFile: (given: string | undefined) => string;
  /** Shows how far long work is; whatever was shown before is replaced. */
  readonly tell: (progress: string) => void;
  /** Shows something that stays, beside the result. */
  readonly show: (text: string) => void;
  /** Characters in a line of the terminal; 0 when it is none. */
  readonly columns: number;
  readonly reportBug: ReportBug;
}

/** What a command leaves: for standard output, for standard error, and its exit code. */
interface Outcome {
  readonly out: string;
  readonly error: string;
  readonly exitCode: 0 | 1 | 2 | 3;
}

/** Failures that mean the words themselves: nothing was tried. */
const USAGE = new Set(['usage', 'input-invalid', 'json-malformed', 'operation-unknown']);

export async function runCommand(line: CommandLine): Promise<Outcome> {
  const words = sortWords(line.words);
  if (!words.ok) return failed(words, line.words.includes('--json'));
  const { operation: name, help, json } = words.value;
  if (name === undefined) {
    const text = overallHelp(COMMANDS);
    return help ? { out: text, error: '', exitCode: 0 } : { out: '', error: text, exitCode: 2 };
  }
  if (name === RESTORE.name) return restored(line, words.value);
  const found = findCommand(name);
  const known = anyOf(found);
  if (!known) return failed(unknown(name), json);
  if (help) return { out: operationHelp(known), error: '', exitCode: 0 };
  try {
    const result = await perform(line, found, words.value);
    if (!result.ok) return failed(result, json, line.columns);
    const out = json ? JSON.stringify(result.value) : render(result.value, line.columns);
    return { out, error: '', exitCode: 0 };
  } catch (error) {
    return failed(failureOf(error, line.reportBug), json);
  }
}

/** What a command is: the node's, or done here with what is sealed or with files. */
interface Found {
  readonly operation: Operation<Deps> | undefined;
  readonly sealed: Operation<DeviceDeps> | undefined;
  readonly files: Operation<FileReach> | undefined;
}

function findCommand(name: string): Found {
  const named = <D>(table: readonly Operation<D>[]) => table.find((candidate) => candidate.name === name);
  return { operation: named(OPERATIONS), sealed: named(SEALED), files: named(FILE_COMMANDS) };
}

function anyOf({ operation, sealed, files }: Found): Operation<Deps & DeviceDeps & FileReach> | undefined {
  return sealed ?? files ?? operation;
}

async function perform(line: CommandLine, found: Found, words: Words): Promise<Result<unknown> | JobFailure> {
  const { as, file, out } = words;
  for (const path of [file, out]) {
    const isWanted = path === file;
    if (path === undefined || existsSync(resolve(line.here, path)) === isWanted) continue;
    return isWanted
      ? fail('usage', 'The file to send does not exist.', 'Check its name after --file.')
      : fileExists();
  }
  const { operation, sealed, files } = found;
  const known = anyOf(found);
  assert(known, 'it was found in one of the tables');
  const input = await readInput(known, words);
  if (!input.ok) return input;
  const data = line.dataFolder(words.data);
  const keyFile = line.keyFile(words.key);
  const way = await findWay({ ...line, data, keyFile }, line.reportBug);
  if (!way.ok) return way;
  const { here, tell, show } = line;
  const device = {
    way: way.value,
    as,
    here,
    out,
    tell,
    show,
    node: data,
    memoryFile: line.memoryFile(words.memory),
  };
  try {
    if (operation) return await ask(line, operation, words, input.value, device);
    const upload = file === undefined ? {} : { file: await uploadOf(resolve(line.here, file)) };
    const given = { ...input.value, ...upload };
    if (sealed) return await performHere(sealed, given, device);
    assert(files, 'what the node does not do is done here');
    return await performFile(files, given, device);
  } finally {
    await way.value.close();
  }
}

/** Asks the node, and waits for long work where that is wanted. */
async function ask(
  line: CommandLine,
  operation: Operation<Deps>,
  { as, file, out, wait }: Words,
  given: JsonObject,
  device: Device,
): Promise<Result<unknown> | JobFailure> {
  const sent = await onItsWay(operation.name, given, device);
  if (!sent.ok) return sent;
  if ('done' in sent.value) return ok(sent.value.done);
  const { input, after } = sent.value;
  const saveAs = (name: string): string => resolve(line.here, out ?? name);
  const path = file === undefined ? undefined : resolve(line.here, file);
  const result = await device.way.call({ operation, as, input, file: path, saveAs });
  if (result.ok) await after?.();
  const job = result.ok && wait && isObject(result.value) ? result.value.job : undefined;
  return typeof job === 'string' ? followJob(device.way, as, job, line.tell) : result;
}

/** It needs no node: there is none yet. */
async function restored(line: CommandLine, words: Words): Promise<Outcome> {
  if (words.help) return { out: operationHelp(RESTORE), error: '', exitCode: 0 };
  const data = line.dataFolder(words.data);
  const file = words.file === undefined ? undefined : resolve(line.here, words.file);
  try {
    const place = { file, data, keyFile: line.keyFile(words.key), here: line.here };
    const result = await restore(place, words);
    if (!result.ok) return failed(result, words.json);
    const out = words.json ? JSON.stringify(result.value) : render(result.value, line.columns);
    return { out, error: '', exitCode: 0 };
  } catch (error) {
    return failed(failureOf(error, line.reportBug), words.json);
  }
}

/** What was done before long work failed goes to standard output; why it failed is an error. */
function failed(failure: JobFailure, json: boolean, columns = 0): Outcome {
  const { ok: _, ...problem } = failure;
  const exitCode = failure.code === 'internal-error' ? 3 : USAGE.has(failure.code) ? 2 : 1;
  const fields = Object.entries(failure.fields ?? {}).map(([name, text]) => `\n  ${name}: ${text}`);
  const error = `${failure.message} ${failure.next}${fields.join('')}`;
  return json
    ? { out: JSON.stringify(problem), error: '', exitCode }
    : { out: reported(failure, columns), error, exitCode };
}

function reported({ report }: JobFailure, columns: number): string {
  return report ? render(report, columns) : '';
}

function unknown(name: string): Failure {
  const close = COMMANDS.map((operation) => operation.name).filter((known) =>
    known.split('-').some((word) => name.split('-').includes(word)),
  );
  const next = close.length > 0 ? `Perhaps ${close.slice(0, 5).join(', ')}.` : 'Try --help.';
  return fail('operation-unknown', `There is no operation "${name}".`, next);
}
