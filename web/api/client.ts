import { actingHandle } from './acting.ts';
import { Failed, type Failure } from './failure.ts';
import type { In, Name, Out } from './operations.ts';
import { asSent } from './secrets.ts';

type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure };

const UNREACHABLE: Failure = {
  code: 'node-unreachable',
  message: 'Parley did not answer. What you wrote is still on this page.',
  next: 'See that the program is still running, then try again.',
};

/**
 * Calls one operation: `POST /api/<name>`, JSON in and out.
 * With a file it is sent as multipart, the input beside it. Never throws for expected failures.
 */
export async function call<N extends Name>(
  name: N,
  input: In<N>,
  options: { file?: File; signal?: AbortSignal } = {},
): Promise<Answer<Out<N>>> {
  try {
    const response = await fetch(`/api/${name}`, {
      method: 'POST',
      credentials: 'same-origin',
      ...(options.signal ? { signal: options.signal } : {}),
      ...payload(input, options.file),
    });
    if (!response.ok) return { ok: false, failure: await readProblem(response) };
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    const value: unknown = isJson ? await response.json() : await response.blob();
    return { ok: true, value: value as Out<N> }; // the server validates every answer against the operation's schema
  } catch (error) {
    // An answer that breaks off is none.
    if (options.signal?.aborted) throw error;
    return { ok: false, failure: UNREACHABLE };
  }
}

/** What this device answers itself, while something sealed is open on it; undefined where the node is to be asked. */
type AnsweredHere = <N extends Name>(name: N, input: In<N>) => Promise<Out<N>> | undefined;
let answeredHere: AnsweredHere | undefined;

export function answerHere(answer: AnsweredHere | undefined): void {
  answeredHere = answer;
}

/**
 * The same for callers that want the value or a thrown `Failed`, as queries do. What is sealed is answered by this device;
 * and no page can forget that a passphrase may have to stay here, since each goes out through this.
 */
export async function ask<N extends Name>(
  name: N,
  input: In<N>,
  options: { file?: File; signal?: AbortSignal } = {},
): Promise<Out<N>> {
  return answeredHere?.(name, input) ?? askNode(name, await asSent(name, input), options);
}

/** Asks the node as it is. */
export async function askNode<N extends Name>(
  name: N,
  input: In<N>,
  options: { file?: File; signal?: AbortSignal } = {},
): Promise<Out<N>> {
  const answer = await call(name, input, options);
  if (!answer.ok) throw new Failed(answer.failure);
  return answer.value;
}

function payload(input: unknown, file: File | undefined): { headers: Headers; body: BodyInit } {
  const headers = new Headers();
  const handle = actingHandle();
  if (handle !== undefined) headers.set('Parley-As', handle);
  if (file === undefined) {
    headers.set('Content-Type', 'application/json');
    return { headers, body: JSON.stringify(input) };
  }
  const body = new FormData();
  body.set('input', JSON.stringify(input));
  body.set('file', file);
  return { headers, body };
}

/** An RFC 9457 problem as a Failure; anything else the server may say becomes a sentence too. */
async function readProblem(response: Response): Promise<Failure> {
  try {
    const problem: unknown = await response.json();
    if (isProblem(problem)) {
      return {
        code: problem.code,
        message: problem.title,
        next: problem.detail ?? '',
        ...(problem.fields ? { fields: problem.fields } : {}),
      };
    }
  } catch {
    // Not JSON: fall through to the plain sentence.
  }
  return {
    code: `http-${response.status}`,
    message: `Parley answered with an error (${response.status}). Nothing was changed.`,
    next: 'Try again; if it stays, look at the program’s log.',
  };
}

interface Problem {
  code: string;
  title: string;
  detail?: string;
  fields?: Record<string, string>;
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'title' in value;
}
