import { useAct, useAsk } from '../../api/queries.ts';
import type { Grant, Relationship } from '../../api/shapes.ts';
import { State, When } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { formatDay } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { SaveConsent } from './SaveConsent.tsx';

/** What they see of me at the start side, what I see of them across the fold. */
export function SharedSides({ relationship }: { relationship: Relationship }) {
  const grants = useAsk('list-grants', { relationship: relationship.id });
  const rows = grants.data?.rows ?? [];
  return (
    <>
      <Problem failure={grants.failure} again={grants.again} />
      <div className="sides">
        <section className="side" aria-label={t.relationships.sharedMine}>
          <h3>{t.relationships.sharedMine}</h3>
          <Grants rows={rows.filter((row) => row.isMine)} name={relationship.with.name} />
        </section>
        <section className="side" aria-label={t.relationships.sharedTheirs}>
          <h3>{t.relationships.sharedTheirs}</h3>
          <Grants rows={rows.filter((row) => !row.isMine)} name={relationship.with.name} />
        </section>
      </div>
    </>
  );
}

function Grants({ rows, name }: { rows: readonly Grant[]; name: string }) {
  if (rows.length === 0) return <p className="soft">{t.relationships.sharedNothing}</p>;
  return (
    <ul className="bare grants">
      {rows.map((row) => (
        <li key={row.id}>
          <p>
            <span className="label">{row.label}</span>
            {row.value === undefined ? null : <span className="grant-value">{row.value}</span>}
          </p>
          <p className="sans soft grant-foot">
            <span>{row.purpose}</span>
            <span>
              {t.relationships.until} {row.until === undefined ? t.relationships.noEnd : formatDay(row.until)}
            </span>
            <GrantState row={row} />
          </p>
          <SaveConsent grant={row} />
          {row.isMine && row.state === 'active' ? <StopSharing grant={row} name={name} /> : null}
        </li>
      ))}
    </ul>
  );
}

function GrantState({ row }: { row: Grant }) {
  if (row.state === 'planned') return <State mark="open">{t.relationships.planned}</State>;
  if (row.state === 'stopped' && row.stoppedAt !== undefined) {
    return (
      <State mark="bar">
        {t.relationships.stoppedAt} <When at={row.stoppedAt} />
      </State>
    );
  }
  if (row.state === 'active' && row.since !== undefined) {
    return (
      <State mark="full">
        {t.relationships.since.toLowerCase()} <When at={row.since} />
      </State>
    );
  }
  return <State mark="bar">{t.relationships.grantStates[row.state]}</State>;
}

/** Two steps, the second saying what the other side may keep. */
export function StopSharing({ grant, name }: { grant: Pick<Grant, 'id' | 'label'>; name: string }) {
  const stop = useAct('stop-sharing');
  const say = useSay();
  const act = async () => {
    if (await stop.run({ grant: grant.id })) say({ text: t.relationships.stopped(grant.label) });
  };
  return (
    <>
      <TwoSteps
        act={t.relationships.stop}
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
