import type { Operation } from '../../kernel/operation.ts';
import { isAmount, kindOf, type SchemaView, schemaView } from '../schema-view.ts';
import { type Html, html } from './html.ts';

const EFFECTS = {
  reads: 'reads',
  writes: 'writes',
  discloses: 'sends data of yours to somebody else',
  binds: 'makes a promise in your name',
} as const;

const WHO = {
  anyone: 'anybody',
  somebody: 'anybody of this node',
  party: 'a signed-in party',
  operator: 'whoever runs the node',
} as const;

/** The operations for people who write programs: one page, no script. */
export function apiPage<Deps>(operations: readonly Operation<Deps>[]): Response {
  const rooms = [...Map.groupBy(operations, (operation) => operation.room)];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parley: operations over HTTP</title>
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/api/style.css">
</head>
<body>
<header>
<h1>Operations over HTTP</h1>
<p>Each is <code>POST /api/&lt;operation&gt;</code> with JSON in and JSON out; what could not be done answers
problem details with a stable <code>code</code>. The same as <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
<pre>curl -H 'Authorization: Bearer TOKEN' -H 'Content-Type: application/json' -d '{}' ${'http://127.0.0.1:7447/api/who-am-i'}</pre>
<nav aria-label="Rooms">${rooms.map(([room]) => html`<a href="#${room}">${room}</a> `)}</nav>
</header>
<main>${rooms.map(([room, list]) => roomSection(room, list))}</main>
</body>
</html>
`;
  return new Response(page.html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
  });
}

function roomSection<Deps>(room: string, operations: readonly Operation<Deps>[]): Html {
  return html`<section aria-labelledby="${room}">
<h2 id="${room}">${room}</h2>
${operations.map(operationDetails)}
</section>
`;
}

function operationDetails<Deps>(operation: Operation<Deps>): Html {
  const input = schemaView(operation.input, 'input');
  const output = schemaView(operation.output, 'output');
  return html`<details id="${operation.name}">
<summary><code>${operation.name}</code> <span>${operation.summary}</span></summary>
<p>For ${WHO[operation.who]}; ${EFFECTS[operation.effect]}.</p>
<h3>Takes</h3>
${membersTable(input, true)}
<h3>Answers</h3>
${output.contentMediaType ? html`<p>A file.</p>` : membersTable(output, false)}
</details>
`;
}

function membersTable(view: SchemaView, isInput: boolean): Html {
  const members = membersOf(view, '');
  if (members.length === 0) return html`<p>Nothing.</p>`;
  const rows = members.map(({ name, member, isNeeded }) => {
    const notes = [
      isInput && isNeeded ? 'needed' : '',
      member.default === undefined ? '' : `${JSON.stringify(member.default)} when left out`,
      member.description ?? '',
    ];
    return html`<tr><th scope="row"><code>${name}</code></th><td>${kindOf(member)}</td>
<td>${notes.filter(Boolean).join('; ')}</td></tr>`;
  });
  return html`<table><thead><tr><th scope="col">Name</th><th scope="col">Kind</th><th scope="col">Notes</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

interface Member {
  readonly name: string;
  readonly member: SchemaView;
  readonly isNeeded: boolean;
}

/** The members, and those of the objects and lists among them: `place.id`, `rows[].name`. */
function membersOf(view: SchemaView, path: string): Member[] {
  return Object.entries(view.properties ?? {}).flatMap(([own, member]) => {
    const name = path + own;
    const line = { name, member, isNeeded: view.required?.includes(own) ?? false };
    if (isAmount(member.items ?? member)) return [line];
    return [line, ...(member.items ? membersOf(member.items, `${name}[].`) : membersOf(member, `${name}.`))];
  });
}

const STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-inline-size: 60rem; margin: 2rem auto; padding-inline: 1rem; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 0.75rem; border: 1px solid; border-color: color-mix(in srgb, currentColor 25%, transparent); }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
details { padding-block: 0.5rem; border-block-end: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
details > :not(summary) { margin-inline-start: 1rem; }
summary { cursor: pointer; min-block-size: 1.5rem; }
h3 { font-size: 1rem; margin-block: 0.75rem 0.25rem; }
table { border-collapse: collapse; font-size: 0.9rem; }
th, td { text-align: start; vertical-align: top; padding: 0.2rem 1rem 0.2rem 0; overflow-wrap: anywhere; }
`;

export function apiStyle(): Response {
  return new Response(STYLE, {
    headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' },
  });
}
