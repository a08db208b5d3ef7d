import { useNavigate, useParams } from 'react-router';
import { type DraftState, useDraft } from '../../api/drafts.tsx';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Amount, Listing, SeenCast } from '../../api/shapes.ts';
import { AmountField } from '../../components/AmountField.tsx';
import { Button } from '../../components/Button.tsx';
import { Facts } from '../../components/Facts.tsx';
import { AreaField, TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { When } from '../../components/figures.tsx';
import { civilToday, endOfDay } from '../../components/now.ts';
import { Page } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { SelectField } from '../../components/Select.tsx';
import { TermsNames } from '../../components/TermsNames.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

type Way = Listing['delivery']['how'];
const WAYS: readonly Way[] = ['pickup', 'delivery', 'post', 'online', 'at-yours'];
const BINDS_DAYS = 7;

interface AnswerDraft {
  title: string;
  price: Amount | undefined;
  until: string;
  how: Way;
  days: string;
  note: string;
}

/** An answer by hand: what is wanted on their side of the fold, what I offer on mine. */
export default function AnswerWant() {
  const { alias = '' } = useParams();
  const listed = useAsk('list-casts', { alias });
  const cast = listed.data?.rows[0];
  return (
    <Page title={t.desk.answerTitle} lead={cast?.words} back={{ to: '/desk/casts', place: t.desk.casts }}>
      <Problem failure={listed.failure} again={listed.again} />
      {cast ? <Answer cast={cast} /> : null}
      {listed.data && !cast ? <p>{t.frame.notFound}</p> : null}
    </Page>
  );
}

function Answer({ cast }: { cast: SeenCast }) {
  const draft = useDraft<AnswerDraft>(`answer-${cast.alias}`, {
    title: '',
    price: undefined,
    until: civilToday(BINDS_DAYS),
    how: 'pickup',
    days: '',
    note: '',
  });
  return (
    <div className="sides">
      <section className="side" aria-label={t.desk.youOffer}>
        <h2>{t.desk.youOffer}</h2>
        <AnswerForm cast={cast} draft={draft} />
      </section>
      <section className="side" aria-label={t.desk.cast}>
        <h2>{t.desk.cast}</h2>
        <Facts
          facts={[
            [t.desk.requires, <TermsNames key="q" ids={cast.requiredTerms} />],
            [t.desk.received, <When key="r" at={cast.receivedAt} />],
            [t.desk.until, <When key="u" at={cast.until} />],
          ]}
        />
        <p className="hint">{t.desk.castsLead}</p>
      </section>
    </div>
  );
}

function AnswerForm({ cast, draft }: { cast: SeenCast; draft: DraftState<AnswerDraft> }) {
  const answer = useAct('answer-intent', { leaves: true });
  const navigate = useNavigate();
  const say = useSay();
  const { title, price, until, how, days, note } = draft.value;
  const submit = async () => {
    if (!price) return;
    const delivery = { how, ...(days === '' ? {} : { days: Number(days) }) };
    const sent = await answer.run({
      alias: cast.alias,
      title,
      price,
      until: endOfDay(until),
      delivery,
      note,
    });
    if (!sent) return;
    draft.clear();
    say({ text: t.desk.answered });
    navigate('/desk/casts');
  };
  return (
    <Form
      failure={answer.failure}
      onSubmit={() => void submit()}
      acts={
        <>
          <Button kind="act" type="submit" isBusy={answer.isBusy} isOff={!price || title.trim() === ''}>
            {t.desk.answer}
          </Button>
          <span className="hint">{t.desk.answerLead}</span>
        </>
      }
    >
      <AnswerFields draft={draft} />
    </Form>
  );
}

function AnswerFields({ draft: { value, set } }: { draft: DraftState<AnswerDraft> }) {
  return (
    <>
      <TextField
        name="title"
        label={t.desk.titleField}
        value={value.title}
        onChange={(title) => set({ title })}
      />
      <AmountField
        name="price"
        label={t.desk.price}
        value={value.price}
        onChange={(price) => set({ price })}
      />
      <TextField
        type="date"
        name="until"
        label={t.offers.until}
        min={civilToday(1)}
        value={value.until}
        onChange={(until) => set({ until })}
      />
      <div className="pair">
        <SelectField
          label={t.desk.delivery}
          value={value.how}
          onChange={(how) => set({ how: WAYS.find((one) => one === how) ?? 'pickup' })}
          options={WAYS.map((way) => ({ value: way, label: t.desk.ways[way] }))}
        />
        <TextField
          type="number"
          min="0"
          label={t.desk.deliveryDays}
          value={value.days}
          onChange={(days) => set({ days })}
        />
      </div>
      <AreaField
        name="note"
        label={`${t.desk.answerNote} (${t.frame.optional})`}
        value={value.note}
        onChange={(note) => set({ note })}
        isWords
      />
    </>
  );
}
