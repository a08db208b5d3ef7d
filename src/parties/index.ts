export { actorOfToken, NOBODY, operatorAs } from './establish-actor.ts';
export { type Inception, readInception, readIntroduction } from './identity.ts';
export { homeOfInboxPath, makeInboxPath } from './inbox-path.ts';
export { insertHeldParty } from './insert-held-party.ts';
export {
  type Counterpart,
  counterpartOf,
  inboxKey,
  meetCounterpart,
  newIdentity,
  nodeIdentityKey,
  type OwnIdentity,
  oneUseKey,
  ownIdentity,
  reachOf,
} from './keys.ts';
export { NODE_HOME, type PartyRow, type PartyTables } from './model.ts';
export { operations } from './operations.ts';
export { appointFirstOperator, issueVisitorToken } from './operators.ts';
export {
  endSessions,
  openSession,
  replaceToken,
  sessionsOf,
  tokenHash,
} from './sessions.ts';
export { asIdentity, asOneUse, type Speaker, speakersKey } from './speaker.ts';
export { getCounterpart, getPartyRow, homeOfHandle } from './store.ts';
export { partyView } from './view.ts';
