import { useParams } from 'react-router';
import { useAsk } from '../../api/queries.ts';
import type { Agreement as AgreementOf, Relationship } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Facts } from '../../components/Facts.tsx';
import { State } from '../../components/figures.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { PromiseList } from '../../components/PromiseList.tsx';
import { usePropertyLabel } from '../../components/property-label.ts';
import { formatDate, formatDay, formatExact } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { TermsText } from '../terms/TermsText.tsx';

/** What both signed, fit for paper. */
export default function Agreement() {
  const { id = '' } = useParams();
  const relationship = useAsk('get-relationship', { relationship: id });
  const agreement = useAsk('get-agreement', { relationship: id });
  const failure = relationship.failure ?? agreement.failure;
  return (
    <Page
      title={agreement.data?.title ?? t.relationships.agreement}
      lead={t.relationships.agreementLead}
      back={{ to: `/relationships/${id}`, place: relationship.data?.with.name ?? t.relationships.title }}
      other={relationship.data?.with}
      acts={<Button onPress={() => window.print()}>{t.frame.print}</Button>}
    >
      <Problem failure={failure} again={agreement.again} />
      {agreement.data && relationship.data ? (
        <Sheet agreement={agreement.data} relationship={relationship.data} />
      ) : null}
    </Page>
  );
}

const OTHER = { buyer: 'seller', seller: 'buyer', inviter: 'invited', invited: 'inviter' } as const;

function Sheet({ agreement, relationship }: { agreement: AgreementOf; relationship: Relationship }) {
  const mySide = relationship.side;
  const theirSide = OTHER[mySide];
  return (
    <>
      {agreement.kind === 'deal' ? <Deal agreement={agreement} relationship={relationship} /> : null}
      <Section title={t.relationships.agreement}>
        <Facts
          facts={[
            [t.relationships.agreementId, <code key="id">{agreement.id}</code>],
            [t.relationships.signedAt, formatExact(agreement.at)],
            (agreement.quantity ?? 1) > 1 ? [t.wants.quantity, String(agreement.quantity)] : undefined,
            agreement.note
              ? [
                  t.relationships.saidWith,
                  <span key="n" className="words">
                    {agreement.note}
                  </span>,
                ]
              : undefined,
            agreement.reviewDay === undefined
              ? undefined
              : [t.relationships.reviewDay, formatDate(agreement.reviewDay)],
            agreement.expectations === ''
              ? undefined
              : [
                  t.relationships.expectations,
                  <span key="e" className="words">
                    {agreement.expectations}
                  </span>,
                ],
          ]}
        />
      </Section>
      <Section title={t.relationships.signatures}>
        <Facts
          facts={[
            [t.relationships.mine, <Signature key="m" holds={agreement.signatures[mySide] ?? false} />],
            [relationship.with.name, <Signature key="t" holds={agreement.signatures[theirSide] ?? false} />],
          ]}
        />
      </Section>
      <Section title={t.relationships.terms}>
        <TermsText id={agreement.terms} />
      </Section>
    </>
  );
}

/** What each side of a deal does and gives; people who know each other have promised nothing. */
function Deal({ agreement, relationship }: { agreement: AgreementOf; relationship: Relationship }) {
  const isBuyer = relationship.side === 'buyer';
  return (
    <div className="sides">
      <section className="side" aria-label={t.accept.mine}>
        <h2>{t.accept.mine}</h2>
        <PromiseList does={agreement.does} side={isBuyer ? 'buyer' : 'seller'} />
        {isBuyer ? <Gives agreement={agreement} /> : null}
      </section>
      <section className="side" aria-label={t.accept.theirs(relationship.with.name)}>
        <h2>{t.accept.theirs(relationship.with.name)}</h2>
        <PromiseList does={agreement.does} side={isBuyer ? 'seller' : 'buyer'} />
        {isBuyer ? null : <Gives agreement={agreement} />}
      </section>
    </div>
  );
}

function Gives({ agreement }: { agreement: AgreementOf }) {
  const labelOf = usePropertyLabel();
  if (agreement.gives.length === 0) return null;
  return (
    <Facts
      facts={agreement.gives.map((field) => [
        labelOf(field.property),
        `${field.purpose}, ${field.until === null ? t.relationships.noEnd : t.accept.untilDate(formatDay(field.until))}`,
      ])}
    />
  );
}

function Signature({ holds }: { holds: boolean }) {
  return (
    <State mark={holds ? 'full' : 'bad'}>{holds ? t.relationships.holds : t.relationships.holdsNot}</State>
  );
}
