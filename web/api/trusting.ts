import type { z } from 'zod';
import type * as addPasskey from '../../src/devices/add-passkey.ts';
import type * as listDevices from '../../src/devices/list-devices.ts';
import type * as makeShares from '../../src/devices/make-recovery-shares.ts';
import type * as passkeys from '../../src/devices/model.ts';
import type * as preparePasskey from '../../src/devices/prepare-passkey.ts';
import type * as prepareSignIn from '../../src/devices/prepare-passkey-sign-in.ts';
import type * as recoverShares from '../../src/devices/recover-with-shares.ts';
import type * as removePasskey from '../../src/devices/remove-passkey.ts';
import type * as renamePasskey from '../../src/devices/rename-passkey.ts';
import type * as resetPassphrase from '../../src/devices/reset-passphrase.ts';
import type * as passkeySignIn from '../../src/devices/sign-in-with-passkey.ts';
import type * as answerProof from '../../src/facts/answer-proof-request.ts';
import type * as askProof from '../../src/facts/ask-for-proof.ts';
import type * as checkIssuer from '../../src/facts/check-issuer.ts';
import type * as importProof from '../../src/facts/import-proof.ts';
import type * as issueProof from '../../src/facts/issue-proof.ts';
import type * as proofRequests from '../../src/facts/list-proof-requests.ts';
import type * as proofs from '../../src/facts/list-proofs.ts';
import type * as removeProof from '../../src/facts/remove-proof.ts';
import type * as takeProof from '../../src/facts/take-proof.ts';
import type * as party from '../../src/parties/model.ts';
import type * as answerRelease from '../../src/tiers/answer-release.ts';
import type * as releases from '../../src/tiers/list-releases.ts';
import type * as ruleList from '../../src/tiers/list-rules-and-never.ts';
import type * as previewRule from '../../src/tiers/preview-rule.ts';
import type * as putRule from '../../src/tiers/put-rule.ts';
import type * as removeRule from '../../src/tiers/remove-rule.ts';
import type * as restoreRule from '../../src/tiers/restore-rule.ts';
import type * as setNever from '../../src/tiers/set-never.ts';
import type * as showNext from '../../src/tiers/show-next.ts';
import type * as switchRule from '../../src/tiers/switch-rule.ts';
import type * as tryRule from '../../src/tiers/try-rule.ts';
import type { Done, None, Op } from './op.ts';

/** What opens a party, what is proven, and what rules give. */
export interface Trusting {
  'list-devices': Op<None, typeof listDevices.DeviceList>;
  'prepare-passkey': Op<None, typeof preparePasskey.PasskeyPrepared>;
  'add-passkey': Op<typeof addPasskey.AddPasskey, typeof addPasskey.PasskeyAdded>;
  'rename-passkey': Op<typeof renamePasskey.RenamePasskey, typeof passkeys.PasskeyView>;
  'remove-passkey': Op<typeof removePasskey.RemovePasskey, typeof removePasskey.PasskeyRemoved>;
  'prepare-passkey-sign-in': Op<
    typeof prepareSignIn.PreparePasskeySignIn,
    typeof prepareSignIn.SignInPrepared
  >;
  'sign-in-with-passkey': Op<
    typeof passkeySignIn.SignInWithPasskey,
    typeof passkeySignIn.SignedInWithPasskey
  >;
  'reset-passphrase': Op<typeof resetPassphrase.ResetPassphrase, typeof party.Party>;
  'make-recovery-shares': Op<typeof makeShares.MakeRecoveryShares, typeof makeShares.RecoveryShares>;
  'recover-with-shares': Op<typeof recoverShares.RecoverWithShares, typeof party.Party>;
  'list-rules': Op<None, typeof ruleList.RuleList>;
  'put-rule': Op<typeof putRule.PutRule, typeof putRule.PutAnswer>;
  'preview-rule': Op<typeof previewRule.PreviewRule, typeof previewRule.RulePreview>;
  'try-rule': Op<typeof tryRule.TryRule, typeof tryRule.RuleTrial>;
  'switch-rule': Op<typeof switchRule.SwitchRule, typeof switchRule.SwitchedRule>;
  'remove-rule': Op<typeof removeRule.RemoveRule, typeof removeRule.RemovedRule>;
  'restore-rule': Op<typeof restoreRule.RestoreRule, typeof restoreRule.RestoredRule>;
  'set-never': Op<typeof setNever.SetNever, typeof setNever.NeverSet>;
  'list-releases': Op<typeof releases.ListReleases, typeof releases.ReleaseList>;
  'answer-release': Op<typeof answerRelease.AnswerRelease, typeof answerRelease.ReleaseAnswered>;
  'show-next': Op<typeof showNext.ShowNext, typeof showNext.WhatNext>;
  'issue-proof': { in: z.input<typeof issueProof.IssueProof>; out: { proof: string; record: string } };
  'take-proof': Done & { in: z.input<typeof takeProof.TakeProof> };
  'import-proof': Op<typeof importProof.ImportProof, typeof importProof.Imported>;
  'list-proofs': Op<typeof proofs.ListProofs, typeof proofs.ProofList>;
  'remove-proof': Op<typeof removeProof.RemoveProof, None>;
  'ask-for-proof': { in: z.input<typeof askProof.AskForProof>; out: { request: string } };
  'list-proof-requests': Op<typeof proofRequests.ListProofRequests, typeof proofRequests.ProofRequestList>;
  'answer-proof-request': Op<typeof answerProof.AnswerProofRequest, typeof answerProof.RequestAnswered>;
  'check-issuer': Op<typeof checkIssuer.CheckIssuer, typeof checkIssuer.CheckedIssuer>;
}
