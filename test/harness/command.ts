import { join } from 'node:path';
import { runCommand } from '../../src/doors/cli/run-command.ts';
import { gazetteerForTests } from '../../src/places/testing.ts';

interface Heard {
  /** Where the device keeps what it remembers. */
  readonly memory: string;
  readonly tell?: (progress: string) => void;
  readonly show?: (text: string) => void;
}

/** One command in this process, beside the data in a folder; a bug fails the test. Its exit code and its answer. */
export async function commandIn(
  folder: string,
  words: readonly string[],
  { memory, tell = () => {}, show = () => {} }: Heard,
): Promise<{ readonly code: number; readonly answer: Record<string, unknown> }> {
  const left = await runCommand({
    words: [...words, '--json'],
    here: folder,
    dataFolder: () => join(folder, 'data'),
    keyFile: () => undefined,
    databaseUrl: undefined,
    gazetteer: gazetteerForTests(),
    memoryFile: () => memory,
    columns: 0,
    tell,
    show,
    reportBug: (error) => {
      throw error;
    },
  });
  return { code: left.exitCode, answer: JSON.parse(left.out) };
}
