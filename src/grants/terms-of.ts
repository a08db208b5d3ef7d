import { assert } from '../kernel/result.ts';
import type { RelationshipRow } from '../relationships/index.ts';
import type { SealedContent } from './content.ts';
import type { GrantTerms } from './terms.ts';

type Said = Pick<SealedContent, 'grant' | 'version' | 'property' | 'purpose' | 'until' | 'epoch'> & {
  readonly times?: number | undefined;
};

/** What a grant in a relationship is sealed under: what its record says, and between whom it was said. */
export function termsOf(relationship: RelationshipRow, isMine: boolean, said: Said): GrantTerms {
  const { mine, theirs, agreement } = relationship;
  assert(theirs !== null, 'nothing is given before both are known');
  const [giver, receiver] = isMine ? [mine, theirs] : [theirs, mine];
  const { grant, version, property, purpose, until, epoch, times } = said;
  return { grant, version, property, purpose, until, epoch, times, agreement, giver, receiver };
}
