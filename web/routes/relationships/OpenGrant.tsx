import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import type { Grant } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { t } from '../../i18n/index.ts';

interface Opened {
  value: string;
  told: boolean;
  left?: number | undefined;
}

/** What it is as soon as the last opening is told, whatever list has it by then. */
function usedUp(grant: Grant, now: number): Grant {
  const openings = { count: grant.times ?? grant.openings.count + 1, lastAt: now, lastBy: 'person' } as const;
  return { ...grant, state: 'stopped', stoppedBy: 'count', stoppedAt: now, openings };
}

/** What they gave lies locked until it is opened here, and is shown only as long as this page is. */
export function OpenGrant({ grant, hold }: { grant: Grant; hold: (as: Grant | undefined) => void }) {
  const open = useAct('open-grant');
  const [shown, show] = useState<Opened>();
  const act = async () => {
    hold(grant);
    const opened = await open.run({ grant: grant.id });
    if (opened?.left === 0) hold(usedUp(grant, Date.now()));
    else hold(undefined);
    if (opened) show(opened);
  };
  const hide = () => {
    show(undefined);
    hold(undefined);
  };
  // What was opened for the last time is over as soon as it is read, and stays on the page as long as any other.
  if (shown === undefined && grant.state !== 'active') return null;
  if (shown === undefined) {
    return (
      <>
        <p className="hint">
          {t.grants.unopened}
          {grant.times === undefined ? null : ` ${t.grants.leftBefore(grant.times - grant.openings.count)}`}
        </p>
        <Button
          small
          kind="act"
          isBusy={open.isBusy}
          label={t.grants.openOf(grant.label)}
          onPress={() => void act()}
        >
          {t.grants.open}
        </Button>
        <Problem failure={open.failure} />
      </>
    );
  }
  return (
    <>
      <p className="grant-value" aria-live="polite">
        {shown.value}
      </p>
      <p className="hint">
        {shown.told ? t.grants.told : t.grants.toldLater}
        {shown.left === undefined ? null : ` ${t.grants.left(shown.left)}`}
      </p>
      <Button small label={t.grants.hideOf(grant.label)} onPress={hide} autoFocus>
        {t.grants.hide}
      </Button>
    </>
  );
}
