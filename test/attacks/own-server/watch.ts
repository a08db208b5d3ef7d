import { wayKeyOf } from '../../../device/ways.ts';

/** A secret, as octets that must not stand in anything that the attacker sees. */
interface Secret {
  readonly what: string;
  readonly octets: Buffer;
}

/** Everything that comes before the attacker's eyes, searched for what must not be in it. */
export interface Watch {
  see(input: object): void;
  /** A word that nobody but devices may see. */
  word(what: string, text: string): void;
  /** A key, or what keys come from. */
  key(what: string, octets: Uint8Array): void;
  /** What argon2id made of a passphrase, and the key that comes of it. */
  told(octets: Uint8Array): Promise<void>;
  /** What was found in that which was seen since the last time. */
  leaks(): string[];
}

const BASE64URL = /"[A-Za-z0-9_-]{16,}"/g;

export function watch(): Watch {
  const secrets: Secret[] = [];
  const known = new Set<string>();
  let seen: Buffer[] = [];
  const add = (what: string, octets: Buffer): void => {
    const name = octets.toString('hex');
    if (known.has(name)) return;
    known.add(name);
    secrets.push({ what, octets });
  };
  const key = (what: string, octets: Uint8Array): void => {
    const own = Buffer.from(octets);
    add(what, own);
    // Also as it would be written.
    for (const form of ['hex', 'base64url'] as const)
      add(`${what} in ${form}`, Buffer.from(own.toString(form)));
  };
  return {
    key,
    word: (what, text) => add(what, Buffer.from(text)),
    async told(octets) {
      key('what argon2id made of the passphrase', octets);
      key('the key of a way', await wayKeyOf(octets));
    },
    see(input) {
      const text = JSON.stringify(input);
      seen.push(Buffer.from(text));
      for (const [written] of text.matchAll(BASE64URL))
        seen.push(Buffer.from(written.slice(1, -1), 'base64url'));
      // A passphrase in two halves has parts between dots.
      for (const part of text.split(/[".]/))
        if (part.length === 43) seen.push(Buffer.from(part, 'base64url'));
    },
    leaks() {
      const all = Buffer.concat(seen.flatMap((it) => [it, Buffer.from('\n')]));
      seen = [];
      return [...new Set(secrets.filter(({ octets }) => all.includes(octets)).map(({ what }) => what))];
    },
  };
}
