import type { Draft, Place } from './shapes.ts';

/** Operations of the contract that no room offers yet, in the shapes the pages expect. */
export interface Awaited {
  'draft-intent': { in: { sentence: string }; out: Draft };
  'find-categories': { in: { search: string }; out: { rows: { id: string; path: string }[] } };
  'find-places': { in: { search: string }; out: { rows: Place[] } };
  'list-proffers': { in: Page; out: { rows: Proffer[]; next?: string; total?: number } };
  'answer-terms': {
    in: { id: string; answer: 'accept' | 'alternative' | 'decline'; alternative?: string };
    out: object;
  };
  'import-listings': { in: { dryRun?: boolean }; out: { job: string } };
  'export-party': { in: { passphrase: string }; out: Blob };
  'verify-export': { in: { passphrase: string }; out: ArchiveReport };
  'import-party': { in: { passphrase: string; newPassphrase?: string }; out: ArchiveReport };
  'remove-party': { in: { passphrase: string }; out: object };
  'load-sample': { in: object; out: { job: string } };
  'sample-status': { in: object; out: SampleStatus };
  'remove-sample': { in: object; out: { job: string } };
}

interface Page {
  after?: string;
  limit?: number;
}

export interface Proffer {
  id: string;
  with: { name: string; isSample: boolean };
  side: 'mine' | 'theirs';
  state: 'pending' | 'accepted' | 'alternative' | 'declined' | 'expired';
  ids: string[];
  alternative?: string;
  recordId: string;
  at: number;
}

export interface ArchiveReport {
  ok: boolean;
  counts: Record<string, number>;
  hashes: Record<string, string>;
  problems: { place: string; what: string }[];
}

export interface SampleStatus {
  loaded: boolean;
  vendors?: { handle: string; name: string }[];
}
