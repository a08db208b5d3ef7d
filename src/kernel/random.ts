import { randomBytes } from 'node:crypto';

/** The only source of unpredictability; an argument everywhere, so that a run can be replayed. */
export interface Random {
  bytes(count: number): Uint8Array;
}

export const systemRandom: Random = {
  bytes: (count) => new Uint8Array(randomBytes(count)),
};
