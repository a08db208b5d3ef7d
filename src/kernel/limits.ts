/** Every limit of the program, in one place; docs/reference/limits.md is generated from it. */
export const LIMITS = {
  /** Octets of a signed payload or body. */
  recordBytes: 256 * 1024,
  /** Nesting of JSON in anything signed or received. */
  jsonDepth: 32,
  /** Octets of one HTTP request body, imports apart. */
  requestBytes: 1024 * 1024,
  /** Octets of one imported file. */
  importBytes: 256 * 1024 * 1024,
  /** Octets of an envelope between parties. */
  envelopeBytes: 256 * 1024,
  /** Envelopes of one lane in one request between nodes. */
  envelopesPerRequest: 100,
  /** Milliseconds after which an envelope that has not arrived is worth nothing: longer than all tries together. */
  envelopeLifetimeMs: 60 * 24 * 3600 * 1000,
  /** Milliseconds in which everybody is told of an address after a move, each at a time of its own. */
  toldOfMoveMs: 8 * 3600 * 1000,
  /** Characters of a name, a label, a one-line field. */
  lineChars: 200,
  /** Characters of a message, a note, a review. */
  textChars: 10_000,
  /** Characters of a want's sentence. */
  sentenceChars: 500,
  /** Characters of a passphrase; the shortest that is taken. */
  passphraseMinChars: 10,
  passphraseMaxChars: 500,
  /** argon2id: KiB of memory and passes (RFC 9106, second recommended option, rounded up in memory). */
  argon2MemoryKiB: 65_536,
  argon2Passes: 3,
  /** Attempts to sign in per handle and quarter of an hour: at this machine, and once more from elsewhere. */
  signInAttempts: 10,
  /** Attempts to sign in from elsewhere in a quarter of an hour: of one address, and of all together. */
  signInAttemptsPerAddress: 30,
  signInAttemptsFromElsewhere: 200,
  /** Looks from one address elsewhere, in a quarter of an hour, at how somebody signs in. */
  signInLooksPerAddress: 60,
  /** Hours that a browser's session lasts unused. */
  sessionHours: 24 * 14,
  /** Milliseconds after signing in with the passphrase in which a waiting recovery code is shown without it. */
  justSignedInMs: 30 * 60 * 1000,
  /** Parties on one node. */
  parties: 100_000,
  /** Items of one party. */
  items: 100_000,
  /** Wants open at once, per party. */
  openIntents: 200,
  /** Offers from automatic listings and by hand that one want collects. */
  quotesPerCast: 60,
  answersPerCast: 20,
  /** Listings of one vendor at one market. */
  listingsPerVendor: 100_000,
  /** Rows of one page of any list. */
  pageRows: 200,
  /** Things that one call acts on, and ids of one page that has ids alone. */
  manyAtOnce: 1_000,
  /** Characters of a cursor, the `next` of a list. */
  cursorChars: 2_000,
  /** Long pieces of work that one party has running at once, those it keeps, rows of the report that each leaves. */
  runningJobs: 4,
  keptJobs: 200,
  reportRows: 1_000,
  /** Days that a program's token may last. */
  tokenDays: 365,
  /** Streams of events open at once, on the whole node. */
  eventStreams: 500,
  /** Connections to other nodes at once: in all, to one host, and requests that wait for one. */
  outwardSockets: 64,
  outwardSocketsPerHost: 4,
  outwardWaiting: 1_000,
  outwardWaitingPerHost: 250,
  /** Milliseconds of one request to another node: the whole, a silence, its rest after an early answer. */
  outwardMs: 30_000,
  outwardIdleMs: 10_000,
  outwardRestOfRequestMs: 1_000,
  /** Milliseconds that a connection to another node stays open at rest. */
  outwardRestMs: 15_000,
  /** Octets of an answer and of its headers, and notices (1xx) before it; pieces of a small body. */
  outwardBytes: 1024 * 1024,
  outwardHeaderBytes: 16 * 1024,
  outwardNotices: 8,
  outwardPieces: 10_000,
  /** Tries to deliver one envelope. */
  deliveryAttempts: 40,
  /** Milliseconds between tries: the first wait and the longest. */
  deliveryFirstWaitMs: 30_000,
  deliveryLongestWaitMs: 24 * 3600 * 1000,
  /** Tries of a transaction that another one got in the way of. */
  transactionAttempts: 12,
  /** Bodies of transactions that share one commit. */
  commitBatch: 256,
} as const;
