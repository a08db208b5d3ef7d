import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { putFields } from '../../src/doors/cli/fields.ts';
import { operationHelp, overallHelp } from '../../src/doors/cli/help.ts';
import { RESERVED } from '../../src/doors/cli/words.ts';
import { statusOf } from '../../src/doors/http/problem.ts';
import { kindOf, type SchemaView, schemaView } from '../../src/doors/schema-view.ts';
import { downloadedFile } from '../../src/kernel/download.ts';
import { OPERATIONS } from '../../src/operations.ts';
import { answerOf, HOST } from '../harness/http-client.ts';
import { startTestNode, type TestNode } from '../harness/node.ts';

let node: TestNode;
before(async () => {
  node = await startTestNode({ seed: 'operations' });
});
after(() => node.close());

const views = OPERATIONS.map((operation) => ({
  operation,
  name: operation.name,
  input: schemaView(operation.input, 'input'),
  output: schemaView(operation.output, 'output'),
}));

test('every operation has a name of its own, verb and noun, and says in a sentence what it does', () => {
  const names = OPERATIONS.map((operation) => operation.name);
  assert.equal(new Set(names).size, names.length, 'a name stands twice');
  for (const { name, room, summary } of OPERATIONS) {
    assert.match(name, /^[a-z]+(-[a-z]+)+$/);
    assert.match(room, /^[a-z]+$/, name);
    assert.match(summary, /^[A-Z].{9,}[.]$/s, name);
    assert(summary.length <= 140 && !summary.includes('\n'), `${name}: ${summary.length} characters`);
  }
});

test('HTTP reaches every operation', async () => {
  for (const { name, who } of OPERATIONS) {
    const request = new Request(`http://${HOST}/api/${name}`, {
      method: 'POST',
      headers: { host: HOST, 'content-type': 'application/json' },
      body: '[]', // no operation takes a list, so none runs
    });
    const { status, json } = await answerOf(await node.app.request(request));
    const expected = {
      anyone: 'input-invalid',
      somebody: 'sign-in-needed',
      party: 'sign-in-needed',
      operator: 'operator-only',
    }[who];
    assert.deepEqual([json.code, status], [expected, statusOf(expected)], name);
  }
});

test('the command line reaches every operation, and can say each of its inputs', () => {
  const all = overallHelp(OPERATIONS);
  for (const { operation, name, input } of views) {
    assert(all.includes(`  ${name} `), name);
    const help = operationHelp(operation);
    for (const [field, view] of Object.entries(input.properties ?? {})) {
      if (view.contentMediaType) continue; // --file
      assert(!RESERVED.includes(field), `${name}: --${field} means something else`);
      const [flag] = /--\S+/.exec(help.split('\n').find((line) => isOf(line, field)) ?? '') ?? [];
      assert(flag, `${name}: the help does not name ${field}`);
      const read = putFields({}, input, [[flag.slice(2), sampleOf(view)]]);
      assert(read.ok && Object.hasOwn(read.value, field), `${name} ${flag} ${sampleOf(view)}`);
    }
  }
});

test('OpenAPI describes every operation, whole', async () => {
  const response = await node.app.request(`http://${HOST}/api/openapi.json`, { headers: { host: HOST } });
  const document = (await response.json()) as OpenApi; // the parts that are looked at
  assert.match(document.openapi, /^3\.1\./);
  assert.deepEqual(
    Object.keys(document.paths).sort(),
    [...OPERATIONS.map(({ name }) => `/api/${name}`), '/api/events'].sort(),
  );
  for (const { operation, name, input } of views) {
    const { post } = document.paths[`/api/${name}`] ?? {};
    assert.equal(post?.operationId, name);
    assert.equal(post?.summary, operation.summary);
    const [type] = Object.keys(post?.requestBody.content ?? {});
    assert.equal(type, input.properties?.file ? 'multipart/form-data' : 'application/json', name);
  }
});

test('the page for programmers names every operation', async () => {
  const page = await (await node.app.request(`http://${HOST}/api`, { headers: { host: HOST } })).text();
  for (const { name } of OPERATIONS) assert(page.includes(`<details id="${name}">`), name);
  assert(!/<script|<[^>]*\s(?:style|on[a-z]+)=/.test(page), 'nothing in the page runs or is styled in place');
});

test('every schema says what it takes and gives: an object, with nothing left open', () => {
  for (const { operation, name, input, output } of views) {
    assert.equal(input.type, 'object', `what ${name} takes`);
    assert.deepEqual(openEnds(input), [], `what ${name} takes`);
    if (operation.output === downloadedFile) continue;
    assert.equal(output.type, 'object', `what ${name} answers`);
    assert.deepEqual(openEnds(output), [], `what ${name} answers`);
  }
});

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly post?: {
          readonly operationId: string;
          readonly summary: string;
          readonly requestBody: { readonly content: object };
        };
      }
    >
  >;
}

/** The line of a help text that takes this field. */
function isOf(line: string, field: string): boolean {
  return line.trimStart().startsWith(`--${field.replaceAll(/[A-Z]/g, (it) => `-${it.toLowerCase()}`)} `);
}

/** Something a person could write for it. */
function sampleOf(view: SchemaView): string {
  if (view.anyOf) return sampleOf(view.anyOf[0] ?? {});
  if (view.const !== undefined) return String(view.const);
  if (view.enum) return String(view.enum[0]);
  if (kindOf(view).startsWith('amount')) return '1 EUR';
  if (view.type === 'integer') return '1';
  if (view.type === 'boolean') return 'yes';
  if (view.type === 'array') return '[]';
  return view.type === 'object' ? '{}' : 'x';
}

/** Where a schema would take anything at all; free JSON in reports is named there. */
function openEnds(view: SchemaView, path = ''): string[] {
  if (view.contentMediaType) return [];
  const isNamed = view.type ?? view.enum ?? view.anyOf ?? view.const;
  if (isNamed === undefined && !('$ref' in view)) return [path || 'all of it'];
  return [
    ...Object.entries(view.properties ?? {}).flatMap(([name, member]) => openEnds(member, `${path}/${name}`)),
    ...(view.items ? openEnds(view.items, `${path}[]`) : []),
    ...(view.anyOf ?? []).flatMap((choice) => openEnds(choice, path)),
  ];
}
