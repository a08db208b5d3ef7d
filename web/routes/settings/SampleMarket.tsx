import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Job } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { VendorFinder } from '../../components/Finder.tsx';
import { useBecome } from '../../components/frame/become.ts';
import { JobView, useJob, useRunningJob } from '../../components/JobView.tsx';
import { Problem } from '../../components/Problem.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';

/** The invented world: in with one button, out whole with one act. */
export function SampleMarket() {
  const status = useAsk('sample-status', {});
  const who = useAsk('who-am-i', {});
  const load = useAct('load-sample');
  const remove = useAct('remove-sample');
  const client = useQueryClient();
  const [started, setStarted] = useState<string>();
  const running = useRunningJob(['load-sample', 'remove-sample']);
  const job = useJob(started ?? running);
  const isDone = job?.state === 'done';
  useEffect(() => {
    if (isDone) void client.invalidateQueries();
  }, [client, isDone]);
  const state = status.data?.state;
  return (
    <div className="stack">
      <Problem failure={status.failure ?? load.failure ?? remove.failure} again={status.again} />
      <p>{state === undefined ? null : t.settings.sampleStates[state]}</p>
      {state === 'absent' ? <p className="soft">{t.start.sampleAbout}</p> : null}
      {job ? <JobView job={job} title={titleOf(job)} /> : null}
      {job?.state === 'running' || state === undefined ? null : state === 'absent' ? (
        <div className="acts">
          <Button kind="act" onPress={async () => setStarted((await load.run({}))?.job)} isBusy={load.isBusy}>
            {t.settings.sampleLoad}
          </Button>
        </div>
      ) : (
        <>
          <ActAsVendor />
          {who.data?.isOperator ? (
            <TwoSteps
              act={t.settings.sampleRemove}
              ask={t.settings.sampleRemoveAsk}
              now={t.settings.sampleRemoveNow}
              isBusy={remove.isBusy}
              onDo={async () => setStarted((await remove.run({}))?.job)}
            />
          ) : null}
        </>
      )}
    </div>
  );
}

/** The market from the other side: any of its vendors, found by name. */
function ActAsVendor() {
  const become = useBecome();
  return (
    <div className="form">
      <VendorFinder
        label={t.settings.vendorFind}
        hint={t.settings.vendorFindHint}
        onChange={(vendor) => void become.sample(vendor.handle)}
      />
      <Problem failure={become.failure} />
    </div>
  );
}

function titleOf(job: Job): string {
  const isRemoval = job.kind === 'remove-sample';
  if (job.state === 'done') return isRemoval ? t.settings.sampleRemoved : t.start.sampleDone;
  return isRemoval ? t.settings.sampleRemoving : t.start.sampleLoading;
}
