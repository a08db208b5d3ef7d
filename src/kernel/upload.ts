import { z } from 'zod';
import { LIMITS } from './limits.ts';

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

/** How much of a file a door takes for an operation, and whether it lies in memory meanwhile instead of in a folder. */
export interface FileRule {
  readonly maxBytes: number;
  readonly isHeld: boolean;
}

const RULE = 'x-file';
const described = { description: 'The file itself.', contentMediaType: 'application/octet-stream' };

/** The member `file` of an operation's input that takes an upload of so many octets at most. */
export function uploadUpTo(maxBytes: number) {
  return z
    .custom<Upload>(
      (value) => typeof value === 'object' && value !== null && GENUINE in value,
      'Send a file here.',
    )
    .meta({ ...described, [RULE]: { maxBytes, isHeld: false } });
}

/** The same of the usual size. */
export const uploadedFile = uploadUpTo(LIMITS.importBytes);

/** The member `file` that takes a few octets, which never lie on a disk as they came. */
export function uploadedOctets(maxBytes: number) {
  return z
    .custom<Uint8Array>(
      (value) => value instanceof Uint8Array && value.length <= maxBytes,
      'Send a file here.',
    )
    .meta({ ...described, [RULE]: { maxBytes, isHeld: true } });
}

/** The rule of the member `file` of an input. */
export function fileRuleOf(input: z.ZodType): FileRule {
  const file: unknown = input instanceof z.ZodObject ? input.shape.file : undefined;
  const rule = file instanceof z.ZodType ? file.meta()?.[RULE] : undefined;
  return isRule(rule) ? rule : { maxBytes: LIMITS.importBytes, isHeld: false };
}

function isRule(value: unknown): value is FileRule {
  return typeof value === 'object' && value !== null && 'maxBytes' in value;
}
