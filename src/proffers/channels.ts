import type { RelationshipRow } from '../relationships/index.ts';
import { Peer, type ProfferRow } from './model.ts';
import type { Channel } from './take-interaction.ts';

/** The channel of an open relationship; undefined before the other side has signed. */
export function channelOfRelationship(relationship: RelationshipRow): Channel | undefined {
  const { id, name, is_sample: isSample, mine, theirs } = relationship;
  return theirs === null ? undefined : { kind: 'relationship', counter: id, name, isSample, mine, theirs };
}

/** The channel that a proffer to or from a storefront goes through. */
export function channelOfProffer(row: ProfferRow): Channel {
  const [mine, theirs] =
    row.side === 'first' ? [row.first_party, row.second_party] : [row.second_party, row.first_party];
  const peer = row.peer === null ? undefined : Peer.parse(JSON.parse(row.peer));
  const { kind, counter, name, is_sample: isSample } = row;
  return { kind, counter, name, isSample, mine, theirs, ...(peer && { peer }) };
}
