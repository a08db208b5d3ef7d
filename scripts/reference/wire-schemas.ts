import { z } from 'zod';
import { Agreement, Introduction, Refusal, Ticket } from '../../src/agreements/model.ts';
import { Profile } from '../../src/discovery/model.ts';
import { READERS } from '../../src/handlers.ts';
import {
  ACQUAINTANCE,
  Acquaintance,
  Refusal as AcquaintanceRefusal,
  INVITATION,
  Invitation,
  REFUSAL,
} from '../../src/invitations/model.ts';
import { amount, civilDate, id, instant, line, text } from '../../src/kernel/schema.ts';
import {
  Address,
  Answer,
  Attestation,
  Attributes,
  base64url,
  Cast,
  CastClosed,
  Cell,
  Hold,
  Listing,
  MarketDocument,
  Outcome,
  price,
  publicKey,
  QuoteDeclined,
  Standing,
  StockNote,
  Storefront,
  salt,
  Table,
  Take,
  rosterId as termsId,
  Wire,
  Withdrawal,
} from '../../src/market/index.ts';
import { HandOver, Answer as MoveAnswer } from '../../src/moving/documents.ts';
import { countryCodes } from '../../src/places/countries.ts';
import { Interaction } from '../../src/proffers/model.ts';
import { rosterId } from '../../src/terms/index.ts';
import { ROSTER } from '../../src/terms/roster.ts';

const key = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const hash = z.string().length(43);
const type = <T extends string>(name: T) => ({ type: z.literal(name), v: z.literal(1) });

/** Documents that are read member by member (parties/identity.ts, identity-change.ts, relay/gateway-keys.ts). */
const Identity = z.object({ ...type('identity'), root: key, recovery: hash, nodeKey: key, address: Address });
const IdentityChange = z.object({
  ...type('identity-change'),
  identity: hash,
  number: z.int().min(1),
  prev: hash,
  signer: key,
  root: key,
  recovery: hash,
  nodeKey: key,
  address: Address,
});
const GatewayKeys = z.object({ ...type('gateway-keys'), host: z.string(), keys: z.string(), until: z.int() });

/** Every type of document that anybody signs, by its `type`. */
export const DOCUMENTS: Readonly<Record<string, z.ZodType>> = {
  identity: Identity,
  'identity-change': IdentityChange,
  agreement: Agreement,
  refusal: Refusal,
  introduction: Introduction,
  ticket: Ticket,
  storefront: Storefront,
  listing: Listing,
  'listing-withdrawal': Withdrawal,
  'listing-stock': StockNote,
  answer: Answer,
  cast: Cast,
  'cast-closed': CastClosed,
  hold: Hold,
  'quote-declined': QuoteDeclined,
  attestation: Attestation,
  cells: Table,
  market: MarketDocument,
  outcome: Outcome,
  'agreement-interaction': Interaction,
  'gateway-keys': GatewayKeys,
  profile: Profile,
  'move-answer': MoveAnswer,
  'hand-over': HandOver,
  [INVITATION]: Invitation,
  [ACQUAINTANCE]: Acquaintance,
  [REFUSAL]: AcquaintanceRefusal,
};

/** What JSON Schema cannot say of these is said in `description`; each is named so that a reader can do it. */
const NAMED: Readonly<Record<string, readonly [z.ZodType, string]>> = {
  line: [
    line,
    'Length counted in UTF-16 code units after white space at both ends is taken off (see "Terms" in wire.md). No control characters (Unicode category Cc), none of U+202A to U+202E and U+2066 to U+2069, and at least one letter, digit, punctuation mark or symbol (categories L, N, P, S).',
  ],
  text: [text, 'Length in UTF-16 code units. No control characters (Cc) but U+0009, U+000A and U+000D.'],
  id: [id, ''],
  instant: [instant, 'Milliseconds since 1970-01-01T00:00Z.'],
  civilDate: [civilDate, 'YYYY-MM-DD, a day that exists in the Gregorian calendar.'],
  amount: [amount, 'See "Amounts" in wire.md: a known unit, a canonical whole number within 2^63 - 1 of 0.'],
  price: [price, 'An amount that is not below 0.'],
  take: [Take, 'Its unit and value are those of a price.'],
  address: [Address, ''],
  attributes: [Attributes, 'At most 40 members.'],
  cell: [Cell, 'See "Cells" in wire.md for area and budget.'],
  wire: [Wire, 'A signed document in its wire form; what is in it is checked where wire.md says so.'],
  standing: [Standing, ''],
  base64url: [base64url, ''],
  publicKey: [publicKey, 'An Ed25519 public key in base64url.'],
  salt: [salt, ''],
  termsId: [termsId, ''],
  rosterId: [rosterId, 'Terms of the roster in any spelling; see "Terms" in wire.md.'],
};

/** docs/reference/wire-schemas.json: the form of everything signed, as JSON Schema 2020-12. */
export function wireSchemas(): string {
  const metadata = z.registry<{ id: string; description?: string }>();
  for (const [name, [schema, description]] of Object.entries(NAMED))
    metadata.add(schema, description === '' ? { id: name } : { id: name, description });
  const defs: Record<string, unknown> = {};
  const shape = (schema: z.ZodType): Record<string, unknown> => {
    const {
      $schema: _,
      $defs = {},
      ...made
    } = z.toJSONSchema(schema, {
      metadata,
      io: 'input',
      unrepresentable: 'any',
    });
    Object.assign(defs, $defs);
    return made;
  };
  const documents = Object.fromEntries(Object.entries(DOCUMENTS).map(([name, it]) => [name, shape(it)]));
  const records = Object.fromEntries(
    [...READERS]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, readers]) => [name, { allOf: unlike(readers.map((reader) => shape(reader.content))) }]),
  );
  const told = shape(Standing);
  const ordered = Object.fromEntries(Object.entries(defs).sort(([a], [b]) => (a < b ? -1 : 1)));
  const whole = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    documents,
    records,
    standing: told,
    $defs: ordered,
    units: [...Intl.supportedValuesOf('currency'), 'favour', 'goods', 'hours'],
    countries: [...countryCodes].sort(),
    terms: ROSTER.map(({ id, iri, aliases }) => ({ id, iri, aliases })),
  };
  return `${JSON.stringify(whole, undefined, 1)}\n`;
}

/** What several readers of one record ask of it in the same words is said once. */
function unlike(shapes: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  return [...new Map(shapes.map((it) => [JSON.stringify(it), it])).values()];
}
