import { useAct } from '../../api/queries.ts';
import type { Relationship } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { State } from '../../components/figures.tsx';
import { More } from '../../components/More.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { formatDay } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

/**
 * What has changed about the keys of both sides, and the code by which they check them: folded, so that nobody takes it from
 * here who is asked on this page for what the other screen says.
 */
export function RelationshipKeys({ relationship }: { relationship: Relationship }) {
  const act = useAct('confirm-keys');
  const say = useSay();
  const { keys, forks } = relationship;
  if (!keys) return null;
  const { mine, theirs } = keys;
  const confirm = async () => {
    const done = await act.run({ relationship: relationship.id, code: keys.code });
    if (done) say({ text: t.moving.confirmedNow });
  };
  return (
    <div className="stack">
      {theirs.changedAt === undefined ? null : (
        <p>{t.moving.changed(formatDay(theirs.changedAt), theirs.host)}</p>
      )}
      {mine.changedAt === undefined ? null : <p>{t.moving.mineChanged(formatDay(mine.changedAt))}</p>}
      {theirs.conflicts > 0 ? (
        <p>
          <State mark="bad">{t.moving.conflicts(theirs.conflicts)}</State>
        </p>
      ) : null}
      {forks.theirs > 0 ? (
        <p>
          <State mark="bad">{t.moving.theirForks(forks.theirs)}</State>
        </p>
      ) : null}
      {forks.mine > 0 ? (
        <p>
          <State mark="bad">{t.moving.myForks(forks.mine)}</State>
        </p>
      ) : null}
      <p>{t.moving.keysLead}</p>
      <p className="soft">{theirs.isConfirmed ? t.moving.confirmed : t.moving.unconfirmed}</p>
      <More title={t.moving.keysShow}>
        <div className="stack">
          <p className="soft">{t.moving.keysFor}</p>
          <p className="code">
            <code title={t.moving.comparison}>{keys.code}</code>
          </p>
          {theirs.isConfirmed ? null : (
            <div className="acts">
              <Button isBusy={act.isBusy} onPress={() => void confirm()}>
                {t.moving.confirm}
              </Button>
            </div>
          )}
          <Problem failure={act.failure} />
        </div>
      </More>
    </div>
  );
}
