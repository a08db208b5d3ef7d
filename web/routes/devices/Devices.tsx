import { useAsk } from '../../api/queries.ts';
import type { Device } from '../../api/shapes.ts';
import { useHashTarget } from '../../components/hash-target.ts';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { t } from '../../i18n/index.ts';
import { AddPasskey } from './AddPasskey.tsx';
import { ChangePassphrase } from './ChangePassphrase.tsx';
import { Recovery } from './Recovery.tsx';
import { RecoveryShares } from './RecoveryShares.tsx';
import { Sessions } from './Sessions.tsx';
import { Ways } from './Ways.tsx';

/** Every way to open my party, on devices and on paper, and where it is open now. */
export default function Devices() {
  const who = useAsk('who-am-i', {});
  const devices = useAsk('list-devices', {});
  const party = who.data?.acting;
  const rows = devices.data?.rows;
  useHashTarget(party !== undefined && rows !== undefined);
  return (
    <Page title={t.devices.title} lead={t.devices.lead} back={{ to: '/settings', place: t.settings.title }}>
      <Problem failure={who.failure ?? devices.failure} again={devices.again} />
      {party && rows ? (
        <div className="register">
          <Section title={t.devices.ways} id="ways">
            <Ways rows={rows} />
          </Section>
          <Section title={t.devices.addTitle} id="add">
            <AddPasskey hasAnother={rows.some(opensHere)} />
          </Section>
          <Section title={t.settings.passphrase} id="passphrase">
            <ChangePassphrase hasPasskey={rows.some(opensHere)} />
          </Section>
          <Section title={t.settings.recovery} id="recovery">
            <Recovery party={party} />
          </Section>
          <Section title={t.devices.sharesTitle} id="shares">
            <RecoveryShares areOut={rows.some((row) => row.kind === 'recovery-shares')} />
          </Section>
          <Section title={t.settings.sessions} id="sessions">
            <Sessions />
          </Section>
        </div>
      ) : null}
    </Page>
  );
}

/** A passkey that can stand in for the passphrase on this page. */
function opensHere(row: Device): boolean {
  return row.kind === 'passkey' && row.opensKeys && row.isHere === true;
}
