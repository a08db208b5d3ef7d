import { z } from 'zod';
import type { PartyActor } from '../kernel/operation.ts';
import { assert, ok, type Result } from '../kernel/result.ts';
import { id, instant, line } from '../kernel/schema.ts';
import { getPartyRow, getSecrets, listSessions, wayTimes } from '../parties/index.ts';
import type { BaseDeps } from '../storage/index.ts';
import type { PasskeyRow } from './model.ts';
import { siteOf } from './site.ts';
import { getShares, passkeysOf } from './store.ts';

export const Way = z.enum(['passphrase', 'passkey', 'recovery-code', 'recovery-shares']);

export const DeviceList = z.object({
  rows: z.array(
    z.object({
      /** Of a passkey its own; else the kind, since there is one of each. */
      id,
      kind: Way,
      /** What I call the device; only a passkey has a name. */
      name: line.optional(),
      /** False for a passkey that signs in only, and for a recovery code that is not on paper yet. */
      opensKeys: z.boolean(),
      /** The name in the address at which a passkey works, and whether that is this one. */
      site: z.string().optional(),
      isHere: z.boolean().optional(),
      /** A service copies this passkey to other devices. */
      isSynced: z.boolean().optional(),
      /** Browsers that are signed in with it. */
      sessions: z.int().optional(),
      madeAt: instant,
      usedAt: instant.optional(),
    }),
  ),
});
type Row = z.output<typeof DeviceList>['rows'][number];

/** Every way to open my party: when it was made, and when it was last used on this node. */
export async function listDevices(
  deps: BaseDeps,
  actor: PartyActor,
): Promise<Result<z.output<typeof DeviceList>>> {
  const sessions = await listSessions(deps, actor.home);
  const now = deps.clock.now();
  const site = siteOf(actor);
  const here = site.ok ? site.value.name : undefined;
  return deps.storage.read(async (view) => {
    const party = await getPartyRow(view, actor.home);
    const secrets = await getSecrets(view, actor.home);
    assert(party && secrets, 'an acting party has a row and secrets');
    const times = await wayTimes(view, actor.home);
    const way = (kind: Exclude<Row['kind'], 'passkey'>, madeAt: number, opensKeys: boolean): Row => {
      const { made_at = null, used_at = null } = times.get(kind) ?? {};
      return {
        ...{ id: kind, kind, opensKeys, madeAt: made_at ?? madeAt },
        ...(used_at !== null && { usedAt: used_at }),
      };
    };
    const shares = await getShares(view, actor.home);
    const passkeys = (await passkeysOf(view, actor.home)).map((row) => {
      const open = sessions.filter((it) => it.passkey === row.id && it.expires_at > now).length;
      return passkeyRow(row, here, open);
    });
    return ok({
      rows: [
        way('passphrase', party.created_at, true),
        ...passkeys,
        way('recovery-code', party.created_at, secrets.recovery_shown_at !== null),
        ...(shares ? [way('recovery-shares', shares.made_at, true)] : []),
      ],
    });
  });
}

function passkeyRow(row: PasskeyRow, here: string | undefined, sessions: number): Row {
  return {
    id: row.id,
    kind: 'passkey',
    name: row.name,
    opensKeys: row.wrapped !== null,
    site: row.site,
    isHere: row.site === here,
    isSynced: row.is_synced,
    sessions,
    madeAt: row.made_at,
    ...(row.used_at !== null && { usedAt: row.used_at }),
  };
}
