import { Link } from 'react-router';
import type { Failure } from '../../api/failure.ts';
import { t } from '../../i18n/index.ts';

/** Nothing goes out before the recovery code is on paper: the way to it, where that was why. */
export function ToRecovery({ failure }: { failure: Failure | undefined }) {
  if (failure?.code !== 'recovery-unseen') return null;
  return (
    <p className="sans">
      <Link to="/settings/devices#recovery">{t.settings.recovery}</Link>
    </p>
  );
}
