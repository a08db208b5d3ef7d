import type { z } from 'zod';
import type * as accept from '../../src/agreements/accept-offer.ts';
import type * as agreement from '../../src/agreements/get-agreement.ts';
import type * as owed from '../../src/agreements/list-owed.ts';
import type * as previewAccept from '../../src/agreements/preview-accept.ts';
import type * as archive from '../../src/archive/model.ts';
import type * as confirm from '../../src/commitments/confirm-commitment.ts';
import type * as fulfil from '../../src/commitments/fulfil-commitment.ts';
import type * as commitments from '../../src/commitments/list-commitments.ts';
import type * as settle from '../../src/commitments/settle.ts';
import type * as review from '../../src/commitments/write-review.ts';
import type * as delivery from '../../src/delivery/list-deliveries.ts';
import type * as stuck from '../../src/delivery/stuck.ts';
import type * as answer from '../../src/desk/answer-intent.ts';
import type * as declineCast from '../../src/desk/decline-cast.ts';
import type * as importListings from '../../src/desk/import-listings.ts';
import type * as answers from '../../src/desk/list-answers.ts';
import type * as casts from '../../src/desk/list-casts.ts';
import type * as listings from '../../src/desk/list-listings.ts';
import type * as storefronts from '../../src/desk/list-storefronts.ts';
import type * as desk from '../../src/desk/model.ts';
import type * as openStorefront from '../../src/desk/open-storefront.ts';
import type * as publish from '../../src/desk/publish-listing.ts';
import type * as stock from '../../src/desk/set-stock.ts';
import type * as withdraw from '../../src/desk/withdraw-listing.ts';
import type * as beFound from '../../src/discovery/be-found.ts';
import type * as findParty from '../../src/discovery/find-party.ts';
import type * as profile from '../../src/discovery/model.ts';
import type * as beginFile from '../../src/files/begin-file.ts';
import type * as erasedFiles from '../../src/files/empty-file-trash.ts';
import type * as listFiles from '../../src/files/list-files.ts';
import type * as file from '../../src/files/model.ts';
import type * as renameFile from '../../src/files/rename-file.ts';
import type * as consent from '../../src/grants/consent-record.ts';
import type * as consentRecord from '../../src/grants/get-consent-record.ts';
import type * as fromDevice from '../../src/grants/give-from-device.ts';
import type * as giveReadable from '../../src/grants/give-readable.ts';
import type * as grants from '../../src/grants/list-grants.ts';
import type * as openGrant from '../../src/grants/open-grant.ts';
import type * as shareItems from '../../src/grants/share-items.ts';
import type * as sharing from '../../src/grants/show-sharing.ts';
import type * as theirKey from '../../src/grants/show-their-key.ts';
import type * as stateDeletion from '../../src/grants/state-deletion.ts';
import type * as share from '../../src/grants/stop-sharing.ts';
import type * as cast from '../../src/intents/cast-intent.ts';
import type * as closeIntent from '../../src/intents/close-intent.ts';
import type * as declineOffer from '../../src/intents/decline-offer.ts';
import type * as draft from '../../src/intents/draft-intent.ts';
import type * as findCategories from '../../src/intents/find-categories.ts';
import type * as findPlaces from '../../src/intents/find-places.ts';
import type * as forgetMarket from '../../src/intents/forget-market.ts';
import type * as getIntent from '../../src/intents/get-intent.ts';
import type * as intents from '../../src/intents/list-intents.ts';
import type * as offers from '../../src/intents/list-offers.ts';
import type * as preview from '../../src/intents/preview-cast.ts';
import type * as reader from '../../src/intents/reader/model.ts';
import type * as intent from '../../src/intents/view.ts';
import type * as widen from '../../src/intents/widen-intent.ts';
import type * as acceptInvitation from '../../src/invitations/accept-invitation.ts';
import type * as answerAcceptance from '../../src/invitations/answer-acceptance.ts';
import type * as invitePerson from '../../src/invitations/invite-person.ts';
import type * as invitations from '../../src/invitations/list-invitations.ts';
import type * as readInvitation from '../../src/invitations/read-invitation.ts';
import type * as withdrawInvitation from '../../src/invitations/withdraw-invitation.ts';
import type * as cancelJob from '../../src/jobs/cancel-job.ts';
import type * as getJob from '../../src/jobs/get-job.ts';
import type * as listJobs from '../../src/jobs/list-jobs.ts';
import type * as job from '../../src/jobs/model.ts';
import type { Told } from '../../src/kernel/many.ts';
import type * as addMarket from '../../src/market/add-market.ts';
import type * as cells from '../../src/market/list-cells.ts';
import type * as markets from '../../src/market/list-markets.ts';
import type * as market from '../../src/market/show-market.ts';
import type * as messages from '../../src/messages/list-messages.ts';
import type * as send from '../../src/messages/send-message.ts';
import type * as moving from '../../src/moving/model.ts';
import type * as node from '../../src/network/show-node.ts';
import type * as actAsSample from '../../src/parties/act-as-sample.ts';
import type * as passphrase from '../../src/parties/change-passphrase.ts';
import type * as claim from '../../src/parties/claim-node.ts';
import type * as confirmCode from '../../src/parties/confirm-recovery-code.ts';
import type * as create from '../../src/parties/create-party.ts';
import type * as createToken from '../../src/parties/create-token.ts';
import type * as endSession from '../../src/parties/end-session.ts';
import type * as sessions from '../../src/parties/list-sessions.ts';
import type * as tokens from '../../src/parties/list-tokens.ts';
import type * as party from '../../src/parties/model.ts';
import type * as recover from '../../src/parties/recover-party.ts';
import type * as rename from '../../src/parties/rename-party.ts';
import type * as revoke from '../../src/parties/revoke-token.ts';
import type * as showCode from '../../src/parties/show-recovery-code.ts';
import type * as signIn from '../../src/parties/sign-in.ts';
import type * as signOut from '../../src/parties/sign-out.ts';
import type * as who from '../../src/parties/who-am-i.ts';
import type * as answerTerms from '../../src/proffers/answer-terms.ts';
import type * as proffers from '../../src/proffers/list-proffers.ts';
import type * as proffer from '../../src/proffers/model.ts';
import type * as profferTerms from '../../src/proffers/proffer-terms.ts';
import type * as confirmKeys from '../../src/relationships/confirm-keys.ts';
import type * as relationship from '../../src/relationships/get-relationship.ts';
import type * as lifecycle from '../../src/relationships/lifecycle.ts';
import type * as relationships from '../../src/relationships/list-relationships.ts';
import type * as expectations from '../../src/relationships/write-expectations.ts';
import type * as loadSample from '../../src/sample/load-sample.ts';
import type * as sample from '../../src/sample/sample-status.ts';
import type * as showVault from '../../src/sealed/show-vault.ts';
import type * as chooseTerms from '../../src/terms/choose-terms.ts';
import type * as roster from '../../src/terms/list-roster.ts';
import type * as terms from '../../src/terms/show-terms.ts';
import type * as today from '../../src/today/show-today.ts';
import type * as importItems from '../../src/vault/import-items.ts';
import type * as history from '../../src/vault/item-history.ts';
import type * as items from '../../src/vault/list-items.ts';
import type * as properties from '../../src/vault/list-properties.ts';
import type * as tags from '../../src/vault/list-tags.ts';
import type * as item from '../../src/vault/model.ts';
import type * as putItem from '../../src/vault/put-item.ts';
import type * as removeItem from '../../src/vault/remove-item.ts';
import type * as restoreItem from '../../src/vault/restore-item.ts';
import type { TagItems } from '../../src/vault/tag-items.ts';
import type { Done, None, OnMany, Op } from './op.ts';
import type { Trusting } from './trusting.ts';

