import { z } from 'zod';
import { civilDateAt } from '../kernel/civil.ts';
import type { HomeId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { text } from '../kernel/schema.ts';
import { countryCodes } from '../places/index.ts';
import type { View } from '../storage/index.ts';
import { findByProperty } from '../vault/index.ts';
import type { IntentDeps } from './deps.ts';
import { Draft } from './reader/model.ts';
import { readWant } from './reader/read-want.ts';

const ZONE = /^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){0,2}$/;

export const DraftIntent = z.object({
  sentence: text
    .min(1, 'Write what you want.')
    .max(LIMITS.sentenceChars, `Keep it under ${LIMITS.sentenceChars} characters.`)
    .describe('What you want, in your own words; it stays here.'),
  home: z
    .string()
    .regex(/^[A-Z]{2}$/, 'This is not a country code (ISO 3166-1).')
    .optional()
    .describe('The country you are in; that of your own address when left out.'),
  zone: z
    .string()
    .regex(ZONE)
    .refine(isZone, 'This is not a time zone.')
    .default('UTC')
    .describe('Your time zone (IANA), for words such as tomorrow.'),
});
export { Draft };

/** Reads a sentence into a structured want for its writer to correct. Asks rather than guesses; sends nothing. */
export async function draftIntent(
  deps: IntentDeps,
  actor: PartyActor,
  input: z.output<typeof DraftIntent>,
): Promise<Result<Draft>> {
  const country = input.home ?? (await deps.storage.read((view) => homeCountry(view, actor.home)));
  const today = civilDateAt(deps.clock.now(), input.zone);
  return ok(readWant(input.sentence, { today, ...(country && { country }) }, deps));
}

/** The country of the first address among my data, when it is written as a code. */
async function homeCountry(view: View, home: HomeId): Promise<string | undefined> {
  const addresses = await findByProperty(view, home, 'schema:address');
  const known = new Set<string>(countryCodes);
  return addresses
    .map((item) => item.parts?.addressCountry?.trim().toUpperCase())
    .find((code) => code !== undefined && known.has(code));
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
