import type { z } from 'zod';
import type * as commitments from '../../src/commitments/model.ts';
import type * as grants from '../../src/grants/model.ts';
import type * as wants from '../../src/intents/model.ts';
import type * as preview from '../../src/intents/preview-cast.ts';
import type * as reader from '../../src/intents/reader/model.ts';
import type * as jobs from '../../src/jobs/model.ts';
import type * as kernel from '../../src/kernel/schema.ts';
import type { In, Out } from './operations.ts';

/** The shapes that pages name; their truth is the rooms' schemas. */
export type Amount = z.output<typeof kernel.amount>;
export type WhoAmI = Out<'who-am-i'>;
export type Party = WhoAmI['parties'][number];
export type Job = jobs.Job;

export type Item = Out<'put-item'>;
export type FileShown = Out<'rename-file'>;
export type ItemCategory = Item['category'];
export type ItemVersion = Out<'item-history'>['rows'][number];
export type VaultShown = Out<'show-vault'>;
export type Property = Out<'list-properties'>['rows'][number];
export type ImportReport = Out<'import-items'>;
export type RosterEntry = Out<'list-roster'>['rows'][number];

export type Place = wants.IntentPlace;
export type IntentFields = z.output<typeof wants.IntentFields>;
export type Draft = reader.Draft;
export type Question = reader.Question;
export type Intent = Out<'get-intent'>;
export type Standing = wants.Standing;
export type Offer = wants.Offer;
export type CastChoice = preview.CastChoice;
export type CastPreview = preview.CastPreview;

export type InvitationRow = Out<'list-invitations'>['rows'][number];
export type InvitationRead = Out<'read-invitation'>;
export type RelationshipRow = Out<'list-relationships'>['rows'][number];
export type Relationship = Out<'get-relationship'>;
export type Move = Out<'move-party'>;
export type TimelineEntry = Relationship['timeline'][number];
export type Message = Out<'list-messages'>['rows'][number];
export type Grant = grants.Grant;
export type SharingRow = Out<'show-sharing'>['rows'][number];
export type Proof = Out<'list-proofs'>['rows'][number];
export type ProofIssuer = Proof['issuer'];
export type ProofRequest = Out<'list-proof-requests'>['rows'][number];
export type ProofRequestLine = ProofRequest['lines'][number];
export type Commitment = commitments.Commitment;
export type Outcome = commitments.Outcome;
export type Agreement = Out<'get-agreement'>;

export type Rule = Out<'put-rule'>;
export type RuleDraft = Pick<Rule, 'name' | 'whom' | 'purpose' | 'steps'>;
export type RuleStep = Rule['steps'][number];
export type RuleWhom = RuleDraft['whom'];
export type RulePreview = Out<'preview-rule'>;
export type RuleTrial = Out<'try-rule'>;
export type RuleWhy = RulePreview['rows'][number]['gives'][number]['why'];
export type NeverEntry = Out<'list-rules'>['never'][number];
export type ReleaseRow = Out<'list-releases'>['rows'][number];
export type NextStep = NonNullable<Out<'show-next'>['rows'][number]['next']>;

export type PublicProfile = Out<'show-public-profile'>;
export type FoundParty = Out<'find-party'>;

export type Token = Out<'list-tokens'>['rows'][number];
export type Scope = Token['scopes'][number];
export type Device = Out<'list-devices'>['rows'][number];
export type PasskeyToMake = Out<'prepare-passkey'>;
export type PasskeyToUse = Out<'prepare-passkey-sign-in'>;
export type PasskeyMade = Pick<In<'add-passkey'>, 'passkey' | 'opener'>;
export type PasskeyAnswer = In<'sign-in-with-passkey'>;
export type Session = Out<'list-sessions'>['rows'][number];

export type AcceptPreview = Out<'preview-accept'>;
export type AskedField = AcceptPreview['asks'][number];
export type Market = Out<'show-market'>;
export type PublishedCell = Out<'list-cells'>['rows'][number];
export type Listing = Out<'list-listings'>['rows'][number];
export type SeenCast = Out<'list-casts'>['rows'][number];
export type OwnAnswer = Out<'list-answers'>['rows'][number];
export type SentThing = Out<'list-deliveries'>['rows'][number];
export type Today = Out<'show-today'>;
export type Proffer = Out<'list-proffers'>['rows'][number];
export type ArchiveReport = Out<'verify-export'>;
