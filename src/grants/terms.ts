/** What a key that is given is for. Each of these changes every octet of what is sealed, so none can be swapped. */
export interface GrantTerms {
  readonly grant: string;
  /** 1 when it is given, one more for each newer value. */
  readonly version: number;
  /** The hash of what the relationship stands on. */
  readonly agreement: string;
  readonly giver: string;
  readonly receiver: string;
  readonly property: string;
  readonly purpose: string;
  readonly until: number | null;
  /** 1, and one more with each stop of the giver's in this relationship. */
  readonly epoch: number;
  /** How often it may be opened; absent where nobody said. */
  readonly times?: number | undefined;
}

const LABEL = 'parley/grant/v2';
const COUNTED_LABEL = 'parley/grant/v3';

/** The terms in their order; as octets each stands behind its length in four. Shared with devices, which seal as the node does. */
export function partsOf(terms: GrantTerms): readonly string[] {
  const { grant, version, agreement, giver, receiver, property, purpose, until, epoch, times } = terms;
  const named = [grant, `${version}`, agreement, giver, receiver, property, purpose];
  const parts = [...named, until === null ? '' : `${until}`, `${epoch}`];
  return times === undefined ? [LABEL, ...parts] : [COUNTED_LABEL, ...parts, String(times)];
}
