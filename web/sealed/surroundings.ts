import type { Cost, Remembered, Result, Surroundings } from '../../device/index.ts';
import { call } from '../api/client.ts';
import { Failed } from '../api/failure.ts';
import type { In, Name } from '../api/operations.ts';
import { t } from '../i18n/index.ts';
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
    async forget(name) {
      inMemory.delete(name);
      try {
        localStorage.removeItem(keyOf(name));
      } catch {
        // Storage is blocked: there is nothing.
      }
    },
    async names(prefix) {
      const all = new Set([...inMemory.keys(), ...namesKept()]);
      return [...all].filter((name) => name.startsWith(prefix));
    },
  },
  random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  argon2: affordable,
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

async function asked(operation: string, input: object, file?: File): Promise<Result<unknown>> {
  // The device names operations of the table only, with the input of each.
  const answer = await call(operation as Name, input as In<Name>, file ? { file } : {});
  return answer.ok ? answer : { ok: false, ...answer.failure };
}

/** Some times what Parley asks for: a phone has no more to give, and a node could make it stand still. */
const MOST: Cost = { memoryKiB: 262_144, passes: 6, lanes: 2 };

function affordable(passphrase: string, salt: Uint8Array, cost: Cost): Promise<Uint8Array> {
  const { memoryKiB, passes, lanes } = cost;
  const isMore = memoryKiB > MOST.memoryKiB || passes > MOST.passes || lanes > MOST.lanes;
  if (isMore) return Promise.reject(new Failed(t.keeping.costHigh));
  return argon2(passphrase, salt, cost).catch(() => Promise.reject(new Failed(t.keeping.notWorkedOut)));
}

const inMemory = new Map<string, Remembered>();
const PREFIX = 'parley-sealed ';
const keyOf = (name: string): string => PREFIX + name;

/** Whether this browser remembers anybody whose passphrase stays on devices. */
export async function isSomebodyKnown(): Promise<boolean> {
  const isHandle = (name: string) => name.startsWith('handle:') && !name.startsWith('handle:|');
  return [...inMemory.keys(), ...namesKept()].some(isHandle);
}

function namesKept(): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
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
  const { counter, digest, root, sealed, isSplit } = it as Partial<Record<keyof Remembered, unknown>>; // an object has members
  const isWhole = typeof counter === 'number' && typeof digest === 'string' && typeof root === 'number';
  return isWhole && (sealed === undefined || Array.isArray(sealed)) && isSplit === true;
}
