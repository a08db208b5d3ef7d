import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail, ok, type Result } from '../../../kernel/result.ts';
import { askHidden } from '../ask.ts';

/** Passphrases come from a file that is named, or are asked for; on the command line itself everybody could read them. */
export interface Secrets {
  read(question: string, file: string | undefined, flag: string): Promise<Result<string>>;
  /** Whether somebody sits there to be asked. */
  readonly isAsked: boolean;
}

export function secretsFrom(here: string): Secrets {
  return {
    isAsked: process.stdin.isTTY === true,
    async read(question, file, flag) {
      if (file !== undefined) return fromFile(resolve(here, file), flag);
      const answer = await askHidden(question);
      return answer === undefined ? missing(question, flag) : ok(answer);
    },
  };
}

/** The first line of a file. */
function fromFile(path: string, flag: string): Result<string> {
  try {
    return ok(readFileSync(path, 'utf8').split(/\r?\n/)[0] ?? '');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return fail('usage', `The file of --${flag} cannot be read (${String(error.code)}).`, 'Check its name.');
  }
}

function missing(question: string, flag: string): Result<never> {
  const message = `${question} is missing, and there is nobody to ask.`;
  return fail('usage', message, `Write it into a file that only you can read, and name it with --${flag}.`);
}