interface Parties {
  'who-am-i': Op<None, typeof who.WhoIAm>;
  'show-node': Op<None, typeof node.NodeShown>;
  'claim-node': Op<typeof claim.ClaimNode, typeof claim.NodeClaimed>;
  'create-party': Op<typeof create.CreateParty, typeof party.Party>;
  'sign-in': Op<typeof signIn.SignIn, typeof party.Party>;
  'sign-out': Op<typeof signOut.SignOut, typeof signOut.SignedOut>;
  'act-as-sample': Op<typeof actAsSample.ActAsSample, typeof party.Party>;
  'rename-party': Op<typeof rename.RenameParty, typeof party.Party>;
  'change-passphrase': Op<typeof passphrase.ChangePassphrase, typeof passphrase.PassphraseChanged>;
  'show-recovery-code': Op<typeof showCode.ShowRecoveryCode, typeof showCode.RecoveryCode>;
  'confirm-recovery-code': Op<typeof confirmCode.ConfirmRecoveryCode, None>;
  'recover-party': Op<typeof recover.RecoverParty, typeof party.Party>;
  'create-token': Op<typeof createToken.CreateToken, typeof createToken.NewToken>;
  'list-tokens': Op<None, typeof tokens.TokenList>;
  'revoke-token': Op<typeof revoke.RevokeToken, None>;
  'list-sessions': Op<None, typeof sessions.SessionList>;
  'end-session': Op<typeof endSession.EndSession, None>;
  'be-found': Op<typeof beFound.BeFound, typeof profile.MyProfile>;
  'stop-being-found': Op<None, typeof profile.MyProfile>;
  'show-public-profile': Op<None, typeof profile.MyProfile>;
  'find-party': Op<typeof findParty.FindParty, typeof findParty.FoundParty>;
}

