import type { Hono } from 'hono';
import { httpApp } from '../../src/doors/http/app.ts';
import { changeFeed } from '../../src/doors/http/events.ts';
import { OPERATIONS } from '../../src/operations.ts';
import { openSession } from '../../src/parties/index.ts';
import { HOST } from '../harness/http-client.ts';
import { ALL_SCOPES, type Caller } from './kinds.ts';
import type { Handle, Story } from './story.ts';

export interface Answer {
  readonly status: number;
  /** Of the failure; empty when it was done. */
  readonly code: string;
  readonly text: string;
}

/** Calls an operation as a kind of caller, through the very door that it comes by. */
export interface Call {
  (caller: Caller, operation: string, input: object, file?: Blob): Promise<Answer>;
  /** What `GET /api/events` answers: a status, and the code of a failure. */
  events(caller: Caller): Promise<{ readonly status: number; readonly code: string }>;
}

type Headers = Readonly<Record<string, string>>;

/** Whose browser it is. */
const BROWSERS: Partial<Record<Caller, Handle>> = {
  ...{ maya: 'maya', other: 'ben', pretender: 'ben', vendor: 'lone', 'operator-browser': 'olga' },
  ...{ 'expired-vendor': 'cornet', 'stopped-vendor': 'drums', 'active-vendor': 'brass' },
};

export async function openDoors(story: Story): Promise<Call> {
  const { node } = story;
  const socket = socketOf(story);
  const tokens = await tokensOf(story);
  const cookies = new Map<Caller, string>();
  const signIn = async (caller: Caller): Promise<void> => {
    const handle = BROWSERS[caller];
    if (handle) cookies.set(caller, await openSession(node.deps, story.homes[handle], { label: 'Browser' }));
  };
  const headersOf = (caller: Caller): Headers => {
    const token = tokens[caller];
    if (token !== undefined) return { authorization: `Bearer ${token}` };
    if (caller === 'token-as-cookie') return { cookie: `parley_session=${tokens['reads-token']}` };
    if (caller === 'cookie-as-token') return { authorization: `Bearer ${cookies.get('maya')}` };
    if (caller === 'machine-as-maya') return { 'parley-as': 'maya' };
    const as = caller === 'pretender' ? { 'parley-as': 'maya' } : {};
    const cookie = cookies.get(caller);
    return { ...as, ...(cookie !== undefined && { cookie: `parley_session=${cookie}` }) };
  };
  for (const caller of Object.keys(BROWSERS) as Caller[]) await signIn(caller); // its own keys
  const appOf = (caller: Caller): Hono => (caller.startsWith('machine') ? socket : node.app);
  const call = async (caller: Caller, operation: string, input: object, file?: Blob): Promise<Answer> => {
    const { body, type } = bodyOf(input, file);
    const response = await appOf(caller).request(`http://${HOST}/api/${operation}`, {
      method: 'POST',
      body,
      headers: { host: HOST, ...type, ...headersOf(caller) },
    });
    const text = await response.text();
    // Whoever signed in or out there is who they were for the next call.
    if (response.headers.has('set-cookie')) await signIn(caller);
    return { status: response.status, code: codeIn(text, response.status), text };
  };
  const events = async (caller: Caller): Promise<{ status: number; code: string }> => {
    const headers = { host: HOST, ...headersOf(caller) };
    const { status, body } = await appOf(caller).request(`http://${HOST}/api/events`, { headers });
    if (status !== 200) return { status, code: codeIn(await new Response(body).text(), status) };
    await body?.cancel();
    return { status, code: '' };
  };
  return Object.assign(call, { events });
}

/** The door in the data folder, which the command line comes by. */
function socketOf({ node }: Story): Hono {
  const reportBug = (error: unknown): void => {
    throw error;
  };
  const door = { deps: node.deps, operations: OPERATIONS, scratch: node.deps.scratch, reportBug };
  return httpApp(door, changeFeed(node.deps));
}

async function tokensOf({ as, node, homes }: Story): Promise<Partial<Record<Caller, string>>> {
  const make = (handle: Handle, scopes: readonly string[]) =>
    as<{ id: string; token: string }>(handle, 'create-token', { label: 'a program', scopes });
  const revoked = await make('maya', ALL_SCOPES);
  await as('maya', 'revoke-token', { id: revoked.id });
  const scoped = ALL_SCOPES.map(async (it) => [`${it}-token`, (await make('maya', [it])).token] as const);
  return {
    // Its row is still there: what the node sweeps away needs no check.
    'expired-token': await openSession(node.deps, homes.maya, {
      label: 'late',
      scopes: ALL_SCOPES,
      hours: 0,
    }),
    'revoked-token': revoked.token,
    'operator-token': (await make('olga', ALL_SCOPES)).token,
    'other-token': (await make('ben', ALL_SCOPES)).token,
    ...Object.fromEntries(await Promise.all(scoped)),
  };
}

function bodyOf(input: object, file: Blob | undefined): { body: string | FormData; type: Headers } {
  const json = JSON.stringify(input);
  if (!file) return { body: json, type: { 'content-type': 'application/json' } };
  const form = new FormData();
  form.set('input', json);
  form.set('file', file, 'file');
  return { body: form, type: {} };
}

function codeIn(text: string, status: number): string {
  if (status === 200) return '';
  const { code } = JSON.parse(text);
  // An answer that is none and says no code passes for nothing.
  return typeof code === 'string' ? code : `${status} without a code`;
}
