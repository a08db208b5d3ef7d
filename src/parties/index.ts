export { actorOfToken, NOBODY, operatorAs } from './establish-actor.ts';
export { type Address, type Inception, readInception } from './identity.ts';
export { homeOfInboxPath, makeInboxPath } from './inbox-path.ts';
export { type HeldParty, insertHeldParty } from './insert-held-party.ts';
export {
  type Counterpart,
  counterpartOf,
  meetCounterpart,
  newIdentity,
  nodeIdentityKey,
  type OwnIdentity,
  oneUseKey,
  ownIdentity,
  servedSecretOf,
} from './keys.ts';
export { NODE_HOME, Party, PartyKind, type PartyTables } from './model.ts';
export { operations } from './operations.ts';
export { appointFirstOperator, issueVisitorToken } from './operators.ts';
export {
  endSessions,
  openSession,
  replaceToken,
  type SessionRow,
  sessionsOf,
  tokenHash,
} from './sessions.ts';
export { getCounterpart, getPartyRow, homeOfHandle } from './store.ts';
export { partyView } from './view.ts';
