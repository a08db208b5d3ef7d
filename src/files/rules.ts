import { wellFormed } from '../kernel/text.ts';
import { FILE_LIMITS } from './limits.ts';

/** How many parts a file of so many octets has; an empty one has one, which is empty. */
export function partsOf(octets: number): number {
  return Math.max(1, Math.ceil(octets / FILE_LIMITS.partBytes));
}

/** Whether a row says of itself what can be: as many parts as so many octets have. */
export function isSound({ octets, parts }: { readonly octets: number; readonly parts: number }): boolean {
  const fits = Number.isSafeInteger(octets) && octets >= 0 && octets <= FILE_LIMITS.fileBytes;
  return fits && parts === partsOf(octets);
}

/** How many octets the part of this number has, in the clear; undefined when there is none. */
export function lengthOfPart(octets: number, number: number): number | undefined {
  const parts = partsOf(octets);
  if (number < 1 || number > parts) return undefined;
  return number < parts ? FILE_LIMITS.partBytes : octets - (parts - 1) * FILE_LIMITS.partBytes;
}

/** Characters that no file system takes, that cannot be seen, or that turn the direction of what stands around them. */
const ODD = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*\u202A-\u202E\u2066-\u2069]/gu;
/** Names that stand for devices on Windows, whatever follows the dot. */
const DEVICES = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/**
 * A name under which any computer can save a file: the last step of a path, without what no file system takes. It never
 * begins with a dot, and never is empty; where it is too long its ending stays.
 */
export function cleanName(given: string): string {
  const step = given.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const seen = step
    .replaceAll(ODD, '')
    .replaceAll(/\s+/gu, ' ')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '');
  const whole = seen === '' ? 'file' : seen;
  const named = DEVICES.test(whole) ? `_${whole}` : whole;
  return shorten(named, FILE_LIMITS.nameBytes);
}

/** File systems count octets, most of them up to 255. */
const octetsOf = (text: string): number => new TextEncoder().encode(text).length;

function shorten(name: string, most: number): string {
  if (octetsOf(name) <= most) return name;
  const ending = /\.[^. ]{1,16}$/u.exec(name)?.[0] ?? '';
  return `${cut(name.slice(0, name.length - ending.length), most - octetsOf(ending))}${ending}`;
}

/** Cuts between characters. */
function cut(text: string, most: number): string {
  let [kept, left] = ['', most];
  for (const character of text) {
    left -= octetsOf(character);
    if (left < 0) break;
    kept += character;
  }
  return kept.replace(/[. ]+$/, '');
}

/** A media type as a label (RFC 6838); undefined for anything else, and for none. Nothing is ever served as it. */
export function cleanType(given: string | undefined): string | undefined {
  const [type = ''] = (given ?? '').toLowerCase().split(';');
  const trimmed = type.trim();
  const fits = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,58}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,58}$/.test(trimmed);
  return fits && wellFormed(trimmed) ? trimmed : undefined;
}
