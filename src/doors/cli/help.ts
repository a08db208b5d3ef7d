import type { Operation } from '../../kernel/operation.ts';
import { isAmount, kindOf, type SchemaView, schemaView } from '../schema-view.ts';
import { kebabCase } from './fields.ts';

const FLAGS = `  --as HANDLE          act as this party (may be left out while the node has one)
  --input JSON|@FILE|- the input whole: as JSON, from a file, or from standard input
  --file PATH          the file, for operations that take one
  --out PATH           where to put the file, for operations that answer with one
  --wait               for long work: wait until it has ended, and answer what came of it
  --json               only the result on standard output, as JSON; problems too
  --data DIR           the node's data folder (data, in the checkout)
  --key FILE           the node's key, where it does not lie in that folder (PARLEY_KEY_FILE says the same)
  --memory FILE        what this device remembers of sealed data (in your account's folder of state)
  --help               this text, or that of an operation`;

const EXIT_CODES =
  'Ends with 0 when it is done, 1 when it could not be, 2 when it was not understood, 3 for a bug.';

/** Everything there is, room by room. */
export function overallHelp<Deps>(operations: readonly Operation<Deps>[]): string {
  const rooms = Map.groupBy(operations, (operation) => operation.room);
  const width = Math.max(...operations.map((operation) => operation.name.length));
  const lines = [...rooms].flatMap(([room, list]) => [
    '',
    room,
    ...list.map((operation) => `  ${operation.name.padEnd(width)}  ${operation.summary}`),
  ]);
  return [
    'npm run -s parley -- <operation> [--name value ...] [flags]',
    '',
    FLAGS,
    ...lines,
    '',
    'npm run -s parley -- <operation> --help says what an operation takes and answers.',
    EXIT_CODES,
  ].join('\n');
}

/** What an operation takes and answers, from its schemas. */
export function operationHelp<Deps>(operation: Operation<Deps>): string {
  const input = schemaView(operation.input, 'input');
  const output = schemaView(operation.output, 'output');
  const takes = memberLines(input, '--');
  const answers = output.contentMediaType ? ['  a file'] : memberLines(output, '');
  return [
    `npm run -s parley -- ${operation.name}${usageOf(input)} [flags]`,
    '',
    operation.summary,
    `Who may: ${WHO[operation.who]}. It ${operation.effect}.`,
    '',
    takes.length > 0 ? 'Takes' : 'Takes nothing.',
    ...takes,
    '',
    answers.length > 0 ? 'Answers' : 'Answers nothing but that it is done.',
    ...answers,
    '',
    'Flags',
    FLAGS,
  ].join('\n');
}

const WHO = {
  anyone: 'anybody who reaches the node',
  somebody: 'anybody of this node',
  party: 'a party of this node, named with --as',
  operator: 'the person who runs this node',
} as const;

function usageOf(input: SchemaView): string {
  return (input.required ?? []).map((name) => ` --${kebabCase(name)} ...`).join('');
}

function memberLines(view: SchemaView, prefix: '--' | ''): string[] {
  const shown = membersOf(view, prefix, []);
  const width = Math.max(0, ...shown.map((member) => member.name.length));
  return shown.map((member) => `  ${member.name.padEnd(width)}  ${member.text}`);
}

/** The members, and those of the objects among them under names with dots. */
function membersOf(
  view: SchemaView,
  prefix: '--' | '',
  path: readonly string[],
): { name: string; text: string }[] {
  return Object.entries(view.properties ?? {}).flatMap(([name, member]) => {
    const steps = [...path, prefix === '' ? name : kebabCase(name)];
    const text = [
      kindOf(member),
      ...(prefix !== '' && view.required?.includes(name) ? ['(needed)'] : []),
      ...(member.default === undefined ? [] : [`(${JSON.stringify(member.default)} when left out)`]),
      ...(member.description ? [`- ${member.description}`] : []),
    ].join(' ');
    const line = { name: prefix + steps.join('.'), text };
    return isAmount(member) || path.length > 1 ? [line] : [line, ...membersOf(member, prefix, steps)];
  });
}
