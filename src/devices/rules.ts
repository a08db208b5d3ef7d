/**
 * Whether a passkey's count of its own signatures can be that of the one we know: it only grows. One that does not count
 * says 0 always. A count that stands or falls is what a copy of the passkey would say.
 */
export function countsOn(known: number, said: number): boolean {
  return said > known || (said === 0 && known === 0);
}
