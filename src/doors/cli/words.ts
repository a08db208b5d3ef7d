import { fail, ok, type Result } from '../../kernel/result.ts';

/** What stands on a command line, before any of it is looked up. */
export interface Words {
  readonly operation: string | undefined;
  readonly as: string | undefined;
  readonly input: string | undefined;
  readonly file: string | undefined;
  readonly out: string | undefined;
  readonly data: string | undefined;
  readonly key: string | undefined;
  readonly memory: string | undefined;
  readonly json: boolean;
  readonly wait: boolean;
  readonly help: boolean;
  /** Every other `--name value`, in order; the value is undefined when none follows. */
  readonly fields: readonly (readonly [name: string, value: string | undefined])[];
}

const WITH_VALUE = ['as', 'input', 'file', 'out', 'data', 'key', 'memory'] as const;
const WITHOUT = ['json', 'wait', 'help'] as const;

/** Names that no operation's input may have, because the command line means something else by them. */
export const RESERVED: readonly string[] = [...WITH_VALUE.filter((name) => name !== 'file'), ...WITHOUT];

/** Sorts the words of `parley <operation> [--flags]`. Fails with `usage`. */
export function sortWords(words: readonly string[]): Result<Words> {
  const given: Partial<Record<(typeof WITH_VALUE)[number], string>> = {};
  const flags = { json: false, wait: false, help: false };
  const fields: [string, string | undefined][] = [];
  let operation: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '-') {
      if (operation !== undefined) return usage('A word too many', word);
      operation = word;
      continue;
    }
    const [name = '', ...rest] = (word === '-h' ? '--help' : word).replace(/^--?/, '').split('=');
    const flag = WITHOUT.find((known) => known === name);
    if (flag) {
      flags[flag] = true;
      continue;
    }
    let value = rest.length > 0 ? rest.join('=') : undefined;
    const next = words[at + 1];
    if (value === undefined && next !== undefined && !next.startsWith('--')) {
      value = next;
      at++;
    }
    const known = WITH_VALUE.find((candidate) => candidate === name);
    if (!known) fields.push([name, value]);
    else if (value === undefined) return usage('A value is missing after', word);
    else given[known] = value;
  }
  const { as, input, file, out, data, key, memory } = given;
  return ok({ operation, as, input, file, out, data, key, memory, ...flags, fields });
}

export function usage(what: string, word: string): Result<never> {
  return fail('usage', `${what}: ${word}.`, 'Add --help to see what there is.');
}
