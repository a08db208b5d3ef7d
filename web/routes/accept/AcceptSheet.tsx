import { useState } from 'react';
import { type DraftState, useDraft } from '../../api/drafts.tsx';
import type { AcceptPreview, Offer } from '../../api/shapes.ts';
import { Check } from '../../components/Choices.tsx';
import { Facts } from '../../components/Facts.tsx';
import { AreaField, TextField } from '../../components/Field.tsx';
import { Money, State, When } from '../../components/figures.tsx';
import { civilToday } from '../../components/now.ts';
import { Section } from '../../components/Page.tsx';
import { PromiseList } from '../../components/PromiseList.tsx';
import { t } from '../../i18n/index.ts';
import { ProfferTerms } from '../terms/ProfferTerms.tsx';
import { TermsText } from '../terms/TermsText.tsx';
import { deliveryInWords, Fees } from '../wants/offer-facts.tsx';
import { type AcceptDraft, needsRecovery, UNDECIDED } from './accept-draft.ts';
import { Decision } from './Decision.tsx';
import { DisclosureRow } from './DisclosureRow.tsx';
import { RecoveryStep } from './RecoveryStep.tsx';

/** Both sides of the deal, then what is still open, then the act. */
export function AcceptSheet(props: { offer: Offer; preview: AcceptPreview; onAgreed: () => void }) {
  const { offer, preview } = props;
  const draft = useDraft<AcceptDraft>(`accept-${offer.id}`, UNDECIDED);
  const [isWritten, setWritten] = useState(false);
  const askRecovery = needsRecovery(preview, draft.value);
  return (
    <>
      <div className="sides">
        <section className="side" aria-label={t.accept.mine}>
          <h2>{t.accept.mine}</h2>
          <PromiseList does={preview.does} side="buyer" />
          <Fields draft={draft} preview={preview} />
        </section>
        <section className="side" aria-label={t.accept.theirs(preview.seller)}>
          <h2>{t.accept.theirs(preview.seller)}</h2>
          <PromiseList does={preview.does} side="seller" />
          <OfferFacts offer={offer} preview={preview} />
        </section>
      </div>
      <div className="sides">
        <section className="side" aria-label={t.accept.expectTitle}>
          <h2>{t.accept.expectTitle}</h2>
          <Expectations draft={draft} />
        </section>
        <section className="side" aria-label={t.accept.termsTitle}>
          <h2>{t.accept.termsTitle}</h2>
          <TermsOf draft={draft} preview={preview} offer={offer.id} />
        </section>
      </div>
      {askRecovery || isWritten ? (
        <Section title={t.accept.recoveryTitle}>
          <RecoveryStep isDone={isWritten} onDone={() => setWritten(true)} />
        </Section>
      ) : null}
      <Decision offer={offer} preview={preview} draft={draft} onAgreed={props.onAgreed} />
    </>
  );
}

function Fields({ draft, preview }: { draft: DraftState<AcceptDraft>; preview: AcceptPreview }) {
  if (preview.asks.length === 0) return <p>{t.accept.noFields}</p>;
  return (
    <div>
      <h3>{t.accept.fieldsTitle}</h3>
      <div className="disclosures">
        {preview.asks.map((field) => (
          <DisclosureRow
            key={field.property}
            field={field}
            to={preview.seller}
            answer={draft.value.answers[field.property] ?? null}
            follows={draft.value.follows[field.property] ?? false}
            onFollows={(follows) =>
              draft.set({ follows: { ...draft.value.follows, [field.property]: follows } })
            }
            times={draft.value.times[field.property]}
            onTimes={(times) => draft.set({ times: { ...draft.value.times, [field.property]: times } })}
            onAnswer={(answer) =>
              draft.set({ answers: { ...draft.value.answers, [field.property]: answer } })
            }
          />
        ))}
      </div>
    </div>
  );
}

function OfferFacts({ offer, preview }: { offer: Offer; preview: AcceptPreview }) {
  return (
    <Facts
      facts={[
        preview.quantity > 1 ? [t.wants.quantity, String(preview.quantity)] : undefined,
        [t.offers.fees, <Fees key="f" offer={offer} />],
        [t.offers.total, <Money key="t" amount={preview.total} />],
        [t.offers.delivery, deliveryInWords(offer.delivery)],
        [t.offers.until, <When key="u" at={preview.until} />],
      ]}
    />
  );
}

function TermsOf(props: { draft: DraftState<AcceptDraft>; preview: AcceptPreview; offer: string }) {
  const { draft, preview } = props;
  return (
    <div className="stack">
      {preview.conflicts.length === 0 ? (
        <State mark="full">{t.accept.termsFit}</State>
      ) : (
        <>
          <h3>{t.accept.conflicts}</h3>
          <ul className="bare conflicts">
            {preview.conflicts.map((conflict) => (
              <li key={conflict}>{conflict}</li>
            ))}
          </ul>
          <Check
            label={t.accept.conflictsYes}
            value={draft.value.areConflictsAccepted}
            onChange={(areConflictsAccepted) => draft.set({ areConflictsAccepted })}
          />
          <ProfferTerms to={props.offer} isOffer />
        </>
      )}
      <TermsText id={preview.terms} isShort />
    </div>
  );
}

function Expectations({ draft }: { draft: DraftState<AcceptDraft> }) {
  return (
    <div className="form">
      <AreaField
        label={`${t.accept.expect} (${t.frame.optional})`}
        hint={t.accept.expectHint}
        value={draft.value.expectations}
        onChange={(expectations) => draft.set({ expectations })}
        isWords
        rows={2}
      />
      <TextField
        type="date"
        label={`${t.accept.reviewDay} (${t.frame.optional})`}
        min={civilToday(1)}
        value={draft.value.reviewDay}
        onChange={(reviewDay) => draft.set({ reviewDay })}
      />
    </div>
  );
}
