import { useAct } from '../../api/queries.ts';
import type { ProofIssuer } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { type Mark, State, When } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

const MARKS: Record<ProofIssuer['key'], Mark> = {
  unchecked: 'open',
  current: 'full',
  earlier: 'half',
  other: 'bad',
  given: 'half',
  'own-word': 'bar',
};

/** Whose word a proof is, how far that was checked, and the act that checks it. */
export function IssuerOf({ issuer, isMine = false }: { issuer: ProofIssuer; isMine?: boolean }) {
  const check = useAct('check-issuer');
  const say = useSay();
  const { address } = issuer;
  const act = async () => {
    const known = address === undefined ? undefined : await check.run({ address });
    if (known) say({ text: t.proofs.checked(known.name) });
  };
  if (issuer.key === 'own-word') return <State mark="bar">{t.proofs.keyIs['own-word']}</State>;
  return (
    <div className="issuer">
      <span>
        {issuer.name}
        {address !== undefined && address !== issuer.name ? <span className="soft"> {address}</span> : null}
      </span>
      {isMine ? null : <State mark={MARKS[issuer.key]}>{keyWords(issuer)}</State>}
      {isMine || issuer.checkedAt === undefined ? null : (
        <span className="soft">
          {t.proofs.checkedOn} <When at={issuer.checkedAt} />
        </span>
      )}
      {!isMine && address !== undefined ? (
        <Button
          small
          kind="line"
          label={t.proofs.checkIssuerOf(address)}
          isBusy={check.isBusy}
          onPress={() => void act()}
        >
          {t.proofs.checkIssuer}
        </Button>
      ) : null}
      <Problem failure={check.failure} />
    </div>
  );
}

/** Only who has a public name can be looked up, and what was found counts for some days. */
function keyWords({ key, address, checkedAt }: ProofIssuer): string {
  if (key !== 'unchecked') return t.proofs.keyIs[key];
  if (address === undefined) return t.proofs.keyIs.uncheckable;
  return checkedAt === undefined ? t.proofs.keyIs.unchecked : t.proofs.keyIs.stale;
}
