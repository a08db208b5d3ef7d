import { useAct } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

/** Proffers my terms to a relationship, or to the vendor of an offer, who is not told who asks. */
export function ProfferTerms({ to, isOffer }: { to: string; isOffer?: boolean }) {
  const proffer = useAct('proffer-terms');
  const say = useSay();
  const act = async () => {
    if (await proffer.run({ to })) say({ text: t.terms.proffered });
  };
  return (
    <div className="stack">
      <div className="acts">
        <Button small isBusy={proffer.isBusy} onPress={act}>
          {t.terms.proffer}
        </Button>
        <span className="hint">{isOffer ? t.terms.profferOffer : t.terms.profferHint}</span>
      </div>
      <Problem failure={proffer.failure} />
    </div>
  );
}
