import { type Failure, fail, isFailure, ok, type Result } from '../src/kernel/result.ts';
import { refuseCode } from './codes.ts';
import { codeUnreadable } from './failures.ts';
import { rememberTry, staysHere } from './known.ts';
import { askHow } from './node.ts';
import {
  isSplit,
  isSplitThere,
  newPassphrase,
  passphraseFor,
  readRecoveryCode,
  rememberSplit,
  sentWhole,
} from './passphrase.ts';
import { SECRETS, type Secret } from './secret-fields.ts';
import type { Surroundings } from './surroundings.ts';

/** Whose passphrase it is that is asked for. */
interface Asked {
  /** Undefined where nobody is signed in. */
  readonly handle: string | undefined;
  /** The id that the node says belongs to it. */
  readonly home?: string | undefined;
  /** Its owner has said so here; where not, it is the word of the node. */
  readonly isSaid: boolean;
  /** Whether this device remembers anybody whose passphrase stays here. */
  readonly isSomebodyKnown: () => Promise<boolean>;
}

type Input = Readonly<Record<string, unknown>>;

/** The fields of an operation's input in which something stands that may have to stay on this device. */
export function secretsIn(operation: string, input: Input): readonly (readonly [string, Secret])[] {
  const fields = Object.hasOwn(SECRETS, operation) ? SECRETS[operation] : undefined;
  // Nothing is nobody's passphrase, and the node says so.
  return Object.entries(fields ?? {}).filter(([field]) => typeof input[field] === 'string' && input[field]);
}

/**
 * The input as it may be sent: what opens a party is exchanged for its half for the node where it stays on devices. Fails with
 * `passphrase-asked`, `passphrase-used`, `code-asked`, `code-unreadable`, `handle-unsure`, and then nothing was sent.
 */
export async function inputToSend(
  s: Surroundings,
  operation: string,
  input: Input,
  asked: Asked,
): Promise<Result<Record<string, unknown>>> {
  const sent: Record<string, unknown> = { ...input };
  const secrets = secretsIn(operation, input);
  const unsure = secrets.some(([, kind]) => kind !== 'plain') && (await refuseUnsure(s, asked));
  if (unsure) return unsure;
  for (const [field, kind] of secrets) {
    const one = await inPlaceOf(s, kind, field, String(sent[field]), asked.handle);
    if (isFailure(one)) return one;
    sent[field] = one.value;
  }
  return ok(sent);
}

/**
 * A node that wants the passphrase of somebody here would name another one as acting. So it gets none for a name that only it
 * has said and that this device does not know, once anybody is known here.
 */
async function refuseUnsure(s: Surroundings, asked: Asked): Promise<Failure | undefined> {
  const { handle, home, isSaid, isSomebodyKnown } = asked;
  if (handle === undefined || (await isSplit(s, handle))) return undefined;
  // The node was moved on its disk, and its handles are told apart by the place.
  if (home !== undefined && (await s.memory.recall(home))) {
    await rememberSplit(s, handle);
    return undefined;
  }
  if (isSaid || !(await isSomebodyKnown())) return undefined;
  const how = await askHow(s, handle);
  if (isFailure(how)) return how;
  return how.value.how === 'here' ? undefined : handleUnsure(handle);
}

async function inPlaceOf(
  s: Surroundings,
  kind: Secret,
  field: string,
  text: string,
  handle: string | undefined,
): Promise<Result<string>> {
  if (kind === 'plain' || handle === undefined) return seen(s, field, text);
  if (kind === 'known') return passphraseFor(s, handle, text);
  const split = await isSplitThere(s, handle);
  if (isFailure(split)) return split;
  if (!split.value && kind === 'code') return (await refuseCode(s, handle, text, field)) ?? ok(text);
  if (!split.value) return seen(s, field, text);
  if (kind === 'code') {
    const code = await readRecoveryCode(text);
    return code ? ok(code.forNode) : codeUnreadable(field);
  }
  const made = await newPassphrase(s, text);
  if (isFailure(made)) return { ...made, fields: { [field]: made.message } };
  await rememberTry(s, text, made.value);
  return ok(made.value.forNode);
}

/** Of a passphrase that opens what is sealed, here or elsewhere, no node gets to see anything. */
async function seen(s: Surroundings, field: string, text: string): Promise<Result<string>> {
  return (await staysHere(s, text)) ? passphraseUsed(field) : sentWhole(s, text);
}

function passphraseUsed(field: string): Failure {
  const message = 'This passphrase opens something that only your devices may open, so no node may see it.';
  return fail('passphrase-used', message, 'Choose another one here.', { [field]: message });
}

function handleUnsure(handle: string): Failure {
  return fail(
    'handle-unsure',
    `The node says that you act as ${handle}, whom this device does not know. So your passphrase was not sent.`,
    'Say it yourself: with --as on the command line; on a page by signing out, and in again with name and passphrase.',
  );
}
