import type { HomeId } from '../kernel/ids.ts';
import { insertRows, type Tx, tables, type View } from '../storage/index.ts';

interface MessageRow {
  home_id: string;
  rel: string;
  record: string;
  /** The record's place in the relationship, which orders the thread. */
  place: number;
  is_mine: boolean;
  signed_as: string;
  words: string;
  at: number;
}

interface Tables {
  messages: MessageRow;
}

export async function insertMessages(tx: Tx, rows: readonly Omit<MessageRow, 'home_id'>[]): Promise<void> {
  await insertRows(
    tx,
    'messages',
    rows.map((row): MessageRow => ({ home_id: tx.home, ...row })),
  );
}

/** The newest messages before a place, newest first. */
export async function pageMessages(
  view: View,
  home: HomeId,
  rel: string,
  before: number,
  limit: number,
): Promise<MessageRow[]> {
  return tables<Tables>(view)
    .selectFrom('messages')
    .selectAll()
    .where('home_id', '=', home)
    .where('rel', '=', rel)
    .where('place', '<', before)
    .orderBy('place', 'desc')
    .limit(limit)
    .execute();
}
