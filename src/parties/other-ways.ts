import type { Instant } from '../kernel/clock.ts';
import type { HomeId } from '../kernel/ids.ts';
import { tables, type View } from '../storage/index.ts';
import { NODE_HOME } from './model.ts';

interface Tables {
  passkeys: { home_id: string; id: string };
  recovery_shares: { home_id: string };
  sessions: { home_id: string; party: string; scopes: string | null; expires_at: number };
}

/**
 * How many ways stay open when the passphrase becomes another: passkeys, shares, programs' tokens, and the recovery code,
 * of which there is always one. Whoever knew the passphrase may have made any of them.
 */
export async function countOtherWays(view: View, home: HomeId, now: Instant): Promise<number> {
  const db = tables<Tables>(view);
  const passkeys = await db.selectFrom('passkeys').select('id').where('home_id', '=', home).execute();
  const shares = await db
    .selectFrom('recovery_shares')
    .select('home_id')
    .where('home_id', '=', home)
    .execute();
  const tokens = await db
    .selectFrom('sessions')
    .select('party')
    .where('home_id', '=', NODE_HOME)
    .where('party', '=', home)
    .where('scopes', 'is not', null)
    .where('expires_at', '>', now)
    .execute();
  return passkeys.length + shares.length + tokens.length + 1;
}
