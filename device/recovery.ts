import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import { unseen } from './begin.ts';
import { rememberCode } from './codes.ts';
import { draftOver } from './draft.ts';
import { codeHalf, wayShut } from './failures.ts';
import { addWay, openByPassphrase, takeWays } from './keys.ts';
import { NEXT_RECOVERY, RECOVERY } from './names.ts';
import { newRecoveryCode } from './passphrase.ts';
import { act, renew, type Session } from './session.ts';

/** Shows a recovery code, and says whether its owner has it on paper. */
export type Written = (recoveryCode: string) => Promise<boolean>;

/**
 * A new recovery code in the place of the one until now, which opens nothing from then on, neither at the node nor here. It is
 * a way into the vault before the node knows it, so that wherever this is interrupted the code that the node knows opens the
 * vault; then both papers do, until a code is made again. Fails with `way-shut`, `recovery-code-unseen`, `recovery-code-half`.
 */
export async function renewRecoveryCode(
  session: Session,
  passphrase: string,
  written: Written,
): Promise<Result<undefined>> {
  const { s } = session;
  const state = await renew(session);
  if (isFailure(state)) return state;
  const halves = await openByPassphrase(s, state.value, passphrase);
  if (isFailure(halves)) return halves;
  if (!halves.value) return wayShut('passphrase');
  const code = await newRecoveryCode(s);
  if (!(await written(code.text))) return unseen();
  await rememberCode(s, code.wayKey);
  const added = await act(session, async (now) => {
    const draft = draftOver(now);
    await addWay(s, draft, NEXT_RECOVERY, code.wayKey);
    return ok({ value: undefined, draft });
  });
  if (isFailure(added)) return added;
  const made = await s.call('show-recovery-code', {
    passphrase: halves.value.forNode,
    made: code.forNode,
  });
  if (isFailure(made)) return codeHalf(made);
  const { entry } = session;
  const isByCode = entry.name === RECOVERY || entry.name === NEXT_RECOVERY;
  if (isByCode) session.entry = { ...entry, name: RECOVERY, wayKey: code.wayKey };
  const settled = await act(session, async (now) => {
    const draft = draftOver(now);
    await takeWays(s, draft, [RECOVERY, NEXT_RECOVERY]);
    await addWay(s, draft, RECOVERY, code.wayKey);
    draft.remove.delete(RECOVERY);
    return ok({ value: undefined, draft });
  });
  return isFailure(settled) ? codeHalf(settled) : settled;
}
