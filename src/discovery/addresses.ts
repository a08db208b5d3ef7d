/** How whoever wishes to be found is named and where what they say of themselves is answered (RFC 7033, did:web). */
export const WEBFINGER = '/.well-known/webfinger';
export const PROFILE_TYPE = 'application/parley-profile+json';
export const JRD_TYPE = 'application/jrd+json';
export const DID_TYPE = 'application/did+json';

const PROFILES = '/parley/v1/parties/';
const DIDS = /^\/parties\/([a-z0-9-]{1,32})\/did\.json$/;
const ADDRESS = /^(?:acct:|@)?([a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?)@([a-z0-9.-]{1,246}(?::[0-9]{1,5})?)$/;

export interface PublicName {
  readonly name: string;
  readonly host: string;
}

/** `name@host` as somebody types it, with `acct:` or `@` before it or without; undefined for anything else. */
export function readAddress(text: string): PublicName | undefined {
  const [, name, host] = ADDRESS.exec(text.trim().toLowerCase()) ?? [];
  return name !== undefined && host !== undefined ? { name, host } : undefined;
}

export function addressOf({ name, host }: PublicName): string {
  return `${name}@${host}`;
}

export function accountOf(who: PublicName): string {
  return `acct:${addressOf(who)}`;
}

/** The DID of the did:web method: a port's colon is escaped, a path's slashes are colons. */
export function didOf({ name, host }: PublicName): string {
  return `did:web:${host.replace(':', '%3A')}:parties:${name}`;
}

/** Whom a DID of this form names; undefined for any other DID. */
export function readDid(did: string): PublicName | undefined {
  const [, host, name] =
    /^did:web:([a-z0-9.-]{1,246}(?:%3A[0-9]{1,5})?):parties:([a-z0-9-]{1,32})$/.exec(did) ?? [];
  return host && name ? { name, host: host.replace('%3A', ':') } : undefined;
}

export function webfingerUrl(origin: string, who: PublicName): string {
  return `${origin}${WEBFINGER}?resource=${encodeURIComponent(accountOf(who))}`;
}

export function profileUrl(origin: string, { name }: PublicName): string {
  return `${origin}${PROFILES}${name}`;
}

export function didUrl(origin: string, { name }: PublicName): string {
  return `${origin}/parties/${name}/did.json`;
}

/** The name in the path of a profile, and in that of a DID's document. */
export function profileNameIn(pathname: string): string | undefined {
  return pathname.startsWith(PROFILES) ? pathname.slice(PROFILES.length) : undefined;
}

export function didNameIn(pathname: string): string | undefined {
  return DIDS.exec(pathname)?.[1];
}
