import { z } from 'zod';
import { handle, id, instant, line, text } from '../kernel/schema.ts';
import { base64url, Wire } from '../market/index.ts';
import { DISCOVERY_LIMITS } from './limits.ts';

export const PROFILE = 'profile';

export const About = text.max(DISCOVERY_LIMITS.aboutChars);
export const Kind = z.enum(['person', 'organisation', 'market']);
/** `name@host`, in lower case. */
const publicAddress = z.string().regex(/^[a-z0-9-]{1,32}@[a-z0-9.:-]{1,253}$/);

/** Where a party says that it can be met. */
export const Place = z.object({ id: base64url, name: line, host: z.string().min(1).max(253) });
export const Shop = z.object({ id: base64url, name: line, market: Place });

/** What a party that wishes to be found says of itself to everybody; signed by its public identity. */
export const ProfileContent = z.object({
  address: publicAddress,
  did: z.string().max(400),
  name: line,
  kind: Kind,
  about: About,
  /** The public identity: its inception, and the changes of its keys since. */
  identity: Wire,
  changes: z.array(Wire).max(100),
  storefronts: z.array(Shop).max(DISCOVERY_LIMITS.storefronts),
  markets: z.array(Place).max(DISCOVERY_LIMITS.markets),
});
export type ProfileContent = z.infer<typeof ProfileContent>;

export const Profile = ProfileContent.extend({ at: instant, salt: z.string().max(60) });
export type Profile = z.infer<typeof Profile>;

/** What I say of myself to everybody, as I see it. */
export const MyProfile = z.object({
  /** False for whoever does not wish to be found: nothing else is there then, or it is not answered. */
  isFound: z.boolean(),
  name: handle.optional(),
  address: z.string().optional(),
  did: z.string().optional(),
  displayName: line.optional(),
  about: About.optional(),
  showsStorefronts: z.boolean().optional(),
  markets: z.array(Place).optional(),
  /** The key that signs for me in public; it is no key of any relationship. */
  key: id.optional(),
});
export type MyProfile = z.infer<typeof MyProfile>;

export interface ProfileRow {
  home_id: string;
  name: string;
  display_name: string;
  about: string;
  is_with_storefronts: boolean;
  /** `Place[]` as JSON. */
  markets: string;
  /** My public identity under this name. */
  identity: string;
  is_found: boolean;
  /** The signed profile as JSON of its wire form. */
  document: string;
  changed_at: number;
}

export interface DiscoveryTables {
  public_profiles: ProfileRow;
}
