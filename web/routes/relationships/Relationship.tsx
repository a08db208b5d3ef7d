import { useEffect } from 'react';
import { useParams } from 'react-router';
import { ask } from '../../api/client.ts';
import { useAsk } from '../../api/queries.ts';
import type { Relationship as RelationshipOf } from '../../api/shapes.ts';
import { LinkButton } from '../../components/Button.tsx';
import { Facts } from '../../components/Facts.tsx';
import { When } from '../../components/figures.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { formatDate } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { AnswerAcceptance } from '../invitations/AnswerAcceptance.tsx';
import { RelationshipKeys } from '../moving/RelationshipKeys.tsx';
import { RelationshipProofs } from '../proofs/RelationshipProofs.tsx';
import { NextByRules } from '../rules/NextByRules.tsx';
import { Proffers } from '../terms/Proffers.tsx';
import { ProfferTerms } from '../terms/ProfferTerms.tsx';
import { Commitments } from './Commitments.tsx';
import { Expectations } from './Expectations.tsx';
import { Lifecycle } from './Lifecycle.tsx';
import { RelationshipState } from './RelationshipState.tsx';
import { Reviews } from './Reviews.tsx';
import { SharedSides } from './SharedSides.tsx';
import { Thread } from './Thread.tsx';

/** Everything between two parties under one agreement. */
export default function Relationship() {
  const { id = '' } = useParams();
  const asked = useAsk('get-relationship', { relationship: id });
  const relationship = asked.data;
  useMarkRead(relationship);
  const back = { to: '/relationships', place: t.relationships.title };
  if (!relationship) {
    return (
      <Page title={t.relationships.title} back={back}>
        <Problem failure={asked.failure} again={asked.again} />
      </Page>
    );
  }
  return (
    <Page
      title={relationship.title}
      back={back}
      other={relationship.with}
      acts={<LinkButton to={`/relationships/${id}/agreement`}>{t.relationships.openAgreement}</LinkButton>}
    >
      <Standing relationship={relationship} />
      <Section title={t.relationships.thread}>
        <Thread relationship={relationship} />
      </Section>
      <Section title={t.relationships.commitments}>
        <Commitments relationship={id} isOpen={relationship.state === 'active'} />
      </Section>
      <Section title={t.relationships.shared}>
        <SharedSides relationship={relationship} />
      </Section>
      <Section title={t.proofs.title}>
        <RelationshipProofs relationship={relationship} />
      </Section>
      {relationship.state === 'active' ? (
        <Section title={t.rules.nextTitle}>
          <NextByRules relationship={id} />
        </Section>
      ) : null}
      <Section title={t.relationships.expectations}>
        <Expectations relationship={relationship} />
      </Section>
      <Section title={t.relationships.terms}>
        <div className="stack">
          <Proffers relationship={id} />
          {relationship.state === 'active' ? <ProfferTerms to={id} /> : null}
        </div>
      </Section>
      <Section title={t.relationships.reviews}>
        <Reviews relationship={relationship} />
      </Section>
      {relationship.keys ? (
        <Section title={t.moving.keys}>
          <RelationshipKeys relationship={relationship} />
        </Section>
      ) : null}
      <Lifecycle relationship={relationship} />
    </Page>
  );
}

function Standing({ relationship }: { relationship: RelationshipOf }) {
  const { state, side, pausedBy, endedBy, standsStill } = relationship;
  const isOver = state === 'ended';
  return (
    <div className="stack">
      <Facts
        isAcross
        facts={[
          [t.relationships.state, <RelationshipState key="s" state={state} />],
          [t.relationships.sideLabel, t.relationships.side[relationship.side]],
          [t.relationships.since, <When key="since" at={relationship.since} />],
          [t.relationships.last, <When key="last" at={relationship.last} />],
          relationship.reviewDay === undefined
            ? undefined
            : [t.relationships.reviewDay, formatDate(relationship.reviewDay)],
          standsStill && [t.relationships.still.since, <When key="still" at={standsStill.since} />],
        ]}
      />
      {standsStill ? (
        <p>
          {t.relationships.still.why} {isOver ? null : t.relationships.still.until}{' '}
          {standsStill.mayEnd && !isOver ? t.relationships.still.long : null}
        </p>
      ) : null}
      {state === 'asked' && side === 'inviter' ? <AnswerAcceptance relationship={relationship} /> : null}
      {state === 'asked' && side !== 'inviter' ? <p>{t.relationships.waitingForThem}</p> : null}
      {state === 'refused' ? (
        <p>{side === 'inviter' ? t.invitations.youRefused : t.relationships.refusedSay}</p>
      ) : null}
      {pausedBy ? <p>{t.relationships.pausedBy[pausedBy]}</p> : null}
      {endedBy ? <p>{t.relationships.endedBy[endedBy]}</p> : null}
    </div>
  );
}

/** Opening the page is reading what is new in it. */
function useMarkRead(relationship: RelationshipOf | undefined): void {
  const id = relationship?.id;
  const isNew = (relationship?.unread ?? 0) > 0;
  useEffect(() => {
    if (id !== undefined && isNew) void ask('mark-read', { relationship: id }).catch(() => undefined);
  }, [id, isNew]);
}
