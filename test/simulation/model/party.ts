import { type Answered, afterRefusal, afterTry, FOREIGN, NOT_YET } from '../../../src/delivery/rules.ts';
import { placeInChain } from '../../../src/relationships/rules.ts';

/** An envelope as plain data: a record of a chain, or something that stands alone and may be refused. */
export interface Letter {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly kind: 'record' | 'question';
  readonly seq: number;
  readonly prev: string | null;
  readonly isUnwelcome: boolean;
}

export interface Slip {
  readonly id: string;
  readonly result: 'acted' | 'refused';
  readonly code?: string;
  /** Whose key signed it. */
  readonly by: number;
}

export interface Row {
  readonly letter: Letter;
  attempts: number;
  state: 'saved' | 'acted' | 'refused' | 'kept' | 'dead' | 'dropped';
  nextAt: number;
}

/** What is on a party's disk. */
export interface Disk {
  readonly outbox: Map<number, Row[]>;
  readonly inbox: Map<string, Slip>;
  /** By author: ids of their records, in order. */
  readonly chains: Map<number, string[]>;
  /** How often each letter took effect, counted apart from the inbox. */
  readonly effects: Map<string, number>;
}

export function newDisk(): Disk {
  return { outbox: new Map(), inbox: new Map(), chains: new Map(), effects: new Map() };
}

/** A change that is ready to be written, and what is known once it is. */
interface Decided<T> {
  readonly answer: T;
  readonly write: () => void;
}

const AT_ONCE = 100;

/** Signs the next letter to somebody. */
export function compose(disk: Disk, letter: Letter, now: number): Decided<Row> {
  const row: Row = { letter, attempts: 0, state: 'saved', nextAt: now };
  const write = (): void => {
    disk.outbox.set(letter.to, [...(disk.outbox.get(letter.to) ?? []), row]);
  };
  return { answer: row, write };
}

export function lastRecord(disk: Disk, to: number): Letter | undefined {
  return disk.outbox.get(to)?.findLast((row) => row.letter.kind === 'record')?.letter;
}

/** What is due in a lane and may go: nothing that waits, or was given up and is a record, stands before it. */
export function dueIn(lane: readonly Row[], now: number): Row[] {
  const start = lane.findIndex(
    (row) => row.state === 'saved' || (row.state === 'dead' && row.letter.kind === 'record'),
  );
  const batch: Row[] = [];
  for (let i = start; i >= 0 && i < lane.length && batch.length < AT_ONCE; i++) {
    const row = lane[i];
    if (!row || row.state === 'dead' || (row.state === 'saved' && row.nextAt > now)) break;
    if (row.state === 'saved') batch.push(row);
  }
  return batch;
}

/** Takes one letter as the receiver; `undefined` answers nothing for now. */
export function take(disk: Disk, me: number, letter: Letter, signer: number): Decided<Slip | undefined> {
  const key = `${letter.from} ${letter.id}`;
  const before = disk.inbox.get(key);
  if (before) return { answer: before, write: () => {} };
  const code = refusalOf(disk, letter, signer);
  if (code === undefined) {
    const slip: Slip = { id: letter.id, result: 'acted', by: me };
    return { answer: slip, write: () => act(disk, key, letter, slip) };
  }
  const after = afterRefusal(code);
  if (after === 'again') return { answer: undefined, write: () => {} };
  const slip: Slip = { id: letter.id, result: 'refused', code, by: me };
  return { answer: slip, write: () => void (after === 'kept' && disk.inbox.set(key, slip)) };
}

function refusalOf(disk: Disk, letter: Letter, signer: number): string | undefined {
  if (signer !== letter.from) return FOREIGN;
  if (letter.kind === 'question') return letter.isUnwelcome ? 'not-today' : undefined;
  const chain = disk.chains.get(letter.from) ?? [];
  const id = chain.at(-1);
  const head = id === undefined ? undefined : { seq: chain.length, id };
  const place = placeInChain(head, letter);
  if (place === 'earlier') return chain[letter.seq - 1] === letter.id ? undefined : 'record-fork';
  return place === 'too-early' ? NOT_YET : undefined;
}

function act(disk: Disk, key: string, letter: Letter, slip: Slip): void {
  disk.inbox.set(key, slip);
  const chain = disk.chains.get(letter.from) ?? [];
  if (letter.kind === 'record') {
    if (chain.includes(letter.id)) return;
    disk.chains.set(letter.from, [...chain, letter.id]);
  }
  disk.effects.set(letter.id, (disk.effects.get(letter.id) ?? 0) + 1);
}

/** Notes what came back for the first letters of a batch. */
export function note(
  lane: readonly Row[],
  batch: readonly Row[],
  answers: readonly (Slip | undefined)[],
  now: number,
  jitter: number,
): Decided<number> {
  const noted = answers.length > 0 ? answers.slice(0, batch.length) : [undefined];
  return {
    answer: noted.filter((it) => it).length,
    write: () => {
      for (const [i, slip] of noted.entries()) {
        const row = batch[i];
        if (row?.state === 'saved') noteOne(lane, row, slip, now, jitter);
      }
    },
  };
}

function noteOne(lane: readonly Row[], row: Row, slip: Slip | undefined, now: number, jitter: number): void {
  const isTheirs = slip !== undefined && slip.id === row.letter.id && slip.by === row.letter.to;
  const answer: Answered = isTheirs ? { receipt: slip } : { problem: 'receipt-malformed' };
  const { attempts, state, nextAt } = afterTry(row.attempts, answer, now, jitter);
  row.attempts = attempts;
  row.state = state;
  if (nextAt === undefined) return;
  row.nextAt = nextAt;
  // What comes later in the lane waits too, so that order holds.
  for (const later of lane.slice(lane.indexOf(row) + 1)) {
    if (later.state === 'saved') later.nextAt = Math.max(later.nextAt, nextAt);
  }
}