interface Keeping {
  'get-job': Op<typeof getJob.GetJob, typeof job.Job>;
  'list-jobs': Op<typeof listJobs.ListJobs, typeof listJobs.JobList>;
  'cancel-job': Op<typeof cancelJob.CancelJob, typeof job.Job>;
  'show-vault': Op<None, typeof showVault.VaultShown>;
  'list-items': Op<typeof items.ListItems, typeof items.Items>;
  'list-properties': Op<None, typeof properties.Properties>;
  'list-tags': Op<None, typeof tags.Tags>;
  'put-item': Op<typeof putItem.PutItem, typeof item.Item>;
  'remove-item': Op<typeof removeItem.RemoveItem, None>;
  'restore-item': Op<typeof restoreItem.RestoreItem, typeof item.Item>;
  'remove-items': OnMany;
  'restore-items': OnMany;
  'tag-items': Op<typeof TagItems, typeof Told>;
  'untag-items': Op<typeof TagItems, typeof Told>;
  'item-history': Op<typeof history.ItemHistory, typeof history.Versions>;
  'import-items': Op<typeof importItems.ImportItems, typeof importItems.ImportReport>;
  'list-files': Op<typeof listFiles.ListFiles, typeof listFiles.Files>;
  'show-file': { in: { id: string }; out: z.output<typeof file.FileStands> };
  'begin-file': Op<typeof beginFile.BeginFile, typeof file.FileStands>;
  'put-file-part': { in: { id: string; number: number }; out: { id: string; number: number } };
  'finish-file': { in: { id: string; sha256?: string }; out: z.output<typeof file.FileShown> };
  'cancel-file': { in: { id: string }; out: { id: string } };
  'read-file-part': { in: { id: string; number: number }; out: Blob };
  'rename-file': Op<typeof renameFile.RenameFile, typeof file.FileShown>;
  'remove-files': OnMany;
  'restore-files': OnMany;
  'empty-file-trash': Op<None, typeof erasedFiles.FilesErased>;
  'list-roster': Op<None, typeof roster.Roster>;
  'show-terms': Op<None, typeof terms.MyTerms>;
  'choose-terms': Op<typeof chooseTerms.ChooseTerms, typeof terms.MyTerms>;
  'proffer-terms': Op<typeof profferTerms.ProfferTerms, typeof proffer.Proffer>;
  'answer-terms': Op<typeof answerTerms.AnswerTerms, typeof proffer.Proffer>;
  'list-proffers': Op<typeof proffers.ListProffers, typeof proffers.Proffers>;
  'load-sample': Op<None, typeof loadSample.Started>;
  'sample-status': Op<typeof sample.ShowSampleStatus, typeof sample.SampleStatus>;
  'remove-sample': Op<None, typeof loadSample.Started>;
  // Their use cases read files with Node's own streams, which the pages' types do not know.
  'export-party': { in: { passphrase: string }; out: Blob };
  'verify-export': { in: { passphrase: string }; out: z.output<typeof archive.Report> };
  'import-party': { in: { passphrase: string }; out: z.output<typeof archive.ImportReport> };
  'remove-party': { in: { passphrase: string }; out: { handle: string; name: string; rows: number } };
}

