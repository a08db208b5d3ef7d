import assert from 'node:assert/strict';
import type { Hono } from 'hono';
import { issueVisitorToken } from '../../src/parties/index.ts';
import { PASSPHRASE, type TestNode } from './node.ts';

/** The members of answers that tests look at; each operation has its own of them. */
interface Members {
  readonly id: string;
  readonly handle: string;
  readonly token: string;
  readonly isFresh: boolean;
  readonly acting: { readonly handle: string };
  readonly parties: readonly unknown[];
  readonly name: string;
  readonly bytes: number;
  readonly hash: string;
  readonly note: string;
  readonly code: string;
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON of the body; empty when it is none. */
  readonly json: Members;
}

/** A browser as far as it matters here: it keeps the session cookie and says where its page comes from. */
interface TestBrowser {
  post(operation: string, input?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  cookie(): string | undefined;
}

export const HOST = '127.0.0.1:7447';

export function testBrowser(app: Hono, host = HOST): TestBrowser {
  let cookie: string | undefined;
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (!headers.has('host')) headers.set('host', host);
    if (cookie !== undefined) headers.set('cookie', `theme=dark; parley_session=${cookie}`);
    const response = await app.request(`http://${host}${path}`, { ...init, headers });
    const set = response.headers.get('set-cookie');
    if (set) cookie = /parley_session=([^;]+)/.exec(set)?.[1];
    return response;
  };
  return {
    async post(operation, input = {}, headers = {}) {
      const response = await send(`/api/${operation}`, {
        method: 'POST',
        body: JSON.stringify(input),
        headers: {
          'content-type': 'application/json',
          origin: `http://${host}`,
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
      });
      return answerOf(response);
    },
    get: (path, headers = {}) => send(path, { headers }),
    cookie: () => cookie,
  };
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, json: isJson ? JSON.parse(text) : {} };
}

/** A browser that has opened the printed address and begun a party of that name. */
export async function firstVisitor(node: TestNode, name: string): Promise<TestBrowser> {
  const browser = testBrowser(node.app);
  const claimed = await browser.post('claim-node', { token: await issueVisitorToken(node.deps) });
  assert.equal(claimed.status, 200);
  const made = await browser.post('create-party', { name, passphrase: PASSPHRASE });
  assert.equal(made.status, 200);
  return browser;
}
