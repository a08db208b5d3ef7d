/** What one connection of a stranger may cost a door. */
export const DOOR_LIMITS = {
  /** Connections at once: in all, from one remote side, and from this machine, where a proxy may stand for all. */
  connections: 2_000,
  connectionsPerSide: 64,
  connectionsFromHere: 2_000,
  /** Octets of a request's headers. */
  headerBytes: 16_384,
  /** Milliseconds until the headers, and until the whole request is here, and of a connection at rest. */
  headersMs: 10_000,
  requestMs: 300_000,
  restMs: 5_000,
  /** Milliseconds between two looks at a connection, and octets of a body that have to come in between. */
  lookMs: 10_000,
  slowestBytes: 8_192,
  /** Looks in a row at which nothing of an answer was taken, after which the connection is cut. */
  untakenLooks: 6,
} as const;
