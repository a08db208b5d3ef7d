export { clearAttempts, countAttempt, countLook } from './attempts.ts';
export { cameBackFrom, putCameBackAway, RESTORED_FROM } from './came-back.ts';
export { COMMITMENTS_AHEAD, insertCommitments, missingCommitments } from './commitments.ts';
export { actorOfToken, NOBODY, operatorAs } from './establish-actor.ts';
export { type Address, type Inception, readInception, readIntroduction } from './identity.ts';
export { identityAgain, leaveOutPositions } from './identity-again.ts';
export { type IdentityChange, type IdentityState, inceptionState, readChange } from './identity-change.ts';
export { homeOfInboxPath, makeInboxPath } from './inbox-path.ts';
export { insertHeldParty } from './insert-held-party.ts';
export { keepForDevices, readHalves, wrapForDevices } from './keep-on-devices.ts';
export {
  changesOf,
  confirmCounterpart,
  conflictsOf,
  isPathOf,
  keyLogOf,
  keysOf,
  keysOfOwn,
  replay,
  signedLogOf,
  stateOf,
} from './key-log.ts';
export {
  type Counterpart,
  correspondentsOf,
  counterpartOf,
  inboxKey,
  keyOnceOf,
  meetCounterpart,
  newIdentity,
  nodeIdentityKey,
  type OwnIdentity,
  oneUseKey,
  ownIdentity,
  reachOf,
  type VaultRoot,
  vaultRootOf,
} from './keys.ts';
export { learnChange } from './learn-change.ts';
export {
  type CounterpartRow,
  NODE_HOME,
  Party,
  type PartyRow,
  type PartyTables,
  passphrase,
} from './model.ts';
export { openSecret } from './open-secret.ts';
export { operations } from './operations.ts';
export { appointFirstOperator, issueVisitorToken } from './operators.ts';
export { signatureOfSide } from './own-side.ts';
export { type Renewed, renewIdentities } from './renew-identities.ts';
export { openOwn, sealForSelf, sealingKeyOf, sealingKeyOnceOf } from './sealing-keys.ts';
export { formatRecoveryCode } from './secrets.ts';
export {
  endBrowserSessions,
  endSessions,
  endSessionsOfPasskey,
  listSessions,
  openSession,
  replaceToken,
  sessionsOf,
  tokenHash,
} from './sessions.ts';
export { asIdentity, asOneUse, ONE_USE, type Speaker, speakersKey } from './speaker.ts';
export { howSplit } from './split.ts';
export {
  getCounterpart,
  getIdentity as getIdentityRow,
  getPartyRow,
  getSecrets,
  hasSecrets,
  homeOfHandle,
  isOnTheMove,
  sendsOnUntil,
} from './store.ts';
export { sweepSessions } from './sweep-sessions.ts';
export { takeBack } from './take-back.ts';
export { partyView } from './view.ts';
export { noteWay, wayTimes } from './way-times.ts';
