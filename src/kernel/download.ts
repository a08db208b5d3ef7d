import { z } from 'zod';

interface Named {
  /** The name a browser saves it under. */
  readonly name: string;
  readonly mediaType: string;
  /** Its size in octets. */
  readonly bytes: number;
}

/** A file of this node that an operation answers with. */
export interface FileDownload extends Named {
  readonly path: string;
  /** Called once when it has been handed over, or could not be. */
  readonly remove: () => Promise<void>;
}

/** Octets that an operation answers with as they are made, so that they lie nowhere whole. */
export interface StreamDownload extends Named {
  readonly octets: AsyncIterable<Uint8Array>;
}

export type Download = FileDownload | StreamDownload;

/** The output of an operation that answers with a file; doors know it by this very object. */
export const downloadedFile = z
  .custom<Download>((value) => typeof value === 'object' && value !== null && 'mediaType' in value)
  .meta({ description: 'The file itself.', contentMediaType: 'application/octet-stream' });

/** What a use case needs that answers with a file. */
export interface FileDeps {
  /** A folder of this node for files on their way; emptied at every start. */
  readonly scratch: string;
}
