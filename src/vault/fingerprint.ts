import { hashId, toUtf8 } from '../kernel/bytes.ts';
import { sameness } from './values.ts';

/** Equal for values that people take for the same one. */
export function fingerprint(property: string, value: string): string {
  return hashId(toUtf8(sameness(property, value)));
}
