/** A bug that is planted to show that histories find it. */
interface Bug {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly instead: string;
}

export const BUGS: readonly Bug[] = [
  {
    name: 'one-key-for-all',
    file: 'src/grants/keys-rules.ts',
    text: 'const grantKey = random.bytes(keyOctets(AES_256_GCM));',
    instead: 'const grantKey = recipient;',
  },
  {
    name: 'purpose-not-bound',
    file: 'src/grants/terms.ts',
    text: 'giver, receiver, property, purpose];',
    instead: 'giver, receiver, property];',
  },
  {
    name: 'epoch-stands-still',
    file: 'src/grants/standing-rules.ts',
    text: 'return stops + 1;',
    instead: 'return stops > 1 ? stops : 1;',
  },
  {
    name: 'given-after-stop',
    file: 'src/grants/standing-rules.ts',
    text: "return state === 'active' && version !== null && (until === null || until > now);",
    instead: "return state !== 'planned' && version !== null && (until === null || until > now);",
  },
  {
    name: 'opened-after-stop',
    file: 'src/grants/standing-rules.ts',
    text: "return state === 'active' && (until === null || until > now);",
    instead: "return state !== 'planned' && (until === null || until > now);",
  },
  {
    name: 'openings-forgotten',
    file: 'src/grants/standing-rules.ts',
    text: 'return { untold: untold + 1, toldAt };',
    instead: 'return { untold: 1, toldAt };',
  },
  {
    name: 'once-too-often',
    file: 'src/grants/standing-rules.ts',
    text: 'return times !== null && opened >= times;',
    instead: 'return times !== null && opened > times;',
  },
  {
    name: 'counted-told-late',
    file: 'src/grants/standing-rules.ts',
    text: 'return untold > 0 && (isLate || isAtOnce);',
    instead: 'return untold > 0 && isLate;',
  },
  {
    name: 'number-not-bound',
    file: 'src/grants/terms.ts',
    text: '[COUNTED_LABEL, ...parts, String(times)];',
    instead: '[COUNTED_LABEL, ...parts];',
  },
  {
    name: 'key-in-clear',
    file: 'src/grants/keys-rules.ts',
    text: 'key: sender.seal(grantKey, context),',
    instead: 'key: new Uint8Array([...grantKey, ...new Uint8Array(16)]),',
  },
  {
    name: 'older-value-taken',
    file: 'src/grants/standing-rules.ts',
    text: "return said.version > known.version ? 'takes' : 'exists';",
    instead: "return said.version !== known.version ? 'takes' : 'exists';",
  },
];
