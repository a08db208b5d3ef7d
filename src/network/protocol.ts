/** What nodes say to each other, and where (docs/reference/wire.md). */
export const VERSION = 1;
export const ENVELOPES = 'application/parley-envelopes';
export const RECEIPTS = 'application/parley-receipts';

/** How long a signature is good for, and what it is for (RFC 9421). */
export const SIGNATURE_MS = 240_000;
export const TAG = 'parley-v1';

/** What a stranger's mail costs (stamp.ts). */
export const STAMP_HEADER = 'parley-stamp';

/** What a node says of itself. */
export const DOCUMENT = '/.well-known/parley';

export const LETTERS_WANTED = 'application/parley-letters-wanted+json';
export const LETTERS = 'application/parley-letters+json';
const COLLECTION = '/parley/v1/letters';
const INBOX = '/parley/v1/inbox/';

export function documentUrl(origin: string): string {
  return `${origin}${DOCUMENT}`;
}

export function collectionUrl(origin: string): string {
  return `${origin}${COLLECTION}`;
}

export function isCollection(url: string): boolean {
  return new URL(url).pathname === COLLECTION;
}

export function inboxUrl(origin: string, inbox: string): string {
  return `${origin}${INBOX}${inbox}`;
}

/** The path that a request is for; undefined when it is for no inbox. */
export function inboxOf(url: string): string | undefined {
  const { pathname, search } = new URL(url);
  return pathname.startsWith(INBOX) && search === '' ? pathname.slice(INBOX.length) : undefined;
}

/** `https` for everybody; plain HTTP only where the one who runs this node has said so, by host. */
export function originOf(host: string, plainHosts: readonly string[]): string {
  return `${plainHosts.includes(host) ? 'http' : 'https'}://${host}`;
}
