/** How an identity is named in a proof: as its receiver, and as whoever issues it when it is their own word. */
export function ownWordOf(identity: string): string {
  return `urn:parley:identity:${identity}`;
}
