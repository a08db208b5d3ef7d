import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { runCommandLine } from '../harness/program.ts';

/** What an operation answered, whichever door it was called through. */
type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly fields: object };

/** Somebody at a door: a browser, or a terminal that acts as one party. */
interface Door {
  /** Calls an operation, with the file at this path when there is one. A bug fails the test. */
  call(operation: string, input: object, file?: string): Promise<Answer>;
  /** Calls an operation that answers with a file, and keeps that at this path. */
  save(operation: string, input: object, path: string): Promise<void>;
}

/** A door with the questions that tests ask of it. */
export interface Side extends Door {
  done<T>(operation: string, input?: object, file?: string): Promise<T>;
  refused(operation: string, input?: object, file?: string): Promise<string>;
  /** Asks again until the answer is as it should be: what others do arrives a moment later. */
  until<T>(
    operation: string,
    input: object,
    isThere: (answer: T) => boolean,
    patienceMs?: number,
  ): Promise<T>;
}

const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 40;

function sideAt(door: Door): Side {
  const done = async <T>(operation: string, input: object = {}, file?: string): Promise<T> => {
    const answer = await door.call(operation, input, file);
    assert(answer.ok, `${operation} failed: ${JSON.stringify(answer)}`);
    return answer.value as T; // the test says what it expects
  };
  return {
    ...door,
    done,
    async refused(operation, input = {}, file) {
      const answer = await door.call(operation, input, file);
      assert(!answer.ok, `${operation} should have been refused`);
      return answer.code;
    },
    async until<T>(
      operation: string,
      input: object,
      isThere: (answer: T) => boolean,
      patienceMs = PATIENCE_MS,
    ): Promise<T> {
      const end = performance.now() + patienceMs;
      for (;;) {
        const answer = await done<T>(operation, input);
        if (isThere(answer)) return answer;
        assert(performance.now() < end, `${operation} still answers ${JSON.stringify(answer)}`);
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      }
    },
  };
}

/** A browser that has this node's page open, wherever that is now. It keeps the session's cookie, as browsers do. */
export function browserAt(where: () => string): Side {
  let cookie = '';
  const post = async (operation: string, input: object, file?: string): Promise<Response> => {
    const [address, json] = [where(), JSON.stringify(input)];
    const response = await fetch(`${address}/api/${operation}`, {
      method: 'POST',
      body: file === undefined ? json : formOf(json, file),
      headers: {
        origin: address,
        'sec-fetch-site': 'same-origin',
        ...(cookie && { cookie }),
        ...(file === undefined && { 'content-type': 'application/json' }),
      },
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return response;
  };
  return sideAt({
    async call(operation, input, file) {
      const response = await post(operation, input, file);
      const body = (await response.json()) as Problem; // or whatever the operation answers
      assert(body.code !== 'internal-error', `${operation} met a bug`);
      return response.ok ? { ok: true, value: body } : problemIn(body);
    },
    async save(operation, input, path) {
      const response = await post(operation, input);
      assert.equal(response.status, 200);
      writeFileSync(path, new Uint8Array(await response.arrayBuffer()), { flag: 'wx' });
    },
  });
}

/** A terminal: every call is a process of its own that speaks as this party, `undefined` for nobody in particular. */
export function terminalAt(
  data: string,
  as: string | undefined,
  env: Readonly<Record<string, string>> = {},
): Side {
  const run = async (operation: string, input: object, more: readonly string[]): Promise<Answer> => {
    const who = as === undefined ? [] : ['--as', as];
    const args = [operation, '--json', '--input', '-', '--data', data, ...who, ...more];
    const left = await runCommandLine(args, { input: JSON.stringify(input), env });
    assert(left.code === 0 || left.code === 1, `${operation} ended with ${left.code}: ${left.error}`);
    assert.equal(left.error, '', 'with --json only the result is said');
    const answer = JSON.parse(left.out);
    return left.code === 0 ? { ok: true, value: answer } : problemIn(answer);
  };
  return sideAt({
    call: (operation, input, file) => run(operation, input, file === undefined ? [] : ['--file', file]),
    async save(operation, input, path) {
      const answer = await run(operation, input, ['--out', path]);
      assert(answer.ok, `${operation} failed: ${JSON.stringify(answer)}`);
    },
  });
}

function formOf(json: string, file: string): FormData {
  const form = new FormData();
  form.set('input', json);
  form.set('file', new Blob([readFileSync(file)]), basename(file));
  return form;
}

interface Problem {
  readonly code: string;
  readonly title?: string;
  readonly message?: string;
  readonly fields?: object;
}

function problemIn({ code, title, message, fields }: Problem): Answer {
  assert(code, 'a failure has a code');
  return { ok: false, code, message: title ?? message ?? '', fields: fields ?? {} };
}
