import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../components/Button.tsx';
import { Problem } from '../components/Problem.tsx';
import { t } from '../i18n/index.ts';
import { lock, useLockedBy } from './keeper.ts';
import { Unlock } from './Unlock.tsx';
import { useSealed } from './use-sealed.ts';

/** Above My data: who can read it, and the way to unlock what only devices open. */
export function SealedNotice() {
  const { vault, kinds } = useSealed();
  const lockedBy = useLockedBy();
  const [isAsked, setAsked] = useState(false);
  if (kinds.length === 0) {
    return (
      <p className="notice">
        {t.data.atRest} <Link to="/data/keeping">{t.keeping.open}</Link>
      </p>
    );
  }
  const isAsking = isAsked && !vault;
  return (
    <div className="notice stack">
      <p>
        {t.keeping.locked(kinds.map((kind) => t.data.categories[kind]))} {vault ? t.keeping.unlocked : null}
      </p>
      {isAsking ? null : <Problem failure={lockedBy} />}
      {isAsking ? <Unlock onCancel={() => setAsked(false)} /> : null}
      {isAsking ? null : (
        <Button small onPress={() => (vault ? lock() : setAsked(true))}>
          {vault ? t.keeping.lock : t.keeping.unlock}
        </Button>
      )}
      <p>
        {t.keeping.rest} <Link to="/data/keeping">{t.keeping.open}</Link>
      </p>
    </div>
  );
}
