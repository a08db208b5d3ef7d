import { partsOf } from '../src/files/rules.ts';
import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { isFile } from '../src/vault/catalogue.ts';
import { type Opened, openHeadsItems, presentHead } from './items.ts';
import type { SealedItem } from './objects.ts';
import type { Session } from './session.ts';
import type { KnownHead, State } from './state.ts';

/** What the items of files say. */

/** A file as pages and the command line show it. */
export interface SealedFile {
  readonly id: string;
  readonly name: string;
  readonly type?: string;
  readonly octets: number;
  readonly parts: number;
  /** Of the whole, in hexadecimal, where whoever added it had worked it out. */
  readonly sha256?: string;
  readonly madeAt: number;
  readonly trashedAt?: number;
}

const SHA256 = /^[0-9a-f]{64}$/;

/** Whether what tells a file from others is its SHA-256, as the command line has it; a page has none. */
export function isSha256(mark: string): boolean {
  return SHA256.test(mark);
}

/** The value of such an item. */
interface Kept {
  readonly octets: number;
  readonly type?: string | undefined;
  /** Until it is whole: by what it is told from others when it is begun again. */
  readonly mark?: string | undefined;
  /** Once it is whole, where it is known. */
  readonly sha256?: string | undefined;
  /** 32 octets, base64url. */
  readonly key: string;
}

export function keptOf(item: SealedItem): Kept | undefined {
  try {
    return JSON.parse(item.content.value) as Kept; // only this device and others of its owner have sealed it
  } catch {
    return undefined;
  }
}

export function packKept({ octets, type, mark, sha256, key }: Kept): string {
  return JSON.stringify({ octets, type, mark, sha256, key });
}

function viewOfFile(item: SealedItem): SealedFile | undefined {
  const kept = keptOf(item);
  if (!kept || !isFile(item.content.property)) return undefined;
  const { octets, type, sha256 } = kept;
  return {
    ...{ id: item.id, name: item.content.label, octets, parts: partsOf(octets), madeAt: item.createdAt },
    ...(type !== undefined && { type }),
    ...(sha256 !== undefined && { sha256 }),
    ...(item.trashedAt !== null && { trashedAt: item.trashedAt }),
  };
}

/** Files of these heads, in their order. Fails with `vault-broken`. */
export async function filesOf(
  session: Session,
  state: State,
  heads: readonly KnownHead[],
): Promise<Result<SealedFile[]>> {
  const opened = await openHeadsItems(session.s, state, heads);
  if (isFailure(opened)) return opened;
  return ok(opened.value.flatMap(({ item }) => viewOfFile(item) ?? []));
}

/** The item of a file; undefined when this vault has none. Fails with `vault-broken`. */
export async function itemOf({ s }: Session, state: State, id: string): Promise<Result<Opened | undefined>> {
  const head = presentHead(s, state, id);
  if (isFailure(head) || !isFile(head.value.property)) return ok(undefined);
  const opened = await openHeadsItems(s, state, [head.value]);
  return isFailure(opened) ? opened : ok(opened.value[0]);
}
