import { FIGURES, readNumber, scaled } from '../numbers.ts';

const WORDS =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty-five|sixty|ninety';
const HOURS = '(?:hours?|hrs?|h)';
const MINUTES = "(?:minutes?|mins?|min|')";

/** Pattern source: a stretch of time in hours or minutes. No groups. */
export const DURATION =
  `(?:(?:half an|an?|one|a half) (?:hour|hr)(?: and a half)?|(?:an? )?half[ -]hour|` +
  `(?:${WORDS}|${FIGURES}|\\d+ ?½|½)(?: and a half)?(?: ?${HOURS}(?: ?(?:and )?(?:a half\\b|\\d{1,2} ?${MINUTES}?))?|[ -]?${MINUTES})(?![a-z])|` +
  `(?:half a|a|one) day(?!s))`;

const BEGINS = new RegExp(`^(an?|one|½|(\\d+) ?½|${WORDS}|${FIGURES})`);
const HALF = { digits: 5n, places: 1 };
const DAY_MINUTES = 480n;

/** Minutes of what DURATION matches; a day of somebody's work has eight hours. Undefined when it makes none. */
export function readDuration(text: string): bigint | undefined {
  const written = text.trim().toLowerCase();
  if (/day$/.test(written)) return written.startsWith('half') ? DAY_MINUTES / 2n : DAY_MINUTES;
  if (/^(?:half an|a half|an? half|half)[ -](?:hour|hr)$|^half-hour$/.test(written)) return 30n;
  const match = BEGINS.exec(written);
  if (match === null) return undefined;
  const whole = match[2] ?? (/^an?$/.test(match[1] ?? '') ? 'one' : (match[1] ?? ''));
  const number = match[1] === '½' ? HALF : readNumber(whole);
  if (number === undefined) return undefined;
  const rest = written.slice(match[1]?.length ?? 0);
  if (!/\b(?:hours?|hrs?|h)(?![a-z])|^h/.test(rest.trim())) return scaled(number, 1);
  const half = /half/.test(rest) || (match[2] !== undefined && /½/.test(match[1] ?? '')) ? 30n : 0n;
  const minutes = /(?:h|hrs?|hours?) ?(?:and )?(\d{1,2})/.exec(rest)?.[1] ?? '0';
  return scaled(number, 60) + half + BigInt(minutes);
}
