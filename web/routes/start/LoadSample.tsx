import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { useAct, useAsk } from '../../api/queries.ts';
import { Button, LinkButton } from '../../components/Button.tsx';
import { JobView, useJob, useRunningJob } from '../../components/JobView.tsx';
import { Page } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { t } from '../../i18n/index.ts';

/** After the first page: a world to try, or none. */
export default function LoadSample() {
  const who = useAsk('who-am-i', {}).data;
  const load = useAct('load-sample');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [jobId, setJob] = useState<string>();
  const running = useRunningJob(['load-sample']);
  const job = useJob(jobId ?? running);
  const isDone = job?.state === 'done';
  useEffect(() => {
    if (isDone) void client.invalidateQueries();
  }, [client, isDone]);
  const start = async () => setJob((await load.run({}))?.job);
  return (
    <Page title={t.start.sampleTitle} lead={t.start.sampleLead(who?.acting?.name ?? '')}>
      <div className="stack" data-wide>
        <p>{t.start.sampleAbout}</p>
        <Problem failure={load.failure} />
        {job ? <JobView job={job} title={isDone ? t.start.sampleDone : t.start.sampleLoading} /> : null}
        {isDone ? (
          <div className="acts">
            <LinkButton kind="act" to="/wants/new">
              {t.start.firstWant}
            </LinkButton>
          </div>
        ) : null}
        {job ? null : (
          <div className="acts" data-even>
            <Button kind="act" onPress={() => void start()} isBusy={load.isBusy}>
              {t.start.sampleLoad}
            </Button>
            <Button onPress={() => navigate('/')}>{t.start.sampleSkip}</Button>
          </div>
        )}
      </div>
    </Page>
  );
}
