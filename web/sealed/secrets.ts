import {
  isSplitThere,
  newPassphrase,
  passphraseFor,
  readRecoveryCode,
  staysHere,
} from '../../device/index.ts';
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
  const asked = typeof given === 'string' ? given : undefined;
  let split: boolean | undefined;
  return async (kind, field, text) => {
    // Nothing is nobody's passphrase, and the node says so.
    if (text === '') return text;
    if (kind === 'plain') return seen(field, text);
    const handle = asked ?? (await actingNow());
    if (handle === undefined) return seen(field, text);
    if (kind === 'known') return taken(await passphraseFor(here, handle, text));
    split ??= taken(await isSplitThere(here, handle));
    if (!split) return kind === 'code' ? text : seen(field, text);
    if (kind === 'code') return (await readRecoveryCode(text))?.forNode ?? refuse('codeUnreadable', field);
    const made = await newPassphrase(here, text);
    if (!made.ok) throw new Failed({ ...made, fields: { [field]: made.message } });
    return made.value.forNode;
  };
}

/** Of a passphrase that opens what is sealed, here or elsewhere, no node gets to see anything. */
async function seen(field: string, text: string): Promise<string> {
  return (await staysHere(here, text)) ? refuse('passphraseUsed', field) : text;
}

function refuse(why: 'codeUnreadable' | 'passphraseUsed', field: string): never {
  const said = t.keeping[why];
  throw new Failed({
    code: said.code,
    message: said.message,
    next: said.next,
    fields: { [field]: said.message },
  });
}

/** Who acts, where the tab leaves that to the node. */
async function actingNow(): Promise<string | undefined> {
  return actingHandle() ?? (await askNode('who-am-i', {})).acting?.handle;
}
