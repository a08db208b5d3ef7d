import { useAct, useAsk } from '../../api/queries.ts';
import type { Grant, Relationship } from '../../api/shapes.ts';
import { LinkButton } from '../../components/Button.tsx';
import { State, When } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { formatDay } from '../../i18n/format.ts';
import { giving } from '../../i18n/giving.ts';
import { t } from '../../i18n/index.ts';
import { GiveReadable } from './GiveReadable.tsx';
import { GiveSealed } from './GiveSealed.tsx';
import { Deletion, Openings } from './GrantUses.tsx';
import { OpenGrant } from './OpenGrant.tsx';
import { SaveConsent } from './SaveConsent.tsx';
import { StateDeletion } from './StateDeletion.tsx';

/** What they see of me at the start side, what I see of them across the fold. */
export function SharedSides({ relationship }: { relationship: Relationship }) {
  const grants = useAsk('list-grants', { relationship: relationship.id });
  const rows = grants.data?.rows ?? [];
  const isKnown = grants.data !== undefined;
  const waiting = rows.filter((row) => row.state === 'planned');
  const counted = waiting.filter((row) => row.times !== undefined);
  const plain = waiting.length - counted.length;
  const isOpenNow = relationship.state === 'active' && isKnown;
  const isWaiting = isOpenNow && plain > 0 && grants.data?.canLock === false;
  const isUncounted = isOpenNow && counted.length > 0 && grants.data?.canCount === false;
  return (
    <>
      <Problem failure={grants.failure} again={grants.again} />
      {grants.isLoading ? <p className="hint">{t.frame.loading}</p> : null}
      <div className="sides">
        <section className="side" aria-label={t.relationships.sharedMine}>
          <h3>{t.relationships.sharedMine}</h3>
          {isKnown ? <Grants rows={rows.filter((row) => row.isMine)} relationship={relationship} /> : null}
          {grants.data?.canLock === true ? (
            <GiveSealed relationship={relationship} rows={rows} onGiven={grants.again} />
          ) : null}
          {isWaiting ? <GiveReadable relationship={relationship.id} count={plain} /> : null}
          {isUncounted ? (
            <p className="inline-form">
              <strong>{t.grants.waitsUncounted(counted.length)}</strong> {t.grants.waitsUncountedWhy}
            </p>
          ) : null}
          {isOpenNow ? (
            <div className="acts">
              <LinkButton small to={`/relationships/${relationship.id}/give`}>
                {giving.more}
              </LinkButton>
            </div>
          ) : null}
        </section>
        <section className="side" aria-label={t.relationships.sharedTheirs}>
          <h3>{t.relationships.sharedTheirs}</h3>
          {isKnown ? <Grants rows={rows.filter((row) => !row.isMine)} relationship={relationship} /> : null}
        </section>
      </div>
    </>
  );
}

function Grants({ rows, relationship }: { rows: readonly Grant[]; relationship: Relationship }) {
  if (rows.length === 0) return <p className="soft">{t.relationships.sharedNothing}</p>;
  return (
    <ul className="bare grants">
      {rows.map((row) => (
        <li key={row.id}>
          <p>
            <span className="label">{row.label}</span>
            {row.value === undefined ? null : <span className="grant-value">{row.value}</span>}
          </p>
          {row.isMine ? null : <OpenGrant grant={row} />}
          <GrantFoot row={row} />
          <div className="grant-acts">
            {row.isMine && isOpen(row, relationship) ? (
              <StopSharing grant={row} name={relationship.with.name} />
            ) : null}
            <SaveConsent grant={row} name={relationship.with.name} />
          </div>
          {!row.isMine && row.state === 'stopped' ? <StateDeletion grant={row} /> : null}
        </li>
      ))}
    </ul>
  );
}

/** What can still be stopped: what they see, and what waits to go out once both have signed. */
function isOpen({ state }: Grant, relationship: Relationship): boolean {
  return state === 'active' || (state === 'planned' && relationship.state !== 'asked');
}

/** What it is for and until when, how it stands, and what is known of its use. */
function GrantFoot({ row }: { row: Grant }) {
  const follows = row.isMine ? t.grants.follows : t.grants.followsTheirs;
  return (
    <p className="sans soft grant-foot">
      <span>{row.purpose}</span>
      {row.follows ? <span>{follows}</span> : null}
      <span>
        {t.relationships.until} {row.until === undefined ? t.relationships.noEnd : formatDay(row.until)}
      </span>
      <GrantState row={row} />
      {row.isReadable ? <span>{t.grants.readable}</span> : null}
      {row.since === undefined ? null : (
        <span>
          {row.isMine ? t.grants.openedByThem : t.grants.openedByYou}: <Openings grant={row} />
        </span>
      )}
      {row.since === undefined ? null : (
        <span>
          <Deletion grant={row} />
        </span>
      )}
    </p>
  );
}

function GrantState({ row }: { row: Grant }) {
  if (row.state === 'planned') return <State mark="open">{t.relationships.grantStates.planned}</State>;
  if (row.state === 'stopped' && row.stoppedAt !== undefined) {
    return (
      <State mark="bar">
        {row.stoppedBy === 'count' ? t.grants.usedUp : t.relationships.stoppedAt} <When at={row.stoppedAt} />
      </State>
    );
  }
  if (row.state === 'active' && row.since !== undefined) {
    return (
      <State mark="full">
        {t.relationships.grantStates.active} <When at={row.since} />
      </State>
    );
  }
  return <State mark="bar">{t.relationships.grantStates[row.state]}</State>;
}

/** Two steps, the second saying what the other side may keep. */
export function StopSharing({
  grant,
  name,
}: {
  grant: Pick<Grant, 'id' | 'label' | 'purpose'>;
  name: string;
}) {
  const stop = useAct('stop-sharing');
  const say = useSay();
  const act = async () => {
    if (await stop.run({ grant: grant.id })) say({ text: t.relationships.stopped(grant.label) });
  };
  return (
    <>
      <TwoSteps
        act={t.relationships.stop}
        label={t.relationships.stopOf(grant.label, name, grant.purpose)}
        ask={t.relationships.stopAsk(grant.label, name)}
        what={t.relationships.stopWhat}
        now={t.relationships.stopNow}
        keep={t.relationships.stopKeep}
        isBusy={stop.isBusy}
        small
        onDo={() => void act()}
      />
      <Problem failure={stop.failure} />
    </>
  );
}
