import { isFailure, type Result } from '../src/kernel/result.ts';
import { isFile } from '../src/vault/catalogue.ts';
import { fitting, pageAfter } from '../src/vault/find.ts';
import { searchWords } from '../src/vault/fold.ts';
import { VAULT_LIMITS } from '../src/vault/limits.ts';
import type { Category } from '../src/vault/model.ts';
import { TRASH_MS } from '../src/vault/view.ts';
import { vaultClosed } from './failures.ts';
import { renew, type Session } from './session.ts';
import type { KnownHead, State } from './state.ts';

/** Lists over what is open here, and reading what they name. */

export interface Wanted {
  readonly search?: string | undefined;
  readonly category?: Category | undefined;
  readonly property?: string | undefined;
  readonly tag?: string | undefined;
  readonly trashed?: boolean | undefined;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface Listed {
  readonly rows: readonly KnownHead[];
  readonly total: number;
  readonly next?: string;
}

export function listOf(state: State, wanted: Wanted, now: number): Listed {
  const { search = '', tag, category, property, trashed = false, after, limit } = wanted;
  const words = searchWords(search, VAULT_LIMITS.searchWords);
  const trashedAfter = trashed ? now - TRASH_MS : undefined;
  const fit = fitting(state, { words, tag, category, property, trashedAfter });
  // Files are no items to whoever did not ask for them.
  const found = category === 'file' ? fit : fit.filter((head) => !isFile(head.property));
  const [place = '', id = ''] = after?.split('\n') ?? [];
  const rows = pageAfter(found, after === undefined ? undefined : [place, id], limit);
  const last = rows.at(-1);
  const isMore = last !== undefined && last !== found.at(-1);
  return { rows, total: found.length, ...(isMore && { next: `${last.place}\n${last.id}` }) };
}

const TRIES = 5;

/** What does not fit may have been changed by another device meanwhile: then it is read again. */
export async function reading<T>(
  session: Session,
  read: (state: State) => Promise<Result<T>>,
): Promise<Result<T>> {
  for (let tries = 1; ; tries++) {
    const { state } = session;
    if (!state) return vaultClosed();
    const result = await read(state);
    if (!isFailure(result) || result.code !== 'vault-broken' || tries === TRIES) return result;
    const renewed = await renew(session);
    if (isFailure(renewed)) return renewed;
    if (renewed.value.statement.counter === state.statement.counter) return result;
  }
}
