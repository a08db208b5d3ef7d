import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useAct, useAsk } from '../../api/queries.ts';
import { Button } from '../../components/Button.tsx';
import { JobView, useJob } from '../../components/JobView.tsx';
import { Problem } from '../../components/Problem.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';

/** The invented world: in with one button, out whole with one act. */
export function SampleMarket() {
  const status = useAsk('sample-status', {});
  const load = useAct('load-sample');
  const remove = useAct('remove-sample');
  const client = useQueryClient();
  const [run, setRun] = useState<{ job: string; isRemoval: boolean }>();
  const job = useJob(run?.job);
  const isDone = job?.state === 'done';
  useEffect(() => {
    if (isDone) void client.invalidateQueries();
  }, [client, isDone]);
  const begin = async (isRemoval: boolean) => {
    const started = await (isRemoval ? remove : load).run({});
    if (started) setRun({ job: started.job, isRemoval });
  };
  const isLoaded = status.data?.loaded;
  const running = run?.isRemoval ? t.settings.sampleRemoving : t.start.sampleLoading;
  const done = run?.isRemoval ? t.settings.sampleRemoved : t.start.sampleDone;
  return (
    <div className="stack">
      <Problem failure={status.failure ?? load.failure ?? remove.failure} again={status.again} />
      <p>{isLoaded === undefined ? null : isLoaded ? t.settings.sampleOn : t.settings.sampleOff}</p>
      {isLoaded ? null : <p className="soft">{t.start.sampleAbout}</p>}
      {job ? <JobView job={job} title={isDone ? done : running} /> : null}
      {job?.state === 'running' || isLoaded === undefined ? null : isLoaded ? (
        <TwoSteps
          act={t.settings.sampleRemove}
          ask={t.settings.sampleRemoveAsk}
          now={t.settings.sampleRemoveNow}
          isBusy={remove.isBusy}
          onDo={() => void begin(true)}
        />
      ) : (
        <div className="acts">
          <Button kind="act" onPress={() => void begin(false)} isBusy={load.isBusy}>
            {t.settings.sampleLoad}
          </Button>
        </div>
      )}
    </div>
  );
}
