import type { ProofRequest, ProofRequestLine } from '../../api/shapes.ts';
import { type Mark, State, When } from '../../components/figures.tsx';
import { t } from '../../i18n/index.ts';
import { IssuerOf } from './IssuerOf.tsx';

const MARKS: Record<ProofRequestLine['outcome'], Mark> = {
  waiting: 'open',
  shown: 'full',
  unconfirmed: 'open',
  'own-word': 'half',
  refused: 'bar',
  broken: 'bad',
};

/** What was asked, line by line, with what came of it and whose word it is. */
export function RequestSeen({ request }: { request: ProofRequest }) {
  const { isMine, lines, proofs, purpose, state, verdict } = request;
  const words = isMine ? t.proofs.outcomes : t.proofs.mineOutcomes;
  const verdicts = isMine ? t.proofs.verdicts : t.proofs.mineVerdicts;
  const isOpen = lines.some((line) => line.outcome === 'unconfirmed');
  return (
    <>
      <p>
        <strong>{isMine ? t.proofs.asked : t.proofs.asks}</strong>{' '}
        <span className="sans soft">
          {t.proofs.askedAt} <When at={request.at} />
        </span>
      </p>
      <p className="soft">
        {t.proofs.purpose}: {purpose}
      </p>
      <ul className="bare proof-lines">
        {lines.map((line) => (
          <li key={line.id}>
            <span>
              {line.says}
              {line.value === undefined ? null : (
                <>
                  : <strong>{line.value}</strong>
                </>
              )}
            </span>
            <State mark={MARKS[line.outcome]}>{words[line.outcome]}</State>
          </li>
        ))}
      </ul>
      {verdict === undefined ? null : <p>{verdicts[verdict]}</p>}
      {isOpen ? <p className="hint">{t.proofs.confirmFirst}</p> : null}
      {state === 'expired' ? <p className="soft">{t.proofs.expired}</p> : null}
      {proofs.map((proof) => (
        <Shown key={proof.credential} proof={proof} isMine={!isMine} />
      ))}
    </>
  );
}

function Shown({ proof, isMine }: { proof: ProofRequest['proofs'][number]; isMine: boolean }) {
  if (proof.problem !== undefined) return <p className="wrong">{proof.problem}</p>;
  if (proof.issuer.key === 'own-word') return null;
  return (
    <div className="issuer">
      <span className="soft">{t.proofs.from}</span>
      <IssuerOf issuer={proof.issuer} isMine={isMine} />
    </div>
  );
}
