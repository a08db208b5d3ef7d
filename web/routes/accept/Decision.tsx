import { useId } from 'react';
import { Link, useNavigate } from 'react-router';
import type { DraftState } from '../../api/drafts.tsx';
import { useAct } from '../../api/queries.ts';
import type { AcceptPreview, Offer } from '../../api/shapes.ts';
import { Button, LinkButton } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { usePropertyLabel } from '../../components/property-label.ts';
import { useSay } from '../../components/Toasts.tsx';
import { formatDay, formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { type AcceptDraft, fromDevice, goingOut, stillOpen } from './accept-draft.ts';

interface Props {
  offer: Offer;
  preview: AcceptPreview;
  draft: DraftState<AcceptDraft>;
  onAgreed: () => void;
}

/** The deal in one sentence, what is still open, and the two answers. */
export function Decision(props: Props) {
  const { offer, preview, draft } = props;
  const accept = useAcceptance(props);
  const id = useId();
  const labelOf = usePropertyLabel();
  const open = stillOpen(preview, draft.value, labelOf);
  return (
    <section className="decision" aria-label={t.accept.summaryTitle}>
      <p className="decision-line">{summary(props, labelOf)}</p>
      <p className="hint">{t.accept.cannotUndo}</p>
      {open.length > 0 ? (
        <ul className="sans" id={id}>
          {open.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
      <Problem failure={accept.failure} />
      {accept.failure ? (
        <p>
          <Link to={`/wants/${offer.intent}`}>{t.accept.otherOffers}</Link>
        </p>
      ) : null}
      <div className="acts" data-even>
        <Button
          kind="act"
          isOff={open.length > 0}
          isBusy={accept.isBusy}
          describedBy={id}
          onPress={() => void accept.run()}
        >
          {t.accept.accept}
        </Button>
        <LinkButton to={`/wants/${offer.intent}`}>{t.accept.notNow}</LinkButton>
      </div>
      <p className="hint">{t.accept.acceptEffect}</p>
    </section>
  );
}

function summary({ preview, draft }: Props, labelOf: (property: string) => string): string {
  const sealed = fromDevice(preview, draft.value).map((field) => ({ field }));
  const out = [...goingOut(preview, draft.value), ...sealed];
  if (out.length === 0) return t.accept.summaryNone(preview.seller);
  const last = Math.max(...out.map(({ field }) => field.until));
  const labels = formatList(out.map(({ field }) => labelOf(field.property)));
  return t.accept.summary(preview.seller, labels, formatDay(last));
}

function useAcceptance({ offer, preview, draft, onAgreed }: Props) {
  const accept = useAct('accept-offer', { leaves: true });
  const navigate = useNavigate();
  const say = useSay();
  const run = async () => {
    const { areConflictsAccepted, expectations, reviewDay } = draft.value;
    const result = await accept.run({
      offer: offer.id,
      disclose: goingOut(preview, draft.value).map(({ field, item }) => {
        const follows = draft.value.follows[field.property] ?? false;
        const times = draft.value.times[field.property];
        const often = times === undefined ? {} : { times: Number(times) };
        return { item, purpose: field.purpose, until: field.until, follows, ...often };
      }),
      fromDevice: fromDevice(preview, draft.value).map(({ property, purpose, until }) => ({
        ...{ property, purpose, until },
      })),
      acceptConflicts: areConflictsAccepted,
      expectations: expectations.trim(),
      ...(reviewDay ? { reviewDay } : {}),
    });
    if (!result) return;
    onAgreed();
    draft.clear();
    say({ text: t.accept.asked });
    navigate(`/relationships/${result.relationship}`);
  };
  return { run, failure: accept.failure, isBusy: accept.isBusy };
}
