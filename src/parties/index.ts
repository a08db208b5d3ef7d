export { actorOfToken, NOBODY, operatorAs } from './establish-actor.ts';
export { type Inception, readInception } from './identity.ts';
export { homeOfInboxPath, makeInboxPath } from './inbox-path.ts';
export { insertHeldParty } from './insert-held-party.ts';
export {
  type Counterpart,
  counterpartOf,
  meetCounterpart,
  newIdentity,
  nodeIdentityKey,
  type OwnIdentity,
  oneUseKey,
  ownIdentity,
} from './keys.ts';
export { NODE_HOME, type PartyTables } from './model.ts';
export { operations } from './operations.ts';
export { appointFirstOperator, issueVisitorToken } from './operators.ts';
export {
  endSessions,
  openSession,
  replaceToken,
  sessionsOf,
  tokenHash,
} from './sessions.ts';
export { getCounterpart, getPartyRow, homeOfHandle } from './store.ts';
export { sweepSessions } from './sweep-sessions.ts';
export { partyView } from './view.ts';
