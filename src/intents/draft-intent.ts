import { z } from 'zod';
import { civilDateAt } from '../kernel/civil.ts';
import type { HomeId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { text } from '../kernel/schema.ts';
import type { Place } from '../places/index.ts';
import type { View } from '../storage/index.ts';
import { findByProperty } from '../vault/index.ts';
import type { IntentDeps } from './deps.ts';
import type { Draft } from './reader/model.ts';
import { homeQuestion } from './reader/questions.ts';
import { readWant } from './reader/read-want.ts';

export const DraftIntent = z.object({
  sentence: text
    .trim()
    .min(1, 'Say what you want.')
    .max(LIMITS.sentenceChars, `Keep it under ${LIMITS.sentenceChars} characters.`)
    .refine((it) => !/[\n\r\t]/.test(it), 'Write it as one sentence.')
    .describe('What you want, in your own words.'),
  home: z
    .string()
    .regex(/^[A-Z]{2}$/, 'This is not a country code (ISO 3166-1).')
    .optional()
    .describe('The country you are in; that of your own address when left out.'),
  zone: z
    .string()
    .refine(isZone, 'This is not a time zone.')
    .optional()
    .describe(
      'The IANA time zone you are in, which tells what "tomorrow" is; that of My data when left out.',
    ),
});

/** Addresses of a person, the one that most likely tells where they are first. */
const ADDRESSES = [
  'schema:address',
  'schema:deliveryAddress',
  'schema:billingAddress',
  'schema:workLocation',
];

/** Where a person is, as far as they have written it down for themselves. */
interface Whereabouts {
  readonly country?: string;
  readonly town?: Place;
  readonly zone?: string;
}

/**
 * Reads a sentence as a want, on this node and with nothing asked of anybody. What is not plain comes back as a
 * question; nothing is kept.
 */
export async function draftIntent(
  deps: IntentDeps,
  actor: PartyActor,
  input: z.output<typeof DraftIntent>,
): Promise<Result<Draft>> {
  const home = await deps.storage.read((view) => whereabouts(view, deps, actor.home));
  const today = civilDateAt(deps.clock.now(), input.zone ?? home.zone ?? 'UTC');
  const country = input.home ?? home.country;
  const town = country === home.country ? home.town : undefined;
  const near = town && { latE6: town.latE6, lonE6: town.lonE6 };
  const context = { today, ...(country !== undefined && { country }), ...(near && { near }) };
  const draft = readWant(input.sentence, context, deps);
  const isPlaced = draft.fields.place !== undefined || draft.questions.some((it) => it.field === 'place');
  if (isPlaced || !town) return ok(draft);
  return ok({ ...draft, questions: [...draft.questions, homeQuestion(town, deps)] });
}

async function whereabouts(view: View, deps: IntentDeps, home: HomeId): Promise<Whereabouts> {
  const first = async (property: string) => (await findByProperty(view, deps, home, property))[0];
  const found = await Promise.all(ADDRESSES.map(first));
  const parts = found.find((item) => item?.parts?.addressCountry)?.parts;
  const land = parts?.addressCountry ?? (await first('schema:addressCountry'))?.value;
  const country = land === undefined ? undefined : deps.places.findCountry(land);
  const locality = parts?.addressLocality ?? (await first('schema:addressLocality'))?.value;
  const named =
    country === undefined || locality === undefined ? undefined : deps.places.find(locality, { country });
  const [best] = named?.ask === false ? named.matches : [];
  const town = best?.place.country === country ? best?.place : undefined;
  const written = (await first('vcard:tz'))?.value;
  const zone = written !== undefined && isZone(written) ? written : town?.timeZone;
  return {
    ...(country !== undefined && { country }),
    ...(town && { town }),
    ...(zone !== undefined && { zone }),
  };
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
