import { Page, Section } from '../../components/Page.tsx';
import { t } from '../../i18n/index.ts';
import { MoveParty } from '../moving/MoveParty.tsx';
import { ExportParty } from './ExportParty.tsx';
import { ImportParty } from './ImportParty.tsx';
import { RemoveParty } from './RemoveParty.tsx';
import { VerifyExport } from './VerifyExport.tsx';

/** Everything one needs to go: take it along, prove that it is whole, bring it elsewhere, remove it here. */
export default function Leave() {
  return (
    <Page title={t.leave.title} lead={t.leave.lead}>
      <div className="register">
        <Section title={t.moving.title}>
          <MoveParty />
        </Section>
        <Section title={t.leave.export}>
          <ExportParty />
        </Section>
        <Section title={t.leave.verify}>
          <VerifyExport />
        </Section>
        <Section title={t.leave.import}>
          <ImportParty />
        </Section>
        <Section title={t.leave.remove}>
          <RemoveParty />
        </Section>
      </div>
    </Page>
  );
}
