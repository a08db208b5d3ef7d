import { useEffect, useState } from 'react';
import type { By, SetBack as Shown } from '../../device/index.ts';
import type { Failure } from '../api/failure.ts';
import { useAsk } from '../api/queries.ts';
import { useWork } from '../api/work.ts';
import { Problem } from '../components/Problem.tsx';
import { useSay } from '../components/Toasts.tsx';
import { TwoSteps } from '../components/TwoSteps.tsx';
import { t } from '../i18n/index.ts';

const OLDER: ReadonlySet<string> = new Set(['vault-rolled-back', 'vault-forked', 'shown-other']);
const BEFORE: ReadonlySet<string> = new Set(['vault-gone', 'passphrase-asked']);

/** The way on where a node shows less than this device has seen: its owner may know why. */
export function SetBack({ failure, by }: { failure: Failure | undefined; by: By }) {
  const accept = useAccept();
  const [now, setNow] = useState<Shown>();
  const say = useSay();
  const party = useAsk('who-am-i', {}).data?.acting;
  const isOlder = OLDER.has(failure?.code ?? '');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was not as it had been shown is looked at again.
  useEffect(() => {
    if (!isOlder || !party) return;
    void import('./set-back.ts')
      .then(({ setBackHere }) => setBackHere({ home: party.id, handle: party.handle }))
      .then(setNow, () => setNow(undefined));
  }, [isOlder, party, failure, accept.failure]);
  if (!isOlder) return null;
  const act = async (shown: string) => {
    if (await accept.run(by, shown)) say({ text: t.setBack.done });
  };
  return (
    <section className="stack" aria-label={t.setBack.title}>
      <p>
        <strong>{t.setBack.title}</strong>
      </p>
      <p>
        {t.setBack.changes(now?.missing)} {t.setBack.which}
      </p>
      {now ? (
        <TwoSteps
          key={now.shown}
          act={t.setBack.act}
          ask={t.setBack.ask}
          what={t.setBack.what}
          now={t.setBack.now}
          keep={t.frame.cancel}
          isBusy={accept.isBusy}
          onDo={() => void act(now.shown)}
        />
      ) : null}
      <Problem failure={accept.failure} />
    </section>
  );
}

function useAccept() {
  const party = useAsk('who-am-i', {}).data?.acting;
  return useWork(async (by: By, shown: string) => {
    if (!party) return undefined;
    const { acceptHere } = await import('./set-back.ts');
    return acceptHere({ home: party.id, handle: party.handle }, by, shown);
  });
}

/** The way on where a node asks for a passphrase that this device knows to stay here. */
export function FromBefore(props: {
  failure: Failure | undefined;
  handle: string | undefined;
  home?: string | undefined;
  onDone: () => void;
}) {
  const { handle, home } = props;
  const say = useSay();
  if (!BEFORE.has(props.failure?.code ?? '') || handle === undefined) return null;
  const act = async () => {
    const { acceptNoneHere } = await import('./set-back.ts');
    await acceptNoneHere({ handle, ...(home === undefined ? {} : { home }) });
    say({ text: t.setBack.anewDone });
    props.onDone();
  };
  return (
    <section className="stack" aria-label={t.setBack.anewTitle}>
      <p>
        <strong>{t.setBack.anewTitle}</strong>
      </p>
      <p>{t.setBack.anew}</p>
      <TwoSteps
        act={t.setBack.anewAct}
        ask={t.setBack.anewAsk}
        what={t.setBack.anewWhat}
        now={t.setBack.anewNow}
        keep={t.frame.cancel}
        onDo={() => void act()}
      />
    </section>
  );
}