interface Moving {
  // As above: these use cases read and write files.
  'invite-party': { in: object; out: { id: string; code: string; until: number } };
  'list-move-invitations': { in: object; out: { rows: moving.Move[] } };
  'withdraw-move-invitation': { in: { id: string }; out: moving.Move };
  'move-party': { in: { code: string; passphrase: string }; out: moving.Move };
  'show-move': { in: object; out: { move?: moving.Move; earlier: moving.Move[] } };
  'cancel-move': { in: object; out: moving.Move };
  'take-into-use': { in: { passphrase: string; isAtOnce?: boolean }; out: { handle: string; told: number } };
}

interface Wanting {
  'draft-intent': Op<typeof draft.DraftIntent, typeof reader.Draft>;
  'find-categories': Op<typeof findCategories.FindCategories, typeof findCategories.FoundCategories>;
  'find-places': Op<typeof findPlaces.FindPlaces, typeof findPlaces.FoundPlaces>;
  'preview-cast': Op<typeof preview.PreviewCast, typeof preview.CastPreview>;
  'cast-intent': Op<typeof cast.CastIntent, typeof cast.CastAnswer>;
  'list-intents': Op<typeof intents.ListIntents, typeof intents.IntentList>;
  'get-intent': Op<typeof getIntent.GetIntent, typeof intent.Intent>;
  'widen-intent': Op<typeof widen.WidenIntent, typeof cast.CastAnswer>;
  'close-intent': Op<typeof closeIntent.CloseIntent, typeof intent.Intent>;
  'list-offers': Op<typeof offers.ListOffers, typeof offers.OfferList>;
  'decline-offer': Op<typeof declineOffer.DeclineOffer, typeof declineOffer.Declined>;
  'close-intents': OnMany;
  'decline-offers': OnMany;
  'list-markets': Op<None, typeof markets.MarketList>;
  'show-market': Op<typeof market.ShowMarket, typeof market.Market>;
  'add-market': Op<typeof addMarket.AddMarket, typeof addMarket.AddedMarkets>;
  'forget-market': Op<typeof forgetMarket.ForgetMarket, typeof forgetMarket.MarketForgotten>;
  'list-cells': Op<typeof cells.ListCells, typeof cells.CellList>;
  'show-today': Op<None, typeof today.Today>;
  'dismiss-restored-note': Op<None, None>;
  'list-deliveries': Op<typeof delivery.ListDeliveries, typeof delivery.DeliveryList>;
  'retry-delivery': Op<typeof stuck.DeliveryId, None>;
  'drop-delivery': Op<typeof stuck.DeliveryId, None>;
  'retry-deliveries': OnMany;
  'drop-deliveries': OnMany;
}

interface Selling {
  'open-storefront': Op<typeof openStorefront.OpenStorefront, typeof desk.Storefront>;
  'list-storefronts': Op<None, typeof storefronts.StorefrontList>;
  'publish-listing': Op<typeof publish.PublishListing, typeof desk.Listing>;
  'list-listings': Op<typeof listings.ListListings, typeof listings.ListingList>;
  'import-listings': Op<typeof importListings.ImportListings, typeof importListings.ImportStarted>;
  'set-stock': Op<typeof stock.SetStock, typeof desk.Listing>;
  'withdraw-listing': Op<typeof withdraw.WithdrawListing, typeof desk.Listing>;
  'withdraw-listings': OnMany;
  'list-casts': Op<typeof casts.ListCasts, typeof casts.CastList>;
  'answer-intent': Op<typeof answer.AnswerIntent, typeof desk.OwnAnswer>;
  'decline-cast': Op<typeof declineCast.DeclineCast, typeof desk.SeenCast>;
  'decline-casts': OnMany;
  'list-answers': Op<typeof answers.ListAnswers, typeof answers.AnswerList>;
}

