import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { useAsk } from '../../api/queries.ts';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { t } from '../../i18n/index.ts';
import { Invitations } from '../moving/Invitations.tsx';
import { BeFound } from './BeFound.tsx';
import { ChangePassphrase } from './ChangePassphrase.tsx';
import { Look } from './Look.tsx';
import { NodeReach } from './NodeReach.tsx';
import { Recovery } from './Recovery.tsx';
import { Rename } from './Rename.tsx';
import { SampleMarket } from './SampleMarket.tsx';
import { Sessions } from './Sessions.tsx';
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
          <Section title={t.settings.recovery}>
            <Recovery party={acting} />
          </Section>
          <Section title={t.settings.passphrase}>
            <ChangePassphrase />
          </Section>
          <Section title={t.settings.sessions}>
            <Sessions />
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

/** A link to one of the sections brings it into view once it is there. */
function useHashTarget(isReady: boolean): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (isReady && hash !== '') document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [isReady, hash]);
}
