import type { Operation } from '../../kernel/operation.ts';
import { type SchemaView, schemaView } from '../schema-view.ts';
import { statusOf } from './problem.ts';

const VERSION = '3.1.1';

const PROBLEM: SchemaView = {
  type: 'object',
  description: 'Problem details (RFC 9457): title says what happened, detail what to do next.',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', description: '/problems/ and the code' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'stable, for programs' },
    fields: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description: 'a sentence for each input that does not fit',
    },
  },
};

const AS = {
  name: 'Parley-As',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  description: 'The handle of the party that acts, when several are signed in; else the last one.',
};

/** The table of operations as OpenAPI 3.1, with the streams of events beside it. */
export function openApi<Deps>(operations: readonly Operation<Deps>[]): object {
  const paths = Object.fromEntries(
    operations.map((operation) => [`/api/${operation.name}`, { post: describe(operation) }]),
  );
  return {
    openapi: VERSION,
    info: {
      title: 'Parley',
      version: '1',
      description:
        'Amounts are decimal strings of smallest units (cents, minutes); instants are milliseconds since 1970 UTC. Numbers are whole; an object with one name twice is refused.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }, { token: [] }],
    tags: [...new Set(operations.map((operation) => operation.room))].map((name) => ({ name })),
    paths: { ...paths, '/api/events': { get: EVENTS } },
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'parley_session' },
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'Made with create-token; has scopes and an end.',
        },
      },
      schemas: { Problem: PROBLEM },
      responses: {
        Problem: {
          description: 'It was not done; the code says why.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

function describe<Deps>(operation: Operation<Deps>): object {
  const input = schemaView(operation.input, 'input');
  const output = schemaView(operation.output, 'output');
  const isOpen = operation.who === 'anyone';
  return {
    operationId: operation.name,
    tags: [operation.room],
    summary: operation.summary,
    'x-effect': operation.effect,
    'x-who': operation.who,
    ...(isOpen ? { security: [{}] } : {}),
    parameters: [AS],
    requestBody: { required: (input.required ?? []).length > 0, content: requestContent(input) },
    responses: {
      200: { description: 'It was done.', content: responseContent(output) },
      [statusOf('input-invalid')]: { $ref: '#/components/responses/Problem' },
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

/** JSON, or for what takes a file a form with the rest as JSON. */
function requestContent(input: SchemaView): object {
  const { file, ...rest } = input.properties ?? {};
  if (!file) return { 'application/json': { schema: input } };
  const required = (input.required ?? []).filter((name) => name !== 'file');
  const json = { ...input, properties: rest, required };
  const form = { type: 'object', properties: { input: json, file }, required: ['file'] };
  return {
    'multipart/form-data': { schema: form, encoding: { input: { contentType: 'application/json' } } },
  };
}

function responseContent(output: SchemaView): object {
  const type = output.contentMediaType;
  return type === undefined ? { 'application/json': { schema: output } } : { [type]: {} };
}

const EVENTS = {
  operationId: 'events',
  tags: ['events'],
  summary: 'Server-sent events: "changed", without data, whenever something of the acting party changed.',
  parameters: [{ ...AS, name: 'as', in: 'query' }],
  responses: {
    200: { description: 'A stream that stays open.', content: { 'text/event-stream': {} } },
    default: { $ref: '#/components/responses/Problem' },
  },
};
