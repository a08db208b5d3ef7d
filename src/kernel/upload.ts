import { z } from 'zod';

const GENUINE = Symbol('upload');

/** A file that came in through a door and lies in a folder of ours until nobody holds it any more. */
export interface Upload {
  readonly path: string;
  /** The name its sender gave it; for reports, never for opening files. */
  readonly name: string;
  /** Its size in octets. */
  readonly bytes: number;
  /** Keeps the file beyond the end of the operation (for a job) until the returned function is called. */
  hold(): () => Promise<void>;
  readonly [GENUINE]: true;
}

/** Only doors make one, so that no JSON can name a file of this machine. `remove` runs once, when nobody holds it. */
export function makeUpload(path: string, name: string, bytes: number, remove: () => Promise<void>): Upload {
  let holders = 0;
  const hold = (): (() => Promise<void>) => {
    holders++;
    let released = false;
    return async () => {
      if (released) return;
      released = true;
      holders--;
      if (holders === 0) await remove();
    };
  };
  return { path, name, bytes, hold, [GENUINE]: true };
}

/** The member `file` of an operation's input that takes an upload. */
export const uploadedFile = z
  .custom<Upload>(
    (value) => typeof value === 'object' && value !== null && GENUINE in value,
    'Send a file here.',
  )
  .meta({ description: 'The file itself.', contentMediaType: 'application/octet-stream' });
