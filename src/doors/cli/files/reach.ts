import { FileShown, FileStands } from '../../../files/index.ts';
import { assert, isFailure, ok, type Result } from '../../../kernel/result.ts';
import { OPERATIONS } from '../../../operations.ts';
import type { Way } from '../way.ts';

/** What a command for files has around it. */
export interface FileReach {
  readonly way: Way;
  readonly as: string | undefined;
  /** Where a relative name on the command line starts. */
  readonly here: string;
  /** Where to put a file that comes, when it was said. */
  readonly out: string | undefined;
  readonly tell: (progress: string) => void;
}

interface More {
  readonly octets?: Uint8Array;
  readonly holds?: boolean;
}

/** Asks the node for an operation by its name. */
export function askNode(
  { way, as }: FileReach,
  name: string,
  input: object,
  { octets, holds = false }: More = {},
): Promise<Result<unknown>> {
  const operation = OPERATIONS.find((candidate) => candidate.name === name);
  assert(operation, `${name} is in the table`);
  return way.call({ operation, as, input, file: octets, holds, saveAs: (it) => it });
}

export async function askStands(reach: FileReach, name: string, input: object): Promise<Result<FileStands>> {
  const said = await askNode(reach, name, input);
  return isFailure(said) ? said : ok(FileStands.parse(said.value));
}

export async function askShown(reach: FileReach, name: string, input: object): Promise<Result<FileShown>> {
  const said = await askNode(reach, name, input);
  return isFailure(said) ? said : ok(FileShown.parse(said.value));
}

/** How far it is, in a line. */
export function told(done: number, total: number): string {
  return `${done} of ${total} MiB, ${Math.floor((done * 100) / total)} %`;
}
