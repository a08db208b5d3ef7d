import { useEffect, useState } from 'react';
import type { By, SetBack as Shown } from '../../device/index.ts';
import type { Failure } from '../api/failure.ts';
import { useAsk } from '../api/queries.ts';
import { useWork } from '../api/work.ts';
import { Problem } from '../components/Problem.tsx';
import { useSay } from '../components/Toasts.tsx';
import { TwoSteps } from '../components/TwoSteps.tsx';
import { t } from '../i18n/index.ts';
import { setBack } from '../i18n/set-back.ts';

/** Its owner has agreed that there is none. */
const AFTER_NONE = 'shown-after-none';
const OLDER: ReadonlySet<string> = new Set(['vault-rolled-back', 'vault-forked', AFTER_NONE]);
const BEFORE: ReadonlySet<string> = new Set(['vault-gone', 'passphrase-asked']);

/** The way on where a node shows less than this device has seen: its owner may know why. */
export function SetBack({ failure, by }: { failure: Failure | undefined; by: By }) {
  const accept = useAccept();
  const say = useSay();
  const isOlder = OLDER.has(failure?.code ?? '');
  const { now, failure: unseen, again } = useShown(isOlder, failure, accept.failure);
  if (!isOlder) return null;
  const isAfterNone = failure?.code === AFTER_NONE;
  const title = isAfterNone ? setBack.againTitle : setBack.title;
  const act = async (shown: string) => {
    if (await accept.run(by, shown)) say({ text: setBack.done });
  };
  return (
    <section className="stack" aria-label={title}>
      <p>
        <strong>{title}</strong>
      </p>
      <p>{isAfterNone ? setBack.again : `${setBack.changes(now?.missing)} ${setBack.which}`}</p>
      {now ? (
        <TwoSteps
          key={now.shown}
          act={setBack.act}
          ask={isAfterNone ? setBack.againAsk : setBack.ask}
          what={isAfterNone ? null : setBack.what}
          now={setBack.now}
          keep={t.frame.cancel}
          isBusy={accept.isBusy}
          onDo={() => void act(now.shown)}
        />
      ) : null}
      <Problem failure={unseen} again={again} />
      <Problem failure={accept.failure} />
    </section>
  );
}

/** What the node shows now; what was not as it had been shown is looked at again. */
function useShown(isAsked: boolean, ...because: readonly (Failure | undefined)[]) {
  const { id, handle } = useAsk('who-am-i', {}).data?.acting ?? {};
  const [now, setNow] = useState<Shown>();
  const look = useWork(async () => {
    if (id === undefined || handle === undefined) return undefined;
    const { setBackHere } = await import('./set-back.ts');
    return setBackHere({ home: id, handle });
  });
  const again = async () => setNow(await look.run());
  // biome-ignore lint/correctness/useExhaustiveDependencies: by what has happened, not by the functions of this moment.
  useEffect(() => {
    if (isAsked) void again();
  }, [isAsked, id, handle, ...because]);
  return { now, failure: look.failure, again: () => void again() };
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
  const forget = useWork(async (whose: { handle: string; home?: string }) => {
    const { acceptNoneHere } = await import('./set-back.ts');
    await acceptNoneHere(whose);
    return true;
  });
  if (!BEFORE.has(props.failure?.code ?? '') || handle === undefined) return null;
  const act = async () => {
    if (!(await forget.run({ handle, ...(home === undefined ? {} : { home }) }))) return;
    say({ text: setBack.anewDone });
    props.onDone();
  };
  return (
    <section className="stack" aria-label={setBack.anewTitle}>
      <p>
        <strong>{setBack.anewTitle}</strong>
      </p>
      <p>{setBack.anew}</p>
      <TwoSteps
        act={setBack.anewAct}
        ask={setBack.anewAsk}
        what={setBack.anewWhat}
        now={setBack.anewNow}
        keep={t.frame.cancel}
        isBusy={forget.isBusy}
        onDo={() => void act()}
      />
      <Problem failure={forget.failure} />
    </section>
  );
}
