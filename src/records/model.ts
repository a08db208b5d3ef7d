/** A signature over identical payload octets, in the parts of a JWS (RFC 7515), general JSON form. */
export interface Signature {
  readonly protected: Uint8Array;
  readonly signature: Uint8Array;
}

/** Anything signed that stands alone: an agreement, a listing, an identity. Its id is the payload's SHA-256. */
export interface SignedDocument {
  readonly payload: Uint8Array;
  readonly signatures: readonly Signature[];
}

/** The same in base64url, as it travels and is exported. */
export interface WireDocument {
  readonly payload: string;
  readonly signatures: readonly { readonly protected: string; readonly signature: string }[];
}

/** The payload of a record in a chain. `at` is its author's claim. */
export interface RecordPayload {
  readonly type: string;
  readonly v: number;
  readonly author: string;
  readonly rel: string;
  readonly seq: number;
  /** Id of the author's previous record in this relationship; null for the first. */
  readonly prev: string | null;
  /** Id of the last record received from the other side; null before any. */
  readonly seen: string | null;
  readonly at: number;
  /** Names of members a reader must understand; an unknown one is refused. */
  readonly crit: readonly string[];
  readonly bodyHash: string;
}

/** A record with its detached body; the body can be erased while the chain still verifies. */
export interface SignedRecord {
  readonly protected: Uint8Array;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  readonly body: Uint8Array | undefined;
}

export interface WireRecord {
  readonly protected: string;
  readonly payload: string;
  readonly signature: string;
  readonly body?: string;
}

/** A record that was read or made: its id, and what its payload says. */
export interface ReadRecord {
  readonly id: string;
  readonly record: SignedRecord;
  readonly payload: RecordPayload;
}
