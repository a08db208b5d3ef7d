import { useState } from 'react';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Proof, ProofRequest, Relationship } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { AnswerRequest } from './AnswerRequest.tsx';
import { AskForProof } from './AskForProof.tsx';
import { IssueProof } from './IssueProof.tsx';
import { Copies, FactList, RemoveProof } from './Proofs.tsx';
import { RequestSeen } from './RequestSeen.tsx';

/** What goes from me to them on my side; across the fold what comes from them. */
export function RelationshipProofs({ relationship }: { relationship: Relationship }) {
  const { id, state } = relationship;
  const requests = useAsk('list-proof-requests', { relationship: id });
  const listed = useAsk('list-proofs', { relationship: id, limit: 200 });
  const asked = requests.data?.rows ?? [];
  const proofs = listed.data?.rows ?? [];
  const isOpen = state === 'active';
  return (
    <>
      <Problem failure={requests.failure ?? listed.failure} again={requests.again} />
      <div className="sides">
        <section className="side" aria-label={t.proofs.mine}>
          <h3>{t.proofs.mine}</h3>
          <Requests rows={asked.filter((it) => !it.isMine)} none={t.proofs.nothingMine} isOpen={isOpen} />
          <Offered proofs={proofs.filter((it) => it.isIssued)} isOpen={isOpen} />
          {isOpen ? <Issue relationship={id} /> : null}
        </section>
        <section className="side" aria-label={t.proofs.theirs}>
          <h3>{t.proofs.theirs}</h3>
          <Requests rows={asked.filter((it) => it.isMine)} none={t.proofs.nothingTheirs} isOpen={isOpen} />
          <Offered proofs={proofs.filter((it) => !it.isIssued)} isOpen={isOpen} />
          {isOpen ? <Ask relationship={id} /> : null}
        </section>
      </div>
    </>
  );
}

function Requests(props: { rows: readonly ProofRequest[]; none: string; isOpen: boolean }) {
  if (props.rows.length === 0) return <p className="soft">{props.none}</p>;
  return (
    <ul className="bare grants">
      {props.rows.map((row) => (
        <li key={row.id}>
          {!row.isMine && row.state === 'open' && props.isOpen ? (
            <AnswerRequest request={row} />
          ) : (
            <RequestSeen request={row} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Offered({ proofs, isOpen }: { proofs: readonly Proof[]; isOpen: boolean }) {
  if (proofs.length === 0) return null;
  return (
    <ul className="bare grants">
      {proofs.map((proof) => (
        <li key={proof.id}>
          <p>
            <strong>{proof.isIssued ? t.proofs.issued(proof.name) : t.proofs.vouched(proof.name)}</strong>
          </p>
          <FactList proof={proof} />
          {proof.state === 'offered' && !proof.isIssued && isOpen ? (
            <TakeProof proof={proof} />
          ) : (
            <>
              <Copies proof={proof} />
              <div className="acts">
                <RemoveProof proof={proof} />
              </div>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function TakeProof({ proof }: { proof: Proof }) {
  const take = useAct('take-proof');
  const say = useSay();
  const act = async () => {
    if (await take.run({ proof: proof.id })) say({ text: t.proofs.taken });
  };
  return (
    <>
      <p className="hint">{t.proofs.takeWhat}</p>
      <div className="acts">
        <Button kind="act" small isBusy={take.isBusy} onPress={() => void act()}>
          {t.proofs.take}
        </Button>
        <RemoveProof proof={proof} />
      </div>
      <Problem failure={take.failure} />
    </>
  );
}

function Ask({ relationship }: { relationship: string }) {
  const [isOpen, open] = useState(false);
  if (isOpen) return <AskForProof relationship={relationship} close={() => open(false)} />;
  return (
    <div>
      <Button onPress={() => open(true)}>{t.proofs.ask}</Button>
    </div>
  );
}

function Issue({ relationship }: { relationship: string }) {
  const [isOpen, open] = useState(false);
  if (isOpen) return <IssueProof relationship={relationship} close={() => open(false)} />;
  return (
    <div>
      <Button onPress={() => open(true)}>{t.proofs.issue}</Button>
    </div>
  );
}
