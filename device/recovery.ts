import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { unseen } from './begin.ts';
import { draftOver } from './draft.ts';
import { wayShut } from './failures.ts';
import { addWay, takeWays } from './keys.ts';
import { passphraseWay, RECOVERY } from './names.ts';
import { howHere, newRecoveryCode, splitPassphrase } from './passphrase.ts';
import { act, renew, type Session } from './session.ts';
import { openWay } from './ways.ts';

/** Shows a recovery code, and says whether its owner has it on paper. */
export type Written = (recoveryCode: string) => Promise<boolean>;

/**
 * A new recovery code in the place of the one until now, which opens nothing from then on, neither at the node nor here. The
 * passphrase is looked at here first, so that a slip in it changes nothing. Fails with `way-shut`, `recovery-code-unseen`.
 */
export async function renewRecoveryCode(
  session: Session,
  passphrase: string,
  written: Written,
): Promise<Result<undefined>> {
  const { s, whose } = session;
  const state = await renew(session);
  if (isFailure(state)) return state;
  const how = howHere(state.value.passphrase);
  if (isFailure(how)) return how;
  const name = passphraseWay(how.value.salt);
  const { forNode, wayKey } = await splitPassphrase(s, passphrase, how.value);
  const way = state.value.ways.get(name);
  if (!way || !(await openWay(whose.home, name, wayKey, way.octets))) return wayShut('passphrase');
  const code = await newRecoveryCode(s);
  if (!(await written(code.text))) return unseen();
  const made = await s.call('show-recovery-code', { passphrase: forNode, made: code.forNode });
  if (isFailure(made)) return made;
  const { entry } = session;
  if (entry.name === RECOVERY) session.entry = { ...entry, wayKey: code.wayKey };
  return act(session, async (now) => {
    const draft = draftOver(now);
    await takeWays(s, draft, [RECOVERY]);
    await addWay(s, draft, RECOVERY, code.wayKey);
    draft.remove.delete(RECOVERY);
    return ok({ value: undefined, draft });
  });
}
