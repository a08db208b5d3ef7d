import type { Result } from '../src/kernel/result.ts';

/** What argon2id costs (RFC 9106). */
export interface Cost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** What a device keeps beside the node, so that the node cannot show it what is older, or another vault. */
export interface Remembered {
  /** That of the newest statement seen, and the digest of its octets; 0 and empty while none was seen. */
  readonly counter: number;
  readonly digest: string;
  /** The number of the vault's root. */
  readonly root: number;
  /** By which that root is told from any other of the same number; secret to whoever has not had it. */
  readonly mark?: string | undefined;
  /** The categories of which the node takes nothing that it could read, by the newest statement seen. */
  readonly sealed?: readonly string[] | undefined;
  /** Of somebody whose code was compared: the last entry of their key log. Its number is `counter`; `root` is that of the record with their key. */
  readonly head?: string | undefined;
  /** What they were called then. */
  readonly name?: string | undefined;
  /** The passphrase never leaves the device. */
  readonly isSplit: true;
}

/** Everything that a device has beside WebCrypto: a page and a command line have each its own. */
export interface Surroundings {
  /** Asks the node. */
  call(operation: string, input: object): Promise<Result<unknown>>;
  /** Asks it, and sends octets along. */
  send(operation: string, input: object, octets: Uint8Array): Promise<Result<unknown>>;
  /** Asks it for octets. */
  take(operation: string, input: object): Promise<Result<Uint8Array>>;
  readonly memory: {
    recall(name: string): Promise<Remembered | undefined>;
    remember(name: string, it: Remembered): Promise<void>;
    forget(name: string): Promise<void>;
    /** All that begin so. */
    names(prefix: string): Promise<readonly string[]>;
  };
  random(count: number): Uint8Array;
  argon2(passphrase: string, salt: Uint8Array, cost: Cost): Promise<Uint8Array>;
  now(): number;
  /** Waits so many milliseconds; without it, of two who write at once one may be told that it was in the way. */
  pause?(ms: number): Promise<void>;
}

/** Whose vault it is. */
export interface Whose {
  /** The party's id. */
  readonly home: string;
  readonly handle: string;
}
