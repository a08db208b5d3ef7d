/** SQLSTATE connection_failure. */
const LOST = '08006';

/** The driver gives no code to what it says itself and not the server: that the connection is gone. */
export function named(error: unknown): unknown {
  return error instanceof Error && !('code' in error) ? Object.assign(error, { code: LOST }) : error;
}

export function connectionLost(): Error {
  return Object.assign(new Error('the connection is gone'), { code: LOST });
}
