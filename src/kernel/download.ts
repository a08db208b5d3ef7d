import { z } from 'zod';

/** A file that an operation answers with. */
export interface Download {
  readonly path: string;
  /** The name a browser saves it under. */
  readonly name: string;
  readonly mediaType: string;
  /** Its size in octets. */
  readonly bytes: number;
  /** Called once when it has been handed over, or could not be. */
  readonly remove: () => Promise<void>;
}

/** The output of an operation that answers with a file; doors know it by this very object. */
export const downloadedFile = z
  .custom<Download>((value) => typeof value === 'object' && value !== null && 'path' in value)
  .meta({ description: 'The file itself.', contentMediaType: 'application/octet-stream' });

/** What a use case needs that answers with a file. */
export interface FileDeps {
  /** A folder of this node for files on their way; emptied at every start. */
  readonly scratch: string;
}
