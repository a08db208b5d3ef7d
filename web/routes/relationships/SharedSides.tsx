import { useQueryClient } from '@tanstack/react-query';
import { useRows } from '../../api/queries.ts';
import type { Relationship } from '../../api/shapes.ts';
import { LinkButton } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { giving } from '../../i18n/giving.ts';
import { t } from '../../i18n/index.ts';
import { GiveReadable } from './GiveReadable.tsx';
import { GiveSealed } from './GiveSealed.tsx';
import { GrantsOf } from './Grants.tsx';

/** What they see of me at the start side, what I see of them across the fold. */
export function SharedSides({ relationship }: { relationship: Relationship }) {
  const client = useQueryClient();
  const asked = { relationship: relationship.id, state: 'now' } as const;
  const mine = useRows('list-grants', { ...asked, side: 'mine' });
  const theirs = useRows('list-grants', { ...asked, side: 'theirs' });
  const said = mine.answer;
  const counted = said?.waitingCounted ?? 0;
  const plain = (said?.waiting ?? 0) - counted;
  const isOpenNow = relationship.state === 'active' && said !== undefined;
  const again = () => void client.invalidateQueries({ queryKey: ['list-grants'] });
  return (
    <>
      <Problem failure={mine.failure ?? theirs.failure} again={again} />
      {mine.isLoading || theirs.isLoading ? <p className="hint">{t.frame.loading}</p> : null}
      <div className="sides">
        <section className="side" aria-label={t.relationships.sharedMine}>
          <h3>{t.relationships.sharedMine}</h3>
          <GrantsOf listed={mine} relationship={relationship} side="mine" over={said?.over ?? 0} />
          {said?.canLock === true ? <GiveSealed relationship={relationship} onGiven={again} /> : null}
          {isOpenNow && plain > 0 && !said.canLock ? (
            <GiveReadable relationship={relationship.id} count={plain} />
          ) : null}
          {isOpenNow && counted > 0 && !said.canCount ? (
            <p className="inline-form">
              <strong>{t.grants.waitsUncounted(counted)}</strong> {t.grants.waitsUncountedWhy}
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
          <GrantsOf
            listed={theirs}
            relationship={relationship}
            side="theirs"
            over={theirs.answer?.over ?? 0}
          />
        </section>
      </div>
    </>
  );
}
