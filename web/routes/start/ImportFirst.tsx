import { useState } from 'react';
import { Link } from 'react-router';
import { LinkButton } from '../../components/Button.tsx';
import { t } from '../../i18n/index.ts';
import { ImportParty } from '../leave/ImportParty.tsx';
import { Entry } from './Entry.tsx';

/** Coming from another machine: an archive instead of a new party. */
export default function ImportFirst() {
  const [isDone, setDone] = useState(false);
  return (
    <Entry title={t.leave.importAct}>
      <ImportParty onImported={() => setDone(true)} />
      {isDone ? (
        <div className="acts section-acts">
          <LinkButton kind="act" to="/sign-in">
            {t.start.signIn}
          </LinkButton>
        </div>
      ) : null}
      <p className="entry-ways sans">
        {t.start.newHere} <Link to="/start">{t.start.createLink}</Link>
      </p>
    </Entry>
  );
}
