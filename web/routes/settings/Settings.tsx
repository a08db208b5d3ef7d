import { useAsk } from '../../api/queries.ts';
import { LinkButton } from '../../components/Button.tsx';
import { useHashTarget } from '../../components/hash-target.ts';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { t } from '../../i18n/index.ts';
import { Invitations } from '../moving/Invitations.tsx';
import { BeFound } from './BeFound.tsx';
import { Look } from './Look.tsx';
import { NodeReach } from './NodeReach.tsx';
import { Rename } from './Rename.tsx';
import { SampleMarket } from './SampleMarket.tsx';
import { Tokens } from './Tokens.tsx';

export default function Settings() {
  const who = useAsk('who-am-i', {});
  const acting = who.data?.acting;
  useHashTarget(acting !== undefined);
  return (
    <Page title={t.settings.title}>
      <Problem failure={who.failure} again={who.again} />
      {acting ? (
        <div className="register">
          <Section title={t.settings.look}>
            <Look />
          </Section>
          <Section title={t.settings.sample} id="sample">
            <SampleMarket />
          </Section>
          <Section title={t.settings.name}>
            <Rename key={acting.name} party={acting} />
          </Section>
          <Section title={t.discovery.title} id="found">
            <BeFound key={acting.handle} party={acting} />
          </Section>
          <Section title={t.devices.title} id="devices">
            <div className="stack">
              <p>{t.devices.fromSettings}</p>
              <div>
                <LinkButton to="/settings/devices">{t.devices.open}</LinkButton>
              </div>
            </div>
          </Section>
          <Section title={t.settings.tokens}>
            <Tokens />
          </Section>
          {who.data?.isOperator ? (
            <Section title={t.settings.node}>
              <NodeReach />
            </Section>
          ) : null}
          <Invitations />
        </div>
      ) : null}
    </Page>
  );
}
