import { useAct } from '../../api/queries.ts';
import type { Relationship } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

/** Somebody accepted my invitation; both answers have the same size. */
export function AnswerAcceptance({ relationship }: { relationship: Relationship }) {
  const answer = useAct('answer-acceptance');
  const say = useSay();
  const { name } = relationship.with;
  const act = async (word: 'sign' | 'refuse') => {
    if (!(await answer.run({ relationship: relationship.id, answer: word }))) return;
    say({ text: word === 'sign' ? t.invitations.signed(name) : t.invitations.refused });
  };
  return (
    <div className="stack">
      <p>{t.invitations.waits(name)}</p>
      <div className="acts" data-even>
        <Button kind="act" isBusy={answer.isBusy} onPress={() => void act('sign')}>
          {t.invitations.sign}
        </Button>
        <Button isBusy={answer.isBusy} onPress={() => void act('refuse')}>
          {t.invitations.refuse}
        </Button>
      </div>
      <Problem failure={answer.failure} />
    </div>
  );
}
