import { ask } from '../api/client.ts';
import type { PasskeyAnswer } from '../api/shapes.ts';
import { useWork } from '../api/work.ts';
import { askPasskey, failed, makePasskey } from './ceremony.ts';

/** A new passkey of this device, which the node does not know yet. */
export function useNewPasskey() {
  return useWork(async () => makePasskey(await ask('prepare-passkey', {})));
}

/** What a passkey answers to come in, and what it tells this page alone, if it does. */
export function usePasskeyToComeIn() {
  return useWork(async () => askPasskey(await ask('prepare-passkey-sign-in', { again: false })));
}

/** What a passkey answers, to say once more who one is. */
export function usePasskeyAnswer() {
  return useWork(async (): Promise<PasskeyAnswer> => {
    return (await askPasskey(await ask('prepare-passkey-sign-in', { again: true }))).answer;
  });
}

/** The same with what the passkey tells this page alone, of one that is in. */
export function usePasskeyTold() {
  return useWork(async (only?: string) => {
    const { told, ...used } = await askPasskey(await ask('prepare-passkey-sign-in', { again: true }), only);
    if (!told) throw failed('passkey-silent');
    return { ...used, told };
  });
}
