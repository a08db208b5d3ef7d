import type { Result } from '../src/kernel/result.ts';
import { type Ask, ask, list, members, number, text } from './node.ts';

/** What a device asks the node when it gives something: the forms alone, since it believes none of it. */

export interface SignedPart {
  readonly protected: string;
  readonly signature: string;
}
export interface WireDocument {
  readonly payload: string;
  readonly signatures: readonly SignedPart[];
}
export interface KeyLog {
  readonly identity: WireDocument;
  readonly changes: readonly WireDocument[];
}

export interface WireRecord extends SignedPart {
  readonly payload: string;
  readonly body: string | undefined;
}

/** Everything by which a device checks for itself to whom it locks something. */
export interface TheirKeyShown {
  /** What the node calls them, and whether it says that they live on it. */
  readonly name: string;
  readonly isHere: boolean;
  readonly agreement: string;
  readonly epoch: number;
  readonly mine: KeyLog;
  /** Which side is mine, signed with the key of mine. */
  readonly own: WireDocument;
  readonly theirs: KeyLog;
  readonly record: WireRecord;
}

export function showTheirKey(
  s: Ask,
  which: { readonly relationship: string; readonly nonce: string },
): Promise<Result<TheirKeyShown>> {
  return ask(s, 'show-their-key', which, (it) => {
    const { agreement, epoch, isHere, mine, own, theirs, record } = it;
    return {
      ...{ name: text(it.with), isHere: isHere === true },
      ...{ agreement: text(agreement), epoch: number(epoch) },
      ...{ mine: readLog(mine), own: readDocument(own) },
      ...{ theirs: readLog(theirs), record: readRecord(record) },
    };
  });
}

/** Gives what was locked here; answers the record that the node signed around it. */
export function giveFromDevice(s: Ask, input: object): Promise<Result<WireRecord>> {
  return ask(s, 'give-from-device', input, (it) => readRecord(it.record));
}

function readRecord(value: unknown): WireRecord {
  const { payload, body, ...part } = members(value);
  return { ...readPart(part), payload: text(payload), body: body === undefined ? body : text(body) };
}

function readLog(value: unknown): KeyLog {
  const { identity, changes } = members(value);
  return { identity: readDocument(identity), changes: list(changes).map(readDocument) };
}

function readDocument(value: unknown): WireDocument {
  const { payload, signatures } = members(value);
  return { payload: text(payload), signatures: list(signatures).map(readPart) };
}

function readPart(value: unknown): SignedPart {
  const it = members(value);
  return { protected: text(it.protected), signature: text(it.signature) };
}
