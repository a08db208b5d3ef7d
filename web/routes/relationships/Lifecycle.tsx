import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import type { Relationship } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/Field.tsx';
import { Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { usePropertyLabel } from '../../components/property-label.ts';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

/** Pausing can be taken back, ending cannot: two verbs, and only the second asks. */
export function Lifecycle({ relationship }: { relationship: Relationship }) {
  const { state, pausedBy } = relationship;
  if (state === 'ended' || state === 'refused') return null;
  return (
    <Section title={t.relationships.lifecycle}>
      <div className="stack" data-wide>
        {state === 'active' || pausedBy === 'mine' || pausedBy === 'both' ? (
          <Pause relationship={relationship} />
        ) : null}
        {state === 'asked' ? null : <End relationship={relationship} />}
      </div>
    </Section>
  );
}

function Pause({ relationship }: { relationship: Relationship }) {
  const pause = useAct('pause-relationship');
  const resume = useAct('resume-relationship');
  const say = useSay();
  const { id } = relationship;
  const { name } = relationship.with;
  const doPause = async () => {
    if (!(await pause.run({ relationship: id }))) return;
    say({ text: t.relationships.paused(name), undo: () => resume.run({ relationship: id }) });
  };
  const doResume = async () => {
    if (await resume.run({ relationship: id })) say({ text: t.relationships.resumed(name) });
  };
  const isPaused = relationship.state === 'paused';
  return (
    <div className="acts">
      {isPaused ? (
        <Button kind="act" isBusy={resume.isBusy} onPress={() => void doResume()}>
          {t.relationships.resume}
        </Button>
      ) : (
        <Button isBusy={pause.isBusy} onPress={() => void doPause()}>
          {t.relationships.pause}
        </Button>
      )}
      <Problem failure={pause.failure ?? resume.failure} />
    </div>
  );
}

function End({ relationship }: { relationship: Relationship }) {
  const end = useAct('end-relationship');
  const say = useSay();
  const [why, setWhy] = useState('');
  const act = async () => {
    if (await end.run({ relationship: relationship.id, why })) say({ text: t.relationships.ended });
  };
  return (
    <>
      <TwoSteps
        act={t.relationships.end}
        ask={t.relationships.endAsk(relationship.with.name)}
        what={
          <>
            {t.relationships.endWhat} <Kept relationship={relationship} />
          </>
        }
        more={
          <TextField
            label={`${t.relationships.endWhy} (${t.frame.optional})`}
            hint={t.relationships.endWhyHint}
            value={why}
            onChange={setWhy}
          />
        }
        now={t.relationships.endNow}
        isBusy={end.isBusy}
        onDo={() => void act()}
      />
      <Problem failure={end.failure} />
    </>
  );
}

/** What may be kept when it ends: the terms' own words, and the fields of each side. */
function Kept({ relationship }: { relationship: Relationship }) {
  const labelOf = usePropertyLabel();
  const { clause, fields } = relationship.keeping;
  const labels = (isMine: boolean) =>
    fields.filter((it) => it.isMine === isMine).map((it) => labelOf(it.property));
  const [mine, theirs] = [labels(true), labels(false)];
  return (
    <>
      {clause === '' ? null : t.relationships.endKept(relationship.with.name, clause)}{' '}
      {mine.length === 0 ? null : t.relationships.endFields.mine(formatList(mine))}{' '}
      {theirs.length === 0 ? null : t.relationships.endFields.theirs(formatList(theirs))}
    </>
  );
}
