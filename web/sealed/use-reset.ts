import { ask } from '../api/client.ts';
import { Failed } from '../api/failure.ts';
import { useAct } from '../api/queries.ts';
import { useWork } from '../api/work.ts';
import { t } from '../i18n/index.ts';
import { askPasskey } from '../passkeys/ceremony.ts';
import { useAdoptHere } from './use-passphrases.ts';
import { wayOf } from './use-ways.ts';

/** A new passphrase by a passkey that opens everything: set at the node, and made a way to what is sealed. */
export function useResetHere() {
  const asking = useWork(async () => {
    const used = await askPasskey(await ask('prepare-passkey-sign-in', { again: true }));
    const { ways } = await ask('show-vault', {});
    if (used.told && ways.some((way) => way.name === wayOf(used.passkey)))
      return { ...used, told: used.told };
    throw new Failed({ code: 'passkey-no-way', ...t.keeping.noWay });
  });
  const reset = useAct('reset-passphrase');
  const adopt = useAdoptHere();
  const all = [asking, reset, adopt];
  const run = async (newPassphrase: string) => {
    const used = await asking.run();
    if (!used || !(await reset.run({ again: used.answer, newPassphrase }))) return undefined;
    return adopt.run({ passkey: used.passkey, told: used.told }, newPassphrase);
  };
  const forget = () => {
    for (const one of all) one.forget();
  };
  return {
    run,
    forget,
    failure: all.find((one) => one.failure)?.failure,
    isBusy: all.some((one) => one.isBusy),
  };
}