interface Dealing {
  'preview-accept': Op<typeof previewAccept.PreviewAccept, typeof previewAccept.AcceptPreview>;
  'accept-offer': Op<typeof accept.AcceptOffer, typeof accept.Accepted>;
  'get-agreement': Op<typeof agreement.GetAgreement, typeof agreement.AgreementView>;
  'invite-person': Op<typeof invitePerson.InvitePerson, typeof invitePerson.Invited>;
  'read-invitation': Op<typeof readInvitation.ReadInvitation, typeof readInvitation.InvitationRead>;
  'accept-invitation': Op<
    typeof acceptInvitation.AcceptInvitation,
    typeof acceptInvitation.InvitationAccepted
  >;
  'answer-acceptance': Op<
    typeof answerAcceptance.AnswerAcceptance,
    typeof answerAcceptance.AcceptanceAnswered
  >;
  'list-invitations': Op<typeof invitations.ListInvitations, typeof invitations.Invitations>;
  'withdraw-invitation': Op<typeof withdrawInvitation.WithdrawInvitation, typeof invitations.InvitationView>;
  'list-relationships': Op<typeof relationships.ListRelationships, typeof relationships.RelationshipList>;
  'get-relationship': Op<typeof relationship.GetRelationship, typeof relationship.RelationshipDetail>;
  'confirm-keys': Op<typeof confirmKeys.ConfirmKeys, typeof confirmKeys.KeysConfirmed>;
  'write-expectations': Done & { in: z.input<typeof expectations.WriteExpectations> };
  'pause-relationship': Done & { in: z.input<typeof lifecycle.WithReason> };
  'resume-relationship': Done & { in: z.input<typeof lifecycle.RelationshipId> };
  'end-relationship': Done & { in: z.input<typeof lifecycle.WithReason> };
  'list-owed': Op<None, typeof owed.OwedList>;
  'share-items': Op<typeof shareItems.ShareItems, typeof shareItems.ItemsShared>;
  'stop-sharing': Op<typeof share.StopSharing, typeof share.SharingStopped>;
  'give-readable': Op<typeof giveReadable.GiveReadable, typeof giveReadable.GivenReadable>;
  'show-their-key': Op<typeof theirKey.ShowTheirKey, typeof theirKey.TheirKeyShown>;
  'give-from-device': Op<typeof fromDevice.GiveFromDevice, typeof fromDevice.GivenFromDevice>;
  'open-grant': Op<typeof openGrant.OpenGrant, typeof openGrant.OpenedGrant>;
  'state-deletion': Done & { in: z.input<typeof stateDeletion.StateDeletion> };
  'list-grants': Op<typeof grants.ListGrants, typeof grants.GrantList>;
  'show-sharing': Op<typeof sharing.ShowSharing, typeof sharing.Sharing>;
  'get-consent-record': Op<typeof consentRecord.GetConsentRecord, typeof consent.ConsentRecord>;
  'send-message': Op<typeof send.SendMessage, typeof send.Sent>;
  'list-messages': Op<typeof messages.ListMessages, typeof messages.MessageList>;
  'mark-read': Op<typeof messages.MarkRead, None>;
  'list-commitments': Op<typeof commitments.ListCommitments, typeof commitments.CommitmentList>;
  'fulfil-commitment': Op<typeof fulfil.FulfilCommitment, typeof settle.Settled>;
  'confirm-commitment': Op<typeof confirm.ConfirmCommitment, typeof settle.Settled>;
  'write-review': Op<typeof review.WriteReview, typeof settle.Settled>;
  'list-reviews': Op<typeof commitments.ListReviews, typeof commitments.ReviewList>;
}

/** The operations the pages call, by their names in the table of operations. */
interface Operations extends Parties, Keeping, Moving, Wanting, Selling, Dealing, Trusting {}

export type Name = keyof Operations;
export type In<N extends Name> = Operations[N]['in'];
export type Out<N extends Name> = Operations[N]['out'];
