import type { Failure } from '../src/kernel/result.ts';
import { codeAsked, codeUnreadable, codeUnsure } from './failures.ts';
import { tellOf } from './known.ts';
import { isNoneAgreed } from './none.ts';
import { readRecoveryCode } from './passphrase.ts';
import type { Remembered, Surroundings } from './surroundings.ts';

/**
 * A node that is taken for one from before anything was sealed would ask for the recovery code itself, and open with it all that it
 * has only hidden. Codes that this device has made or used are told again by what comes of their way key, wherever they are asked
 * for. It may never have seen the one on paper: so where its owner has agreed to nothing, no code goes out whole under that handle.
 */

type Kept = Pick<Surroundings, 'memory'>;

/** No handle is called so. */
const CODES = 'handle:|codes';
/** More than one device makes and uses. */
const KNOWN = 16;
const SEEN: Remembered = { counter: 0, digest: '', root: 0, isSplit: true };

/** From now on this device never sends the code that has this way key as it is, whoever the node says is asked for it. */
export async function rememberCode({ memory }: Kept, wayKey: Uint8Array): Promise<void> {
  const known = (await memory.recall(CODES))?.digest.split(' ') ?? [];
  const one = await tellOf(wayKey);
  if (known.includes(one)) return;
  await memory.remember(CODES, { ...SEEN, digest: [one, ...known].slice(0, KNOWN).join(' ') });
}

/** Why a recovery code is not given to a node that asks for it as it is: `code-asked`, and `code-unreadable`: a node that lies reads it whatever stands between its letters. */
export async function refuseCode(
  s: Kept,
  handle: string,
  text: string,
  field: string,
): Promise<Failure | undefined> {
  const code = await readRecoveryCode(text);
  if (!code) return codeUnreadable(field);
  const known = (await s.memory.recall(CODES))?.digest.split(' ') ?? [];
  if (known.includes(await tellOf(code.wayKey))) return codeAsked(field);
  return (await isNoneAgreed(s, { handle })) ? codeUnsure(field) : undefined;
}
