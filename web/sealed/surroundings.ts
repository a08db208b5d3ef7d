import type { Remembered, Result, Surroundings } from '../../device/index.ts';
import { call } from '../api/client.ts';
import type { In, Name } from '../api/operations.ts';
import { argon2 } from './argon2.ts';

/** A page as the surroundings of what is sealed. */
export const here: Surroundings = {
  call: (operation, input) => asked(operation, input),
  send: (operation, input, octets) => asked(operation, input, new File([new Uint8Array(octets)], 'part')),
  async take(operation, input) {
    const answer = await asked(operation, input);
    if (!answer.ok) return answer;
    if (!(answer.value instanceof Blob)) throw new Error(`${operation} answers with octets`);
    return { ok: true, value: new Uint8Array(await answer.value.arrayBuffer()) };
  },
  memory: {
    async recall(name) {
      return read(name) ?? inMemory.get(name);
    },
    async remember(name, it) {
      inMemory.set(name, it);
      try {
        localStorage.setItem(keyOf(name), JSON.stringify(it));
      } catch {
        // Storage is blocked: this page remembers while it is open.
      }
    },
  },
  random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  argon2,
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

async function asked(operation: string, input: object, file?: File): Promise<Result<unknown>> {
  // The device names operations of the table only, with the input of each.
  const answer = await call(operation as Name, input as In<Name>, file ? { file } : {});
  return answer.ok ? answer : { ok: false, ...answer.failure };
}

const inMemory = new Map<string, Remembered>();
const keyOf = (name: string): string => `parley-sealed ${name}`;

/** Forgets that the passphrase of a party stays here, once the party itself is gone. */
export function forgetParty(home: string, handle: string): void {
  for (const name of [home, `handle:${handle}`]) {
    inMemory.delete(name);
    try {
      localStorage.removeItem(keyOf(name));
    } catch {
      // Storage is blocked: there is nothing.
    }
  }
}

function read(name: string): Remembered | undefined {
  try {
    const text = localStorage.getItem(keyOf(name));
    const it: unknown = text === null ? undefined : JSON.parse(text);
    return isRemembered(it) ? it : undefined;
  } catch {
    return undefined;
  }
}

function isRemembered(it: unknown): it is Remembered {
  if (typeof it !== 'object' || it === null) return false;
  const { counter, digest, root, isSplit } = it as Partial<Record<keyof Remembered, unknown>>; // an object has members
  return (
    typeof counter === 'number' && typeof digest === 'string' && typeof root === 'number' && isSplit === true
  );
}
