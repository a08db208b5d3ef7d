import { kindOf, type SchemaView, schemaView } from '../../src/doors/schema-view.ts';
import type { Operation } from '../../src/kernel/operation.ts';
import { type Deps, OPERATIONS } from '../../src/operations.ts';

const WHO = {
  anyone: 'anybody',
  somebody: 'anybody of this node',
  party: 'a signed-in party',
  operator: 'whoever runs the node',
} as const;
const EFFECTS = {
  reads: 'reads',
  writes: 'writes',
  discloses: 'sends data of yours to somebody else',
  binds: 'makes a promise in your name',
} as const;

/** Every operation with what it takes and answers, room by room. */
export function operationsPage(): string {
  const rooms = [...Map.groupBy(OPERATIONS, (operation) => operation.room)];
  const contents = rooms.map(
    ([room, list]) => `- [${room}](#${room}): ${list.map(({ name }) => `[${name}](#${name})`).join(', ')}`,
  );
  return `# Operations

Each is \`POST /api/<operation>\` over HTTP, \`npm run -s parley -- <operation>\` on the command line, and a button on
a page. They are all here.

${contents.join('\n')}

${rooms.map(([room, list]) => `## ${room}\n\n${list.map(section).join('\n')}`).join('\n')}`;
}

function section(operation: Operation<Deps>): string {
  const input = schemaView(operation.input, 'input');
  const output = schemaView(operation.output, 'output');
  const personal = operation.isPersonal ? ' No program may do it with a token.' : '';
  const answers = output.contentMediaType ? 'Answers a file.\n' : members('Answers', output, false);
  return `### ${operation.name}

${operation.summary} For ${WHO[operation.who]}; ${EFFECTS[operation.effect]}.${personal}

${members('Takes', input, true)}
${answers}`;
}

function members(title: string, view: SchemaView, isInput: boolean): string {
  const lines = membersOf(view, isInput, '');
  return lines.length === 0 ? `${title} nothing.\n` : `${title}\n\n${lines.join('\n')}\n`;
}

/** A line for each member, and indented ones for the members of its objects. */
function membersOf(view: SchemaView, isInput: boolean, indent: string): string[] {
  return Object.entries(view.properties ?? {}).flatMap(([name, member]) => {
    const notes = [
      isInput && !view.required?.includes(name) && member.default === undefined ? 'may be left out' : '',
      member.default === undefined ? '' : `${JSON.stringify(member.default)} when left out`,
    ].filter(Boolean);
    const said = member.description ? `: ${member.description}` : '';
    const kind = `${kindOf(member)}${notes.length > 0 ? `, ${notes.join(', ')}` : ''}`;
    const line = `${indent}- \`${name}\` (${kind})${said}`;
    const inner = member.items ?? member;
    const isAmount = kindOf(inner).startsWith('amount');
    return [line, ...(isAmount ? [] : membersOf(inner, isInput, `${indent}  `))];
  });
}
