import { hash } from 'node:crypto';
import { addDays, type CivilDate } from '../kernel/civil.ts';
import type { Instant } from '../kernel/clock.ts';
import { type Failure, fail, ok, type Result } from '../kernel/result.ts';
import { TRAFFIC_LIMITS } from './limits.ts';

/** What a stamp is for. Nothing of it may hold a line break. */
interface Stamped {
  /** The inbox path of the receiver. */
  readonly path: string;
  /** The id of the envelope. */
  readonly envelope: string;
}

/** Hashes between two breaths: a few milliseconds. */
const SLICE = 4_096;

const STAMP = /^1\.(\d{4}-\d{2}-\d{2})\.(0|[1-9]\d{0,15})$/;

/**
 * A stamp is `1.<day>.<number>`: version, the sender's civil date in UTC, and a number found by trying. The SHA-256 of
 * the five lines `parley-stamp 1`, path, envelope, day, number, joined by U+000A, begins with the asked zero bits. It
 * holds for that envelope alone and cannot be made in advance for more than a day.
 */
function linesBefore(stamped: Stamped, day: CivilDate): string {
  return `parley-stamp 1\n${stamped.path}\n${stamped.envelope}\n${day}\n`;
}

/**
 * Tries numbers in slices, with `breathe` between them, so that everything else goes on. Fails with `stamp-too-dear`
 * for more bits than are paid, `stamp-stopped`, and `stamp-not-found` after 32 times the tries it takes on average
 * (once in e^32).
 */
export async function makeStamp(
  stamped: Stamped,
  bits: number,
  now: Instant,
  work: { readonly breathe: () => Promise<void>; readonly isStopped?: () => boolean },
): Promise<Result<string>> {
  if (bits > TRAFFIC_LIMITS.stampMostBits) {
    return fail(
      'stamp-too-dear',
      'The other side asks for more work than is done here.',
      'Meet it another way.',
    );
  }
  const day = dayOf(now);
  const lines = linesBefore(stamped, day);
  const most = 32 * 2 ** bits;
  for (let from = 0; from < most; from += SLICE) {
    for (let number = from; number < from + SLICE; number++) {
      if (zeroBits(lines + number) >= bits) return ok(`1.${day}.${number}`);
    }
    if (work.isStopped?.()) return fail('stamp-stopped', 'The stamp was not finished.', 'It is made anew.');
    await work.breathe();
  }
  return fail('stamp-not-found', 'No stamp was found.', 'It is tried again with the next message.');
}

/** One hash at most. The day may be yesterday's or tomorrow's, as clocks and midnights differ. */
export function checkStamp(stamp: string, stamped: Stamped, bits: number, now: Instant): Failure | undefined {
  const [, day = '', number = ''] =
    stamp.length <= TRAFFIC_LIMITS.stampChars ? (STAMP.exec(stamp) ?? []) : [];
  if (day === '') return fail('stamp-malformed', 'That is not a stamp.', 'Make one as the reference says.');
  const today = dayOf(now);
  if (![-1, 0, 1].some((days) => addDays(today, days) === day)) {
    return fail('stamp-out-of-date', 'The stamp is of another day.', 'Make one of today.');
  }
  if (zeroBits(linesBefore(stamped, day) + number) >= bits) return undefined;
  return fail('stamp-too-cheap', 'The stamp took less work than is asked here.', 'Make one of as many bits.');
}

/** Leading zero bits of the SHA-256, as far as 32: more are never asked. */
function zeroBits(text: string): number {
  return Math.clz32(Number.parseInt(hash('sha256', text, 'hex').slice(0, 8), 16));
}

function dayOf(now: Instant): CivilDate {
  return addDays('1970-01-01', Math.floor(now / 86_400_000));
}
