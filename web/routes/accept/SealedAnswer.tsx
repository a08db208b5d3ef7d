import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../../components/Button.tsx';
import { Either } from '../../components/Choices.tsx';
import { t } from '../../i18n/index.ts';
import { Unlock } from '../../sealed/Unlock.tsx';
import { useSealed } from '../../sealed/use-sealed.ts';
import { DONT, FROM_DEVICE } from './accept-draft.ts';

/** What only my devices can read: this one may give it, once the other side has signed. */
export function SealedAnswer(props: {
  property: string;
  label: string;
  kind: string;
  answer: string | null;
  onAnswer: (answer: string) => void;
}) {
  const { property, label, kind, answer, onAnswer } = props;
  const { vault } = useSealed();
  const [isAsked, setAsked] = useState(false);
  const isThere = vault !== undefined && vault.list({ property, limit: 1 }).total > 0;
  const refuse = (
    <Button onPress={() => onAnswer(DONT)} isOff={answer === DONT}>
      {answer === DONT ? t.accept.notShared : t.accept.dontShare}
    </Button>
  );
  return (
    <div className="stack">
      <span className="label">{label}</span>
      <p>
        {t.keeping.giveSealed(kind)} {vault ? t.keeping.giveHereHow : t.keeping.giveHereLocked}{' '}
        <Link to="/data/keeping">{t.keeping.open}</Link>
      </p>
      {isThere ? (
        <Either
          label={t.accept.shareWhich(label)}
          value={answer}
          choices={[
            { value: FROM_DEVICE, label: t.keeping.giveHere },
            { value: DONT, label: t.accept.dontShare },
          ]}
          onChange={onAnswer}
        />
      ) : null}
      {vault && !isThere ? <p className="hint">{t.keeping.giveHereNothing}</p> : null}
      {isAsked && !vault ? <Unlock onCancel={() => setAsked(false)} /> : null}
      {isThere || (isAsked && !vault) ? null : (
        <div className="acts">
          {vault ? null : <Button onPress={() => setAsked(true)}>{t.keeping.unlock}</Button>}
          {refuse}
        </div>
      )}
    </div>
  );
}
