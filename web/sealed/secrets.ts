import { newPassphrase, passphraseFor, readRecoveryCode, staysHere } from '../../device/index.ts';
import { actingHandle } from '../api/acting.ts';
import { askNode } from '../api/client.ts';
import { Failed } from '../api/failure.ts';
import type { Secret } from '../api/secret-fields.ts';
import { t } from '../i18n/index.ts';
import { taken } from './results.ts';
import { here } from './surroundings.ts';

/** What the node gets in the place of what opens a party: of whoever has sealed something, never the thing itself. */
export async function sentFor(
  given: unknown,
): Promise<(kind: Secret, field: string, text: string) => Promise<string>> {
  const handle = typeof given === 'string' ? given : await actingNow();
  if (handle === undefined) return async (_kind, _field, text) => text;
  let stays: boolean | undefined;
  return async (kind, field, text) => {
    if (kind === 'known') return taken(await passphraseFor(here, handle, text));
    stays ??= taken(await staysHere(here, handle));
    if (!stays) return text;
    if (kind === 'code') return (await readRecoveryCode(text))?.forNode ?? noCode(field);
    const made = await newPassphrase(here, text);
    if (!made.ok) throw new Failed({ ...made, fields: { [field]: made.message } });
    return made.value.forNode;
  };
}

function noCode(field: string): never {
  throw new Failed({
    code: 'code-unreadable',
    ...t.keeping.codeUnreadable,
    fields: { [field]: t.keeping.codeUnreadable.message },
  });
}

/** Who acts, where the tab leaves that to the node. */
async function actingNow(): Promise<string | undefined> {
  return actingHandle() ?? (await askNode('who-am-i', {})).acting?.handle;
}
