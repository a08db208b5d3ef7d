import { t } from '../i18n/index.ts';
import { passkeysHere, sameUnderName } from './where.ts';

/** Why no passkey can be used on this page, and where it can; nothing where it can here. */
export function PasskeysElsewhere() {
  const possible = passkeysHere();
  if (possible === 'yes') return null;
  if (possible !== 'needs-name') return <p className="hint">{t.devices.notHere[possible]}</p>;
  const address = sameUnderName();
  return (
    <p className="hint">
      {t.devices.needsName} <a href={address}>{address}</a> {t.devices.needsNameThen}
    </p>
  );
}
